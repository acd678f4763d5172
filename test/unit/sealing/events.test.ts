import { describe, expect, test } from '@jest/globals';
import { LONGEST_ANSWER } from '../../../src/domain/report-answers.js';
import type { EventBody, EventPlace, OpenedEvent } from '../../../src/domain/report-sealing.js';
import { placeOfEvent, reportSealing } from '../../../src/sealing/index.js';
import { digestByHand, gcmOpenByHand, gcmSealByHand, padByHand, unpadByHand } from '../../support/report-by-hand.js';
import { buildAnswer, buildPlace, bytesOf, flip } from '../../support/report-sealing-builders.js';

const { digestOf, makeDataKey, openEvent, sealEvent } = reportSealing;
const NONCE_AND_TAG = 28;

describe('an event', () => {
  const bodies: readonly [string, Partial<EventPlace>, EventBody][] = [
    ['a category', { step: 'category' }, { step: 'category', category: 'dealing' }],
    ['a place', { step: 'where' }, { step: 'where', text: 'Place Cassin', position: { latitude: 47.2, longitude: 6 } }],
    ['a time', { step: 'when' }, { step: 'when', moment: { text: 'tous les soirs', isRecurring: true } }],
    ['a story', {}, { step: 'what', text: 'Été, œuvre, 🏍️, \u0000 et \ud800 seul' }],
    ['more', { step: 'more' }, { step: 'more', text: '' }],
    ['nothing', { step: 'more' }, { step: 'more', isSkipped: true }],
    ['no name', { step: 'contact' }, { step: 'contact', contact: { kind: 'anonymous' } }],
    ['a name', { step: 'contact' }, { step: 'contact', contact: { kind: 'named', firstName: 'Zoé' } }],
    ['sending', { kind: 'submitted' }, { submitted: ['a', 'b'] }],
    ['an addition', { kind: 'addition' }, { text: 'Encore ce soir.' }],
    ['a reply', { kind: 'reply', author: 'd1' }, { text: 'Merci.' }],
    ['a note', { kind: 'note', author: 'd1' }, { text: 'Revoir.' }],
    ['a status', { kind: 'status', author: 'd1' }, { status: 'closed', text: 'Fait.' }],
  ];

  test.each(bodies)('with %s opens as it was', async (_, where, body) => {
    const key = makeDataKey();
    const event = { body, previous: 'xyz' };
    const place = buildPlace(where);
    expect(await openEvent(key, place, await sealEvent(key, place, event))).toEqual(event);
  });

  test.each(bodies)('with %s is sealed to no other kind of place', async (_, where, body) => {
    const { step, kind } = buildPlace(where);
    const others = bodies.map(([, other]) => buildPlace(other)).filter((one) => one.step !== step || one.kind !== kind);
    for (const place of others) {
      if (isMereText(body) && ['addition', 'reply', 'note'].includes(place.kind)) continue;
      const sealing = sealEvent(makeDataKey(), place, { body, previous: '' });
      await expect(sealing).rejects.toMatchObject({ code: 'malformed' });
    }
  });

  test('is AES-256-GCM of nonce, text and tag with its place beside it', async () => {
    const key = makeDataKey();
    const place = buildPlace({ author: 'd1', seq: 7 });
    const bytes = bytesOf(await sealEvent(key, place, buildAnswer('Là.')));
    const aad = '["permanence/report-event/v1","r1","k1",7,"answer","what","d1",1795377600000]';
    const padded = gcmOpenByHand(Buffer.from(key), bytes.subarray(0, 12), Buffer.from(aad), bytes.subarray(12));
    expect(padded).toHaveLength(512);
    expect(unpadByHand(padded)).toBe('{"body":{"step":"what","text":"Là."},"previous":""}');
  });

  test('has the digest of its bytes', async () => {
    const sealed = await sealEvent(makeDataKey(), buildPlace(), buildAnswer());
    expect(await digestOf(sealed)).toBe(digestByHand(sealed));
  });

  test('is found at its place from what is stored of it', () => {
    const stored = { ...buildPlace(), digest: 'd', sealed: 's', author: undefined };
    expect(placeOfEvent('r1', stored)).toEqual(buildPlace());
  });
});

