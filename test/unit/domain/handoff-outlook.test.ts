import { describe, expect, test } from '@jest/globals';
import type { Account } from '../../../src/domain/account.js';
import type { Conversation } from '../../../src/domain/conversation.js';
import { type DeskState, NEW_DESK_STATE } from '../../../src/domain/desk-state.js';
import { createHandoffOutlook, type HandoffOutlook } from '../../../src/domain/handoff-outlook.js';
import { type OpeningHours, UNSET_OPENING_HOURS } from '../../../src/domain/opening-hours.js';
import type { Counters, DayCounters } from '../../../src/domain/statistics.js';

/** Tuesday 24 November 2026, 10:00 in Paris. */
const NOW = new Date('2026-11-24T09:00:00Z');
const MINUTE = 60_000;

type Person = Pick<Account, 'id' | 'isDisabled' | 'isAvailable'>;

interface Situation {
  readonly people?: readonly Person[];
  readonly connected?: readonly string[];
  readonly queue?: readonly Conversation[];
  readonly hours?: OpeningHours;
  readonly days?: readonly DayCounters[];
}

function desk({ people = [], connected = [], queue = [], hours = UNSET_OPENING_HOURS, days = [] }: Situation) {
  let now = NOW;
  const asked: string[] = [];
  let failures = 0;
  const outlook = createHandoffOutlook({
    accounts: { list: async () => people as readonly Account[] },
    presence: { isConnected: (id) => connected.includes(id) },
    store: { listQueue: async () => queue },
    openingHours: async () => hours,
    statistics: {
      async between(from, to) {
        if (failures-- > 0) throw new Error('not now');
        asked.push(`${from} ${to}`);
        return days;
      },
    },
    clock: () => now,
  });
  return {
    of: (id = 'mine'): Promise<HandoffOutlook> => outlook({ id }),
    pass(milliseconds: number) {
      now = new Date(now.getTime() + milliseconds);
    },
    failOnce() {
      failures = 1;
    },
    asked,
  };
}

function person(id: string, change: Partial<Person> = {}): Person {
  return { id, isDisabled: false, isAvailable: true, ...change };
}

function waiting(id: string, minutesAgo: number, change: Partial<DeskState> = {}): Conversation {
  const state = { ...NEW_DESK_STATE, waitingSince: NOW.getTime() - minutesAgo * MINUTE, ...change };
  return { id, status: 'waiting', desk: state } as Conversation;
}

function days(...counters: readonly Counters[]): readonly DayCounters[] {
  return counters.map((one, index) => ({ date: `2026-11-${20 + index}`, counters: one }));
}

describe('who is there', () => {
  test('those who are connected, available and not disabled', async () => {
    const people = [
      person('anne'),
      person('bruno', { isAvailable: false }),
      person('carole', { isDisabled: true }),
      person('denis'),
      person('elise'),
    ];
    const connected = ['anne', 'bruno', 'carole', 'elise', 'somebody-else'];
    await expect(desk({ people, connected }).of()).resolves.toMatchObject({ available: 2 });
  });

  test('the hours of the desk', async () => {
    const hours: OpeningHours = { ...UNSET_OPENING_HOURS, slots: [{ weekday: 3, from: '14:00', to: '17:00' }] };
    await expect(desk({}).of()).resolves.toEqual({ available: 0, hours: 'unknown', position: 1 });
    await expect(desk({ hours }).of()).resolves.toEqual({
      available: 0,
      hours: 'closed',
      nextOpening: { date: '2026-11-25', from: '14:00', to: '17:00' },
      position: 1,
    });
  });
});

describe('place in the queue', () => {
  const queue = [
    waiting('b', 5),
    waiting('a', 20),
    waiting('later', 30, { snoozedUntil: NOW.getTime() + MINUTE }),
    waiting('back', 12, { snoozedUntil: NOW.getTime() }),
    { ...waiting('held', 40), status: 'assigned' } as Conversation,
    { ...waiting('task', 50), status: 'bot' } as Conversation,
  ];

  test.each([
    ['a', 1],
    ['back', 2],
    ['b', 3],
    ['later', 1],
    ['new', 4],
    ['task', 4],
  ])('%s: %i', async (id, position) => {
    await expect(desk({ queue }).of(id)).resolves.toMatchObject({ position });
  });

  test('of two that wait since the same instant, no two have the same place', async () => {
    const together = desk({ queue: [waiting('x', 3), waiting('y', 3), waiting('z', 3)] });
    const places = await Promise.all(['z', 'x', 'y'].map(async (id) => (await together.of(id)).position));
    expect(places).toEqual([3, 1, 2]);
  });
});

describe('the usual wait', () => {
  test.each<[string, readonly DayCounters[], Partial<HandoffOutlook>]>([
    ['nothing counted', [], {}],
    ['four waits are too few', days({ 'wait:0': 2 }, { 'wait:1': 2 }), {}],
    ['the middle one of five', days({ 'wait:0': 2 }, { 'wait:2': 1, 'wait:5': 2 }), { usualWaitMinutes: 5 }],
    ['the lower one of two in the middle', days({ 'wait:1': 3, 'wait:4': 3 }), { usualWaitMinutes: 2 }],
    ['all short', days({ 'wait:0': 9 }), { usualWaitMinutes: 1 }],
    ['most of them endless', days({ 'wait:0': 2, 'wait:6': 4 }), { usualWaitOverMinutes: 40 }],
    ['other counts do not matter', days({ unsure: 50, 'wait:3': 5 }), { usualWaitMinutes: 10 }],
  ])('%s', async (_, counted, expected) => {
    const { available, hours, position, ...wait } = await desk({ days: counted }).of();
    expect(wait).toEqual(expected);
  });

  test('of fourteen days, today included, read once a minute', async () => {
    const watched = desk({ days: days({ 'wait:0': 5 }) });
    await watched.of();
    watched.pass(59_999);
    await watched.of();
    expect(watched.asked).toEqual(['2026-11-11 2026-11-24']);
    watched.pass(1);
    await watched.of();
    expect(watched.asked).toHaveLength(2);
  });

  test('is read again after a failure, and when the clock was set back', async () => {
    const watched = desk({});
    watched.failOnce();
    await expect(watched.of()).rejects.toThrow('not now');
    await watched.of();
    watched.pass(-MINUTE);
    await watched.of();
    expect(watched.asked).toHaveLength(2);
  });
});
