import { describe, expect, test } from '@jest/globals';
import { reportSealing } from '../../../src/sealing/index.js';
import {
  gcmSealByHand,
  hpkeOpenByHand,
  padByHand,
  receiptKeysByHand,
  unpadByHand,
} from '../../support/report-by-hand.js';
import { buildPlace, bytesOf, flip } from '../../support/report-sealing-builders.js';

const { keysOfReceipt, makeDataKey, makeReceipt, openEvent, sealEvent, sealToReporter } = reportSealing;
const REPLY = buildPlace({ kind: 'reply', author: 'd1', seq: 9 });
const STATUS = buildPlace({ kind: 'status', author: 'd1', seq: 9 });

describe('the keys of a receipt', () => {
  test('are those that any implementation derives from its twenty characters', async () => {
    const receipt = makeReceipt();
    const byHand = receiptKeysByHand(receipt.slice(0, -1).replaceAll('-', ''));
    const { lookupId, publicKey } = await keysOfReceipt(receipt);
    expect(lookupId).toBe(byHand.lookupId.toString('base64url'));
    expect(publicKey).toBe(byHand.publicKey.toString('base64url'));
  });

  test('are the same each time, and others for another', async () => {
    const [one, other] = [makeReceipt(), makeReceipt()];
    const [first, again, second] = await Promise.all([one, one, other].map(keysOfReceipt));
    expect([again?.lookupId, again?.publicKey]).toEqual([first?.lookupId, first?.publicKey]);
    expect(second?.lookupId).not.toBe(first?.lookupId);
    expect(second?.publicKey).not.toBe(first?.publicKey);
  });

  test.each([
    ['nothing', () => ''],
    ['lower case', (receipt: string) => receipt.toLowerCase()],
    ['no hyphens', (receipt: string) => receipt.replaceAll('-', '')],
    ['spaces', (receipt: string) => ` ${receipt}`],
    ['half of it', (receipt: string) => receipt.slice(0, 12)],
    ['another check character', (receipt: string) => receipt.slice(0, -1) + (receipt.endsWith('0') ? '1' : '0')],
    ['a letter that it never has', (receipt: string) => `U${receipt.slice(1)}`],
  ])('are not made from %s', async (_name, change) => {
    // One without digits would be the same in lower case, one time in a hundred million million.
    await expect(keysOfReceipt(change(makeReceipt()))).rejects.toMatchObject({ code: 'not-a-receipt' });
  });
});

describe('what is written to the author', () => {
  test('opens with the receipt, and with no other', async () => {
    const [author, stranger] = await Promise.all([makeReceipt(), makeReceipt()].map(keysOfReceipt));
    const body = { text: 'Merci : une patrouille passera.' };
    const sealed = await sealToReporter(author?.publicKey ?? '', REPLY, body);
    expect(await author?.open(REPLY, sealed)).toEqual(body);
    await expect(stranger?.open(REPLY, sealed)).rejects.toMatchObject({ code: 'cannot-open' });
  });

  test('may be a status with its sentence', async () => {
    const keys = await keysOfReceipt(makeReceipt());
    const body = { status: 'forwarded', text: 'Transmis à la mairie.' } as const;
    expect(await keys.open(STATUS, await sealToReporter(keys.publicKey, STATUS, body))).toEqual(body);
  });

  test('is HPKE of the padded words, with the place beside them', async () => {
    const receipt = makeReceipt();
    const { publicKey } = await keysOfReceipt(receipt);
    const sealed = bytesOf(await sealToReporter(publicKey, REPLY, { text: 'Oui.' }));
    expect(sealed).toHaveLength(32 + 512 + 16);
    const { privateKey } = receiptKeysByHand(receipt.slice(0, -1).replaceAll('-', ''));
    const padded = hpkeOpenByHand(privateKey, sealed, {
      info: Buffer.from('permanence/report-reply/v1'),
      aad: Buffer.from('["permanence/report-reply/v1","r1","k1",9,"reply",null,"d1",1795377600000]'),
      aeadId: 2,
    });
    expect(unpadByHand(padded)).toBe('{"text":"Oui."}');
  });

  test.each([{ reportId: 'r2' }, { keyId: 'k2' }, { seq: 8 }, { kind: 'note' as const }, { author: 'd2' }, { at: 1 }])(
    'does not open at %j',
    async (change) => {
      const { publicKey, open } = await keysOfReceipt(makeReceipt());
      const sealed = await sealToReporter(publicKey, REPLY, { text: 'Oui.' });
      await expect(open({ ...REPLY, ...change }, sealed)).rejects.toMatchObject({ code: 'cannot-open' });
    },
  );

  test('does not open with any byte of it altered, nor cut', async () => {
    const { publicKey, open } = await keysOfReceipt(makeReceipt());
    const sealed = await sealToReporter(publicKey, REPLY, { text: 'Oui.' });
    for (let at = 0; at < 560; at += 1) {
      await expect(open(REPLY, flip(sealed, at, at % 8))).rejects.toMatchObject({ code: 'cannot-open' });
    }
    const cut = bytesOf(sealed).subarray(0, -1).toString('base64url');
    await expect(open(REPLY, cut)).rejects.toMatchObject({ code: 'malformed' });
    await expect(open(REPLY, '')).rejects.toMatchObject({ code: 'malformed' });
  });

  test('is not the event, nor the event it', async () => {
    const { publicKey, open } = await keysOfReceipt(makeReceipt());
    const key = makeDataKey();
    const event = await sealEvent(key, REPLY, { body: { text: 'Oui.' }, previous: '' });
    const reply = await sealToReporter(publicKey, REPLY, { text: 'Oui.' });
    await expect(open(REPLY, event)).rejects.toMatchObject({ name: 'SealingFault' });
    await expect(openEvent(key, REPLY, reply)).rejects.toMatchObject({ name: 'SealingFault' });
    // The same key and words, with the purpose of a reply: an event opens with that of an event only.
    const aad = Buffer.from('["permanence/report-reply/v1","r1","k1",9,"reply",null,"d1",1795377600000]');
    const nonce = Buffer.alloc(12);
    const text = padByHand('{"body":{"text":"Oui."},"previous":""}');
    const other = Buffer.concat([nonce, gcmSealByHand(Buffer.from(key), nonce, aad, text)]).toString('base64url');
    await expect(openEvent(key, REPLY, other)).rejects.toMatchObject({ code: 'cannot-open' });
  });

  test('is words of its kind only, and not too many', async () => {
    const { publicKey } = await keysOfReceipt(makeReceipt());
    const answer = sealToReporter(publicKey, REPLY, { step: 'what', text: 'Oui.' });
    await expect(answer).rejects.toMatchObject({ code: 'malformed' });
    const long = sealToReporter(publicKey, REPLY, { text: 'a'.repeat(70_000) });
    await expect(long).rejects.toMatchObject({ code: 'too-long' });
    const nobody = sealToReporter('A'.repeat(43), REPLY, { text: 'Oui.' });
    await expect(nobody).rejects.toMatchObject({ code: 'unfit-key' });
  });
});