describe('what was sealed', () => {
  const altered: readonly [keyof EventPlace, Partial<EventPlace>][] = [
    ['reportId', { reportId: 'r2' }],
    ['keyId', { keyId: 'k2' }],
    ['seq', { seq: 2 }],
    ['kind', { kind: 'note' }],
    ['step', { step: 'more' }],
    ['author', { author: 'd1' }],
    ['author', { author: '' }],
    ['at', { at: 1_795_377_600_001 }],
  ];

  test.each(altered)('does not open with another %s', async (_, change) => {
    const key = makeDataKey();
    const sealed = await sealEvent(key, buildPlace(), buildAnswer());
    await expect(openEvent(key, buildPlace(change), sealed)).rejects.toMatchObject({ code: 'cannot-open' });
  });

  test('does not open with another key', async () => {
    const sealed = await sealEvent(makeDataKey(), buildPlace(), buildAnswer());
    await expect(openEvent(makeDataKey(), buildPlace(), sealed)).rejects.toMatchObject({ code: 'cannot-open' });
  });

  test('does not open in the place of its neighbour, nor its neighbour in its own', async () => {
    const key = makeDataKey();
    const places = [buildPlace(), buildPlace({ seq: 2, at: buildPlace().at + 1 })];
    const [first = '', second = ''] = await Promise.all(places.map((place) => sealEvent(key, place, buildAnswer())));
    await expect(openEvent(key, places[0] ?? buildPlace(), second)).rejects.toMatchObject({ code: 'cannot-open' });
    await expect(openEvent(key, places[1] ?? buildPlace(), first)).rejects.toMatchObject({ code: 'cannot-open' });
  });

  test('does not open with any bit turned', async () => {
    const key = makeDataKey();
    const sealed = await sealEvent(key, buildPlace(), buildAnswer());
    for (let at = 0; at < bytesOf(sealed).length; at += 1) {
      const opening = openEvent(key, buildPlace(), flip(sealed, at, at % 8));
      await expect(opening).rejects.toMatchObject({ code: 'cannot-open' });
    }
  });

  test.each([
    ['nothing', () => ''],
    ['a byte less', (bytes: Buffer) => bytes.subarray(0, -1).toString('base64url')],
    ['a byte more', (bytes: Buffer) => Buffer.concat([bytes, Buffer.of(0)]).toString('base64url')],
    ['a bucket less and a byte', (bytes: Buffer) => bytes.subarray(0, -513).toString('base64url')],
    ['nonce and tag only', (bytes: Buffer) => bytes.subarray(0, NONCE_AND_TAG).toString('base64url')],
    ['padding of base64', (bytes: Buffer) => bytes.toString('base64')],
    ['spaces', (bytes: Buffer) => ` ${bytes.toString('base64url')}`],
    ['other spare bits', (bytes: Buffer) => respelt(bytes.toString('base64url'))],
    ['no base64url', () => 'été'],
  ])('with %s is not even tried', async (_, change) => {
    const key = makeDataKey();
    // Two buckets: of one, every bit of the last character counts.
    const bytes = bytesOf(await sealEvent(key, buildPlace(), buildAnswer('a'.repeat(600))));
    await expect(openEvent(key, buildPlace(), change(bytes))).rejects.toMatchObject({ code: 'malformed' });
  });
});

describe('its length', () => {
  const frame = JSON.stringify(buildAnswer('')).length + 4;

  test.each([
    [0, 512],
    [512 - frame, 512],
    [513 - frame, 1024],
    [1024 - frame, 1024],
    [4000, 4096],
    [65_024 - frame, 65_024],
  ])('of %i characters is %i bytes and a constant', async (characters, bucket) => {
    const key = makeDataKey();
    const event = buildAnswer('a'.repeat(characters));
    const sealed = await sealEvent(key, buildPlace(), event);
    expect(bytesOf(sealed)).toHaveLength(bucket + NONCE_AND_TAG);
    expect(await openEvent(key, buildPlace(), sealed)).toEqual(event);
  });

  test('has an end', async () => {
    const tooMuch = buildAnswer('a'.repeat(65_025 - frame));
    await expect(sealEvent(makeDataKey(), buildPlace(), tooMuch)).rejects.toMatchObject({ code: 'too-long' });
  });

  test('holds the longest answer, whatever its characters', async () => {
    const key = makeDataKey();
    for (const character of ['\u0001', '\ud800', '€', '"']) {
      const event = buildAnswer(character.repeat(LONGEST_ANSWER));
      expect(await openEvent(key, buildPlace(), await sealEvent(key, buildPlace(), event))).toEqual(event);
    }
  });
});

