import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LONGEST_ANSWER } from '../../src/domain/report-answers.js';
import type { EventBody, EventPlace } from '../../src/domain/report-sealing.js';
import { type ChainedEvent, openDataKey, openEvents, reportSealing, verifyChain } from '../../src/sealing/index.js';
import {
  buildAnswer,
  buildPlace,
  bytesOf,
  KEY_ID,
  makePair,
  REPORT_ID,
  type Said,
  sealChain,
  WHOLE_REPORT,
} from '../support/report-sealing-builders.js';

const { makeDataKey, sealDataKey, sealEvent, openEvent, keysOfReceipt, makeReceipt, sealToReporter } = reportSealing;

/** Lone surrogates and control characters too: people paste anything. */
const words = fc.string({ unit: 'binary', maxLength: LONGEST_ANSWER / 2 });
const ids = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 });
const texts: fc.Arbitrary<[Pick<EventPlace, 'kind' | 'step'>, EventBody]> = words.chain((text) =>
  fc.constantFrom<[Pick<EventPlace, 'kind' | 'step'>, EventBody]>(
    [
      { kind: 'answer', step: 'what' },
      { step: 'what', text },
    ],
    [
      { kind: 'answer', step: 'more' },
      { step: 'more', text },
    ],
    [
      { kind: 'answer', step: 'when' },
      { step: 'when', moment: { text } },
    ],
    [{ kind: 'addition' }, { text }],
    [{ kind: 'reply' }, { text }],
    [{ kind: 'status' }, { status: 'received', text }],
  ),
);
const places = fc.record({
  reportId: ids,
  keyId: ids,
  seq: fc.integer({ min: 1, max: 1_000_000 }),
  author: ids,
  at: fc.integer({ min: 0, max: 4_000_000_000_000 }),
});
const digests = fc.string({ maxLength: 43 });

describe('whatever is said, wherever', () => {
  test('opens as it was, in whole buckets, and to the author too', async () => {
    const key = makeDataKey();
    const keys = await keysOfReceipt(makeReceipt());
    const property = fc.asyncProperty(texts, places, digests, async ([kind, body], where, previous) => {
      const place = { ...where, ...kind };
      const sealed = await sealEvent(key, place, { body, previous });
      expect((bytesOf(sealed).length - 28) % 512).toBe(0);
      expect(await openEvent(key, place, sealed)).toEqual({ body, previous });
      const reply = await sealToReporter(keys.publicKey, place, body);
      expect((bytesOf(reply).length - 48) % 512).toBe(0);
      expect(await keys.open(place, reply)).toEqual(body);
    });
    await fc.assert(property, { numRuns: 300 });
  });

  test('opens at no other place', async () => {
    const key = makeDataKey();
    const property = fc.asyncProperty(texts, places, places, async ([kind, body], where, other) => {
      fc.pre(JSON.stringify(where) !== JSON.stringify(other));
      const sealed = await sealEvent(key, { ...where, ...kind }, { body, previous: '' });
      const opening = openEvent(key, { ...other, ...kind }, sealed);
      await expect(opening).rejects.toMatchObject({ code: 'cannot-open' });
    });
    await fc.assert(property, { numRuns: 500 });
  });
});

