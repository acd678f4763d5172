import { describe, expect, test } from '@jest/globals';
import { openDataKey, reportSealing } from '../../../src/sealing/index.js';
import { hpkeOpenByHand, hpkeSealByHand, publicKeyByHand } from '../../support/report-by-hand.js';
import { bytesOf, flip, makePair } from '../../support/report-sealing-builders.js';

const { makeDataKey, sealDataKey } = reportSealing;
const PLACE = { reportId: 'r1', keyId: 'k1' };
const MESSAGE = {
  info: Buffer.from('permanence/report-key/v1'),
  aad: Buffer.from('["permanence/report-key/v1","r1","k1"]'),
  aeadId: 2,
} as const;

describe('a data key', () => {
  test('is 32 bytes, never the same', () => {
    const keys = Array.from({ length: 100 }, () => Buffer.from(makeDataKey()).toString('hex'));
    expect(new Set(keys).size).toBe(100);
    expect(keys.every((key) => key.length === 64)).toBe(true);
  });

  test('opens by a private key that nothing takes out', async () => {
    const [pair, key] = [await makePair(), makeDataKey()];
    expect(pair.privateKey.extractable).toBe(false);
    const sealed = await sealDataKey(key, PLACE, pair.publicKey);
    expect(bytesOf(sealed)).toHaveLength(80);
    expect(await openDataKey(sealed, PLACE, pair)).toEqual(key);
  });

  test('is sealed anew to each colleague, by whoever could open it', async () => {
    const [mine, theirs, key] = [await makePair(), await makePair(), makeDataKey()];
    const opened = await openDataKey(await sealDataKey(key, PLACE, mine.publicKey), PLACE, mine);
    const passedOn = await sealDataKey(opened, PLACE, theirs.publicKey);
    expect(await openDataKey(passedOn, PLACE, theirs)).toEqual(key);
    await expect(openDataKey(passedOn, PLACE, mine)).rejects.toMatchObject({ code: 'cannot-open' });
  });

  test('is HPKE by any implementation, both ways', async () => {
    const privateKey = Buffer.alloc(32, 9);
    const publicKey = publicKeyByHand(privateKey);
    const key = makeDataKey();
    const sealed = bytesOf(await sealDataKey(key, PLACE, publicKey.toString('base64url')));
    expect(hpkeOpenByHand(privateKey, sealed, MESSAGE)).toEqual(Buffer.from(key));

    const head = Buffer.from('302e020100300506032b656e04220420', 'hex');
    const pkcs8 = Uint8Array.from(Buffer.concat([head, privateKey]));
    const imported = await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'X25519' }, false, ['deriveBits']);
    const pair = { privateKey: imported, publicKey: publicKey.toString('base64url') };
    const theirs = hpkeSealByHand(publicKey, Buffer.from(key), MESSAGE).toString('base64url');
    expect(await openDataKey(theirs, PLACE, pair)).toEqual(key);
  });

  test.each([{ reportId: 'r2' }, { keyId: 'k2' }, { reportId: 'r1","k1', keyId: '' }])(
    'does not open at %j',
    async (change) => {
      const pair = await makePair();
      const sealed = await sealDataKey(makeDataKey(), PLACE, pair.publicKey);
      const opening = openDataKey(sealed, { ...PLACE, ...change }, pair);
      await expect(opening).rejects.toMatchObject({ code: 'cannot-open' });
    },
  );

  test('does not open with any byte of it altered', async () => {
    const pair = await makePair();
    const sealed = await sealDataKey(makeDataKey(), PLACE, pair.publicKey);
    for (let at = 0; at < 80; at += 1) {
      // X25519 passes over the highest bit of a key; the schedule does not.
      const bits = at === 31 ? [0, 7] : [at % 8];
      for (const bit of bits) {
        const opening = openDataKey(flip(sealed, at, bit), PLACE, pair);
        await expect(opening).rejects.toMatchObject({ code: 'cannot-open' });
      }
    }
  });

  test('does not open beside another public key', async () => {
    const [pair, other] = [await makePair(), await makePair()];
    const sealed = await sealDataKey(makeDataKey(), PLACE, pair.publicKey);
    const mixed = { privateKey: pair.privateKey, publicKey: other.publicKey };
    await expect(openDataKey(sealed, PLACE, mixed)).rejects.toMatchObject({ code: 'cannot-open' });
  });

  test('of another length is neither sealed nor opened', async () => {
    const pair = await makePair();
    const sealing = sealDataKey(new Uint8Array(31), PLACE, pair.publicKey);
    await expect(sealing).rejects.toMatchObject({ code: 'malformed' });
    const longer = hpkeSealByHand(bytesOf(pair.publicKey), Buffer.alloc(33), MESSAGE).toString('base64url');
    await expect(openDataKey(longer, PLACE, pair)).rejects.toMatchObject({ code: 'malformed' });
    await expect(openDataKey('AAAA', PLACE, pair)).rejects.toMatchObject({ code: 'malformed' });
  });
});

describe('nothing is sealed to', () => {
  /** RFC 7748, section 6.1: what these give is all zeros, known to everybody. */
  const lowOrder = [
    '00'.repeat(32),
    `01${'00'.repeat(31)}`,
    'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
    '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
    `ec${'ff'.repeat(30)}7f`,
  ];

  test.each(lowOrder)('the point of low order %s', async (point) => {
    const publicKey = Buffer.from(point, 'hex').toString('base64url');
    await expect(sealDataKey(makeDataKey(), PLACE, publicKey)).rejects.toMatchObject({ code: 'unfit-key' });
  });

  test.each(['', 'AAAA', 'été', 'A'.repeat(44)])('%j, which is no key', async (publicKey) => {
    await expect(sealDataKey(makeDataKey(), PLACE, publicKey)).rejects.toMatchObject({ code: 'unfit-key' });
  });
});