describe('what the holder of the key sealed wrongly', () => {
  const say = (text: string) => padByHand(text);
  const badPadding = (change: (padded: Buffer) => void) => {
    const padded = padByHand(JSON.stringify(buildAnswer()));
    change(padded);
    return padded;
  };

  test.each([
    ['words instead of an event', say('secret de Zoé')],
    ['half an event', say('{"body":{"step":"what","text":"secret')],
    ['no body', say('{"previous":""}')],
    ['no chain', say('{"body":{"step":"what","text":"secret"}}')],
    ['another step', say('{"body":{"step":"more","text":"secret"},"previous":""}')],
    ['no text', say('{"body":{"step":"what","text":7},"previous":""}')],
    ['a question skipped that must be answered', say('{"body":{"step":"what","isSkipped":true},"previous":""}')],
    ['a list', say('[]')],
    ['no UTF-8', badPadding((padded) => padded.writeUInt8(0xff, 6))],
    ['something after the end', badPadding((padded) => padded.writeUInt8(1, 511))],
    ['a length beyond the end', badPadding((padded) => padded.writeUInt32BE(509))],
    ['a length of 4 GiB', badPadding((padded) => padded.writeUInt32BE(0xffff_ffff))],
    ['a bucket too many', Buffer.concat([padByHand(JSON.stringify(buildAnswer())), Buffer.alloc(512)])],
  ])('with %s is refused, and not quoted', async (_, padded) => {
    const key = makeDataKey();
    const aad = Buffer.from('["permanence/report-event/v1","r1","k1",1,"answer","what",null,1795377600000]');
    const nonce = Buffer.alloc(12, 7);
    const sealed = Buffer.concat([nonce, gcmSealByHand(Buffer.from(key), nonce, aad, padded)]).toString('base64url');
    const fault: unknown = await openEvent(key, buildPlace(), sealed).catch((error: unknown) => error);
    expect(fault).toMatchObject({ name: 'SealingFault', code: 'malformed' });
    const { message, stack, cause } = fault as Error;
    expect(`${message} ${stack} ${cause}`).not.toMatch(/secret|Zoé/);
  });

  test.each([
    { seq: 0 },
    { seq: 1.5 },
    { at: Number.NaN },
    { kind: 'note' as const, step: 'what' as const },
    { step: undefined } as object,
  ])('nothing is sealed to %j, which is no place', async (change) => {
    const sealing = sealEvent(makeDataKey(), buildPlace(change), buildAnswer());
    await expect(sealing).rejects.toMatchObject({ code: 'malformed' });
  });

  test('an answer is given or skipped, not both', async () => {
    const both = { step: 'more', isSkipped: true, text: 'secret' } as const;
    const sealing = sealEvent(makeDataKey(), buildPlace({ step: 'more' }), { body: both, previous: '' });
    await expect(sealing).rejects.toMatchObject({ code: 'malformed' });
  });

  test('a key of another length is no key', async () => {
    const short = new Uint8Array(16);
    await expect(sealEvent(short, buildPlace(), buildAnswer())).rejects.toMatchObject({ code: 'malformed' });
    const sealed = await sealEvent(makeDataKey(), buildPlace(), buildAnswer());
    await expect(openEvent(short, buildPlace(), sealed)).rejects.toMatchObject({ code: 'malformed' });
  });
});

test('fifty sealed at once have fifty nonces, and all open', async () => {
  const key = makeDataKey();
  const places = Array.from({ length: 50 }, (_, index) => buildPlace({ seq: index + 1 }));
  const sealed = await Promise.all(places.map((place) => sealEvent(key, place, buildAnswer(`n° ${place.seq}`))));
  expect(new Set(sealed.map((one) => bytesOf(one).subarray(0, 12).toString('hex'))).size).toBe(50);
  const opened: OpenedEvent[] = await Promise.all(
    places.map((place, index) => openEvent(key, place, sealed[index] ?? '')),
  );
  expect(opened).toEqual(places.map(({ seq }) => buildAnswer(`n° ${seq}`)));
});

function isMereText(body: EventBody): boolean {
  return Object.keys(body).join() === 'text';
}

/** Another text of the same bytes: the last character has bits to spare. */
function respelt(text: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = alphabet.indexOf(text.slice(-1));
  const other = text.slice(0, -1) + alphabet[last ^ 1];
  if (!Buffer.from(other, 'base64url').equals(Buffer.from(text, 'base64url'))) throw new Error('Other bytes');
  return other;
}