describe('whatever is changed of what was sealed', () => {
  /** Bits turned, bytes cut off, put in or doubled, at any place. */
  const mutations = fc.oneof(
    fc.record({ kind: fc.constant('flip' as const), at: fc.nat(), bits: fc.integer({ min: 1, max: 255 }) }),
    fc.record({ kind: fc.constantFrom('cut' as const, 'tail' as const), at: fc.nat(), bits: fc.nat(255) }),
    fc.record({ kind: fc.constantFrom('insert' as const, 'swap' as const), at: fc.nat(), bits: fc.nat(255) }),
  );

  function mutate(sealed: string, { kind, at, bits }: { kind: string; at: number; bits: number }): string {
    const bytes = bytesOf(sealed);
    const place = at % bytes.length;
    const [head, tail] = [bytes.subarray(0, place), bytes.subarray(place)];
    const flipped = Buffer.from(bytes);
    flipped.writeUInt8(bytes.readUInt8(place) ^ bits, place);
    const changed: Record<string, Buffer> = {
      flip: flipped,
      cut: head,
      tail: tail.subarray(1),
      insert: Buffer.concat([head, Buffer.of(bits), tail]),
      swap: Buffer.concat([tail, head]),
    };
    return (changed[kind] ?? bytes).toString('base64url');
  }

  test('events, data keys and words to the author refuse to open', async () => {
    const [key, pair, author] = [makeDataKey(), await makePair(), await keysOfReceipt(makeReceipt())];
    const reply = buildPlace({ kind: 'reply' });
    const event = await sealEvent(key, buildPlace(), buildAnswer());
    const sealedKey = await sealDataKey(key, { reportId: REPORT_ID, keyId: KEY_ID }, pair.publicKey);
    const toReporter = await sealToReporter(author.publicKey, reply, { text: 'Merci.' });
    const property = fc.asyncProperty(mutations, async (mutation) => {
      const openings: readonly [string, (sealed: string) => Promise<unknown>][] = [
        [event, (sealed) => openEvent(key, buildPlace(), sealed)],
        [sealedKey, (sealed) => openDataKey(sealed, { reportId: REPORT_ID, keyId: KEY_ID }, pair)],
        [toReporter, (sealed) => author.open(reply, sealed)],
      ];
      for (const [sealed, open] of openings) {
        const mutated = mutate(sealed, mutation);
        if (mutated !== sealed) await expect(open(mutated)).rejects.toMatchObject({ name: 'SealingFault' });
      }
    });
    await fc.assert(property, { numRuns: 1000 });
  }, 60_000);
});

describe('a report of any shape', () => {
  const answers = fc.array(fc.constantFrom<Said>(...WHOLE_REPORT.slice(0, 4)), { minLength: 1, maxLength: 6 });
  const later = fc.array(fc.constantFrom<Said>(...WHOLE_REPORT.slice(5)), { minLength: 1, maxLength: 4 });
  const key = makeDataKey();

  async function look(events: readonly ChainedEvent[]) {
    return verifyChain(events, await openEvents(REPORT_ID, events, new Map([[KEY_ID, key]])));
  }

  test('is whole, and is not once any event but the last is taken out, doubled, moved or put in from another', async () => {
    const property = fc.asyncProperty(answers, later, fc.nat(), fc.nat(), async (before, after, from, to) => {
      const said = [...before, { kind: 'submitted' as const }, ...after];
      const [events, others] = [await sealChain(key, said), await sealChain(key, said)];
      expect(await look(events)).toEqual({ events: events.map(() => 'ok'), isComplete: true });
      const [at, other] = [from % (events.length - 1), to % events.length];
      const moved = events.toSpliced(at, 1).toSpliced(other, 0, ...events.slice(at, at + 1));
      const faulty = [
        events.toSpliced(at, 1),
        events.toSpliced(other, 0, ...events.slice(at, at + 1)),
        events.with(at, others[at] as ChainedEvent),
        ...(at === other ? [] : [moved]),
      ];
      for (const changed of faulty) expect(await look(changed)).toMatchObject({ isComplete: false });
    });
    await fc.assert(property, { numRuns: 100 });
  }, 60_000);
});

test('five thousand events under one key have as many nonces, fifty sealed at a time', async () => {
  const key = makeDataKey();
  const nonces = new Set<string>();
  for (let round = 0; round < 100; round += 1) {
    const at = Array.from({ length: 50 }, (_, index) => buildPlace({ seq: round * 50 + index + 1 }));
    const sealed = await Promise.all(at.map((place) => sealEvent(key, place, buildAnswer())));
    for (const one of sealed) nonces.add(bytesOf(one).subarray(0, 12).toString('hex'));
  }
  expect(nonces.size).toBe(5000);
});
