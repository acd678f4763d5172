import { describe, expect, test } from '@jest/globals';
import { type ChainedEvent, openEvents, placeOfEvent, reportSealing, verifyChain } from '../../../src/sealing/index.js';
import { flip, KEY_ID, REPORT_ID, type Said, sealChain, WHOLE_REPORT } from '../../support/report-sealing-builders.js';

const OK = 'ok' as const;

describe('a report', () => {
  test('that nobody touched is whole', async () => {
    expect(await look((events) => events)).toEqual({ events: Array(8).fill(OK), isComplete: true });
  });

  test('whose first answer to a question was erased when it was sent is whole', async () => {
    const { events, isComplete } = await look((all) => erase(all, 2));
    expect(events).toEqual([OK, 'replaced', OK, OK, OK, OK, OK, OK]);
    expect(isComplete).toBe(true);
  });

  test('with no key for a part says so, and is no less whole', async () => {
    const lost: readonly Said[] = WHOLE_REPORT.slice(5);
    const { events, isComplete } = await look((all) =>
      all.map((event) => (event.seq > WHOLE_REPORT.length - lost.length ? { ...event, keyId: 'k2' } : event)),
    );
    expect(events).toEqual([OK, OK, OK, OK, OK, 'no-key', 'no-key', 'no-key']);
    expect(isComplete).toBe(true);
  });

  test('without any key cannot be vouched for', async () => {
    const { events, isComplete } = await look((all) => all, new Map());
    expect(events).toEqual(Array(8).fill('no-key'));
    expect(isComplete).toBe(false);
  });

  test('without anything is not complete', () => {
    expect(verifyChain([], [])).toEqual({ events: [], isComplete: false });
  });
});

