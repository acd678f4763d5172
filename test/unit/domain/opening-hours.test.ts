import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Weekday } from '../../../src/domain/facts.js';
import {
  deskHoursAt,
  findOpeningHoursFaults,
  type Opening,
  type OpeningHours,
  UNSET_OPENING_HOURS,
} from '../../../src/domain/opening-hours.js';
import { ALL_DAYS, clockChange, HOLIDAYS, wallClock } from '../../support/schedule-oracle.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Monday to Friday, 9 to 12 and 14 to 17, closed for a week at Christmas but for one morning. */
const USUAL: OpeningHours = {
  slots: ([1, 2, 3, 4, 5] as const).flatMap((weekday) => [
    { weekday, from: '14:00', to: '17:00' },
    { weekday, from: '09:00', to: '12:00' },
  ]),
  onPublicHolidays: 'closed',
  exceptions: [
    { from: '2026-12-24', to: '2026-12-28', slots: [] },
    { from: '2026-12-29', to: '2026-12-29', slots: [{ from: '10:00', to: '11:00' }], reason: 'vacances' },
  ],
};

function at(time: string, hours: OpeningHours = USUAL): string {
  const { state, nextOpening } = deskHoursAt(hours, new Date(time));
  return nextOpening ? `${state}, ${nextOpening.date} ${nextOpening.from}-${nextOpening.to}` : state;
}

describe('deskHoursAt', () => {
  test.each([
    ['a Tuesday morning', '2026-11-24T09:00:00Z', 'open'],
    ['its first instant', '2026-11-24T08:00:00Z', 'open'],
    ['just before', '2026-11-24T07:59:59.999Z', 'closed, 2026-11-24 09:00-12:00'],
    ['lunch', '2026-11-24T11:00:00Z', 'closed, 2026-11-24 14:00-17:00'],
    ['the evening', '2026-11-24T16:00:00Z', 'closed, 2026-11-25 09:00-12:00'],
    ['late on Friday', '2026-11-27T22:59:00Z', 'closed, 2026-11-30 09:00-12:00'],
    ['a public holiday', '2026-11-11T10:00:00Z', 'closed, 2026-11-12 09:00-12:00'],
    ['a closed week', '2026-12-24T10:00:00Z', 'closed, 2026-12-29 10:00-11:00'],
    ['an hour of its own', '2026-12-29T09:30:00Z', 'open'],
    ['a summer morning', '2026-07-13T07:00:00Z', 'open'],
  ])('%s', (_, time, expected) => expect(at(time)).toBe(expected));

  test('is unknown while nothing is set, exceptions or not', () => {
    expect(at('2026-11-24T09:00:00Z', UNSET_OPENING_HOURS)).toBe('unknown');
    expect(at('2026-12-29T09:30:00Z', { ...USUAL, slots: [] })).toBe('unknown');
  });

  test('public holidays may be worked, and an exception opens one', () => {
    expect(at('2026-11-11T10:00:00Z', { ...USUAL, onPublicHolidays: 'open' })).toBe('open');
    const exceptions = [{ from: '2026-11-11', to: '2026-11-11', slots: [{ from: '10:00', to: '12:00' }] }];
    expect(at('2026-11-11T10:00:00Z', { ...USUAL, exceptions })).toBe('open');
  });

  test('closed for good has no next opening', () => {
    const exceptions = [{ from: '2026-11-24', to: '2029-01-01', slots: [] }];
    expect(at('2026-11-24T09:00:00Z', { ...USUAL, exceptions })).toBe('closed');
  });
});

describe('findOpeningHoursFaults', () => {
  const slot = (from: string, to: string, weekday: Weekday = 1) => ({ weekday, from, to });

  test.each<[string, Partial<OpeningHours>, string[]]>([
    ['the usual hours', USUAL, []],
    ['slots that touch', { slots: [slot('09:00', '12:00'), slot('12:00', '14:00')] }, []],
    ['the same hours on other days', { slots: [slot('09:00', '12:00'), slot('09:00', '12:00', 2)] }, []],
    ['a slot that ends before it begins', { slots: [slot('12:00', '09:00')] }, ['ends-before-it-begins slots.0']],
    ['a slot of no length', { slots: [slot('12:00', '12:00')] }, ['ends-before-it-begins slots.0']],
    ['an hour that does not exist', { slots: [slot('09:00', '24:00')] }, ['not-a-time slots.0']],
    [
      'slots that overlap',
      { slots: [slot('09:00', '12:00'), slot('14:00', '17:00'), slot('11:59', '14:01')] },
      ['overlap slots.2'],
    ],
    [
      'exceptions',
      {
        exceptions: [
          { from: '2026-12-24', to: '2026-12-20', slots: [] },
          { from: '2027-02-30', to: '2027-03-01', slots: [] },
          {
            from: '2027-05-01',
            to: '2027-05-02',
            slots: [
              { from: '09:00', to: '11:00' },
              { from: '10:00', to: '12:00' },
            ],
          },
          { from: '2027-05-02', to: '2027-05-02', slots: [{ from: '12:00', to: '11:00' }] },
        ],
      },
      [
        'ends-before-it-begins exceptions.0',
        'not-a-day exceptions.1',
        'overlap exceptions.3',
        'overlap exceptions.2.slots.1',
        'ends-before-it-begins exceptions.3.slots.0',
      ],
    ],
  ])('%s', (_, change, expected) => {
    const faults = findOpeningHoursFaults({ ...UNSET_OPENING_HOURS, ...change });
    expect(faults.map(({ kind, path }) => `${kind} ${path.join('.')}`)).toEqual(expected);
  });
});