describe('what somebody who writes to the storage can do is shown:', () => {
  const cases: readonly [string, (events: ChainedEvent[]) => readonly ChainedEvent[], string[]][] = [
    ['an altered event costs no other', (all) => alter(all, 4), [OK, OK, OK, 'cannot-open', OK, OK, OK, OK]],
    [
      'with another digest too, what follows says that its past was changed',
      (all) => swap(all, 4, { digest: 'A'.repeat(43), sealed: flip(all[3]?.sealed ?? '', 20) }),
      [OK, OK, OK, 'cannot-open', 'missing-before', OK, OK, OK],
    ],
    ['a later time', (all) => swap(all, 6, { at: (all[5]?.at ?? 0) + 1 }), [OK, OK, OK, OK, OK, 'cannot-open', OK, OK]],
    ['another author', (all) => swap(all, 7, { author: 'd2' }), [OK, OK, OK, OK, OK, OK, 'cannot-open', OK]],
    ['a digest that is not its own', (all) => swap(all, 8, { digest: 'A' }), [...Array(7).fill(OK), 'out-of-chain']],
    ['no base64url', (all) => swap(all, 6, { sealed: 'é' }), [OK, OK, OK, OK, OK, 'cannot-open', OK, OK]],
    ['an answer taken out', (all) => without(all, 1), ['missing-before', OK, OK, OK, OK, OK, OK]],
    ['an addition taken out', (all) => without(all, 6), [OK, OK, OK, OK, OK, 'missing-before', OK]],
    [
      'an answer taken out, the others numbered anew',
      (all) => without(all, 3).map((event, index) => ({ ...event, seq: index + 1 })),
      [OK, OK, ...Array(5).fill('cannot-open')],
    ],
    ['an event twice', (all) => [...all, ...all.slice(-1)], [...Array(8).fill(OK), 'out-of-chain']],
    [
      'two in each other’s stead',
      (all) => [...all.slice(0, 5), ...all.slice(5, 7).reverse(), ...all.slice(7)],
      [OK, OK, OK, OK, OK, 'missing-before', 'out-of-chain', 'missing-before'],
    ],
    [
      'words of the only answer to a question withheld',
      (all) => erase(all, 4),
      [OK, OK, OK, 'cannot-open', OK, OK, OK, OK],
    ],
    ['words of an addition withheld', (all) => erase(all, 6), [OK, OK, OK, OK, OK, 'cannot-open', OK, OK]],
    ['a draft shown as sent', (all) => all.slice(0, 4), [OK, OK, OK, OK]],
    [
      'an answer shown as an addition',
      (all) => swap(all, 4, { kind: 'addition' }),
      [OK, OK, OK, 'out-of-chain', OK, OK, OK, OK],
    ],
  ];

  test.each(cases)('%s', async (_, change, expected) => {
    expect(await look(change)).toEqual({ events: expected, isComplete: false });
  });

  test('an event of another report, at the same place', async () => {
    const key = reportSealing.makeDataKey();
    const [one, other] = [await sealChain(key), await sealChain(key, [...WHOLE_REPORT].reverse())];
    const mixed = one.map((event, index) => (index === 5 ? (other[5] ?? event) : event));
    const openings = await openEvents('r2', mixed, new Map([[KEY_ID, key]]));
    expect(verifyChain(mixed, openings).events).toEqual(Array(8).fill('cannot-open').fill('out-of-chain', 5, 6));
  });

  test('an event that was never kept, genuine, in the stead of the one that was', async () => {
    const key = reportSealing.makeDataKey();
    const [kept, dropped] = [await sealChain(key), await sealChain(key)];
    // Both have the same past; only one has this future.
    const past = kept.slice(0, 5);
    const addition = await sealAfter(key, past, 'Autre chose.');
    const mixed = [...past, addition, ...kept.slice(6)];
    const openings = await openEvents(REPORT_ID, mixed, new Map([[KEY_ID, key]]));
    const found = verifyChain(mixed, openings);
    expect(found).toEqual({ events: [OK, OK, OK, OK, OK, OK, 'out-of-chain', OK], isComplete: false });
    const grafted = [...kept.slice(0, 4), ...dropped.slice(4)];
    const reopened = await openEvents(REPORT_ID, grafted, new Map([[KEY_ID, key]]));
    expect(verifyChain(grafted, reopened)).toMatchObject({ isComplete: false });
    expect(verifyChain(grafted, reopened).events[4]).toBe('out-of-chain');
  });

  test('answers and a second sending after it was sent', async () => {
    const late: readonly Said[] = [
      ...WHOLE_REPORT,
      { step: 'where', body: { step: 'where', text: 'Ailleurs' } },
      { kind: 'submitted' },
    ];
    const key = reportSealing.makeDataKey();
    const events = await sealChain(key, late);
    const openings = await openEvents(REPORT_ID, events, new Map([[KEY_ID, key]]));
    const found = verifyChain(events, openings);
    expect(found).toEqual({ events: [...Array(8).fill(OK), 'out-of-chain', 'out-of-chain'], isComplete: false });
  });

  test('a sending that names other answers', async () => {
    const key = reportSealing.makeDataKey();
    const said = WHOLE_REPORT.map((one) => (one.kind === 'submitted' ? { ...one, body: { submitted: ['x'] } } : one));
    const events = await sealChain(key, said);
    const openings = await openEvents(REPORT_ID, events, new Map([[KEY_ID, key]]));
    expect(verifyChain(events, openings)).toEqual({ events: Array(8).fill(OK), isComplete: false });
  });
});

async function look(
  change: (events: ChainedEvent[]) => readonly ChainedEvent[],
  keys?: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
) {
  const key = reportSealing.makeDataKey();
  const events = change(await sealChain(key));
  return verifyChain(events, await openEvents(REPORT_ID, events, keys ?? new Map([[KEY_ID, key]])));
}

async function sealAfter(key: Uint8Array<ArrayBuffer>, past: readonly ChainedEvent[], text: string) {
  const said: readonly Said[] = [{ kind: 'addition', seq: past.length + 1, body: { text } }];
  const [alone] = await sealChain(key, said);
  if (!alone) throw new Error('No event');
  const event = { body: { text }, previous: past.at(-1)?.digest ?? '' };
  const sealed = await reportSealing.sealEvent(key, placeOfEvent(REPORT_ID, alone), event);
  return { ...alone, sealed, digest: await reportSealing.digestOf(sealed) };
}

function swap(all: ChainedEvent[], seq: number, change: Partial<ChainedEvent>): ChainedEvent[] {
  return all.map((event) => (event.seq === seq ? { ...event, ...change } : event));
}

function alter(all: ChainedEvent[], seq: number): ChainedEvent[] {
  return swap(all, seq, { sealed: flip(all[seq - 1]?.sealed ?? '', 100) });
}

function erase(all: ChainedEvent[], seq: number): ChainedEvent[] {
  return swap(all, seq, { sealed: null });
}

function without(all: ChainedEvent[], seq: number): ChainedEvent[] {
  return all.filter((event) => event.seq !== seq);
}