describe('against an oracle that looks at every minute', () => {
  const minute = fc.oneof(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 60, max: 240 }));
  const clock = (minutes: number) => new Date(minutes * MINUTE).toISOString().slice(11, 16);
  /** Spans of one day that do not overlap, in any order. */
  const spans = fc
    .uniqueArray(minute, { maxLength: 6 })
    .map((minutes) => minutes.toSorted((one, other) => one - other))
    .map((minutes) =>
      Array.from({ length: Math.floor(minutes.length / 2) }, (_, index) => ({
        from: clock(minutes[2 * index] ?? 0),
        to: clock(minutes[2 * index + 1] ?? 0),
      })).reverse(),
    );
  const special = ALL_DAYS.filter(
    (date) =>
      HOLIDAYS.has(date) || [3, 10].some((month) => dayOf(clockChange(Number(date.slice(0, 4)), month as 3)) === date),
  );
  const day = fc.constantFrom(...special.filter((date) => date >= '2024' && date < '2035'));

  const situation = fc
    .record({
      week: fc.array(spans, { minLength: 7, maxLength: 7 }),
      onPublicHolidays: fc.constantFrom<'open' | 'closed'>('open', 'closed'),
      near: day,
      lengths: fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), spans), { maxLength: 2 }),
      offset: fc.integer({ min: -1440, max: 2880 }),
    })
    .map(({ week, onPublicHolidays, near, lengths, offset }) => ({
      hours: {
        slots: week.flatMap((one, index) => one.map((span) => ({ ...span, weekday: (index + 1) as Weekday }))),
        onPublicHolidays,
        exceptions: lengths.map(([length, slots], index) => {
          const begin = Date.parse(near) + (index * 3 - 1) * DAY;
          return { from: dayOf(begin), to: dayOf(begin + length * DAY), slots };
        }),
      } satisfies OpeningHours,
      now: new Date(Date.parse(near) + offset * MINUTE),
    }));

  test('the state and the next opening, around holidays and changes of the clocks', () => {
    fc.assert(
      fc.property(situation, ({ hours, now }) => {
        fc.pre(hours.slots.length > 0);
        expect(findOpeningHoursFaults(hours)).toEqual([]);
        expect(deskHoursAt(hours, now)).toEqual(oracle(hours, now));
      }),
      { numRuns: 300 },
    );
  });
});

/** An opening begins at the first minute that shows its time, or a later one. */
function oracle(hours: OpeningHours, now: Date): ReturnType<typeof deskHoursAt> {
  const today = wallClock(now).date;
  const hasBegun = ({ date, from }: Opening) => showing(date, from) <= now.getTime();
  const isOver = ({ date, to }: Opening) => showing(date, to) <= now.getTime();
  const openings = Array.from({ length: 30 }, (_, index) => dayOf(Date.parse(today) + index * DAY))
    .flatMap((date) => slotsOf(hours, date).map(({ from, to }): Opening => ({ date, from, to })))
    .sort((one, other) => (`${one.date}${one.from}` < `${other.date}${other.from}` ? -1 : 1));
  const isOpen = openings.some((opening) => opening.date === today && hasBegun(opening) && !isOver(opening));
  if (isOpen) return { state: 'open' };
  const next = openings.find(
    (opening) => !hasBegun(opening) && showing(opening.date, opening.from) < showing(opening.date, opening.to),
  );
  return { state: 'closed', ...(next && { nextOpening: next }) };
}

function slotsOf(
  { slots, onPublicHolidays, exceptions }: OpeningHours,
  date: string,
): readonly Omit<Opening, 'date'>[] {
  for (const exception of exceptions) if (exception.from <= date && date <= exception.to) return exception.slots;
  if (onPublicHolidays === 'closed' && HOLIDAYS.has(date)) return [];
  return slots.filter(({ weekday }) => weekday % 7 === new Date(date).getUTCDay());
}

/** The first minute that shows the time, or a later one of the day: the clocks are one or two hours ahead of UTC. */
function showing(date: string, time: string): number {
  const wanted = `${date} ${time}`;
  let instant = Date.parse(`${date}T${time}Z`) - 3 * 60 * MINUTE;
  while (shown(instant) < wanted) instant += MINUTE;
  return instant;
}

function shown(instant: number): string {
  const { date, time } = wallClock(new Date(instant));
  return `${date} ${time}`;
}

function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
