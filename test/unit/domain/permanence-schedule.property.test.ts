import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Permanence, RecurrenceRule, Slot, Weekday } from '../../../src/domain/facts.js';
import { createPermanenceSchedule, type DayAnswer, type Occurrence } from '../../../src/domain/permanence-schedule.js';
import { buildPermanence } from '../../support/build-facts.js';
import { inDepth } from '../../support/depth.js';
import {
  ALL_DAYS,
  clockChange,
  createScheduleOracle,
  HOLIDAYS,
  type OracleDay,
  type OracleOccurrence,
} from '../../support/schedule-oracle.js';

const MINUTE = 60_000;
const DECADE = ALL_DAYS.filter((date) => date >= '2024-01-01' && date <= '2034-12-31');
const YEARS = Array.from({ length: 11 }, (_, index) => 2024 + index);

/** Days on which something is likely to go wrong. */
const SPECIAL_DAYS = DECADE.filter((date) => {
  const isFirstThursday = new Date(date).getUTCDay() === 4 && Number(date.slice(8)) <= 7;
  const isEndOfMonth = new Date(Date.parse(date) + 86_400_000).getUTCDate() === 1;
  const isChange = [clockChange(Number(date.slice(0, 4)), 3), clockChange(Number(date.slice(0, 4)), 10)].some(
    (change) => new Date(change).toISOString().slice(0, 10) === date,
  );
  return HOLIDAYS.has(date) || isFirstThursday || isEndOfMonth || isChange;
});

const day = fc.oneof(fc.constantFrom(...DECADE), fc.constantFrom(...SPECIAL_DAYS));
const weekday = fc.constantFrom<Weekday>(1, 2, 3, 4, 5, 6, 7);

const weekly = fc
  .record({ anchor: day, everyWeeks: fc.integer({ min: 1, max: 6 }) })
  .map(({ anchor, everyWeeks }): RecurrenceRule => {
    const weekday = (new Date(anchor).getUTCDay() || 7) as Weekday;
    return everyWeeks === 1 ? { kind: 'weekly', weekday, everyWeeks } : { kind: 'weekly', weekday, everyWeeks, anchor };
  });
const monthly = fc
  .record({ weekday, nth: fc.constantFrom<1 | 2 | 3 | 4 | -1>(1, 2, 3, 4, -1) })
  .map((rule): RecurrenceRule => ({ kind: 'monthly', ...rule }));

const minuteOfDay = fc.oneof(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 60, max: 240 }));
const hhmm = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const hours = fc
  .uniqueArray(minuteOfDay, { minLength: 2, maxLength: 2 })
  .map((minutes) => minutes.toSorted((one, other) => one - other).map(hhmm) as [string, string])
  .map(([from, to]): Slot => ({ hours: { from, to } }));
const slot: fc.Arbitrary<Slot> = fc.oneof(
  hours,
  fc.constantFrom<Slot>({}, { part: 'morning' }, { part: 'afternoon' }),
  hours.map((timed): Slot => ({ ...timed, part: 'afternoon' })),
);

const closure = fc.tuple(day, fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 500 }))).map(([from, days]) => ({
  from,
  to: new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10),
}));
const addition = fc.record({ date: day, slot }, { requiredKeys: ['date'] });

const permanence: fc.Arbitrary<Permanence> = fc
  .record({
    rule: fc.oneof(weekly, monthly),
    slot,
    onPublicHolidays: fc.constantFrom('closed', 'open'),
    closures: fc.array(closure, { maxLength: 6 }),
    additions: fc.uniqueArray(addition, { maxLength: 8, selector: ({ date }) => date }),
  })
  .map((fields) => buildPermanence(fields as Partial<Permanence>));

const nearChange = fc
  .tuple(fc.constantFrom(...YEARS), fc.constantFrom<3 | 10>(3, 10), fc.integer({ min: -300, max: 300 }))
  .map(([year, month, minutes]) => new Date(clockChange(year, month) + minutes * MINUTE));
const anyInstant = fc
  .tuple(day, fc.integer({ min: -180, max: 1439 }), fc.constantFrom(0, 1, 59_999))
  .map(([date, minutes, milliseconds]) => new Date(Date.parse(date) + minutes * MINUTE + milliseconds));

/** Instants around the permanence's own days as well, where its hours begin and end. */
const situation = permanence.chain((given) =>
  fc.record({
    given: fc.constant(given),
    now: fc.oneof(anyInstant, nearChange, instantsNear(given)),
    count: fc.integer({ min: 0, max: 6 }),
  }),
);

function instantsNear({ additions, slot, rule }: Permanence): fc.Arbitrary<Date> {
  const anchors = rule.kind === 'weekly' && rule.anchor ? [{ date: rule.anchor, slot }] : [];
  const edges = [...additions, ...anchors].flatMap((entry) => {
    const span = (entry.slot ?? slot).hours ?? { from: '12:00', to: '18:00' };
    return [`${entry.date}T${span.from}Z`, `${entry.date}T${span.to}Z`];
  });
  if (edges.length === 0) return anyInstant;
  // Wall time lies one or two hours ahead of UTC; one minute either side of both edges.
  return fc
    .tuple(fc.constantFrom(...edges), fc.constantFrom(60, 120), fc.constantFrom(-1, 0, 1))
    .map(([edge, ahead, minutes]) => new Date(Date.parse(edge) + (minutes - ahead) * MINUTE));
}

describe('the schedule against an independent oracle, 2024 to 2034', () => {
  test('next and status, at any instant', () => {
    fc.assert(
      fc.property(situation, ({ given, now, count }) => {
        const schedule = createPermanenceSchedule(given);
        const oracle = createScheduleOracle(given);
        expect(schedule.next(now, count).map(plain)).toEqual(oracle.next(now, count));
        const { phase, today, next } = schedule.status(now);
        expect({ phase, today: today && plain(today), next: next && plain(next) }).toEqual(oracle.status(now));
      }),
      { numRuns: inDepth(500, 120) },
    );
  });

  test('on, for every day of the ten years', () => {
    fc.assert(
      fc.property(permanence, (given) => {
        const schedule = createPermanenceSchedule(given);
        const oracle = createScheduleOracle(given);
        const answers = DECADE.map((date) => plainDay(schedule.on(date)));
        expect(answers).toEqual(DECADE.map((date) => oracle.on(date)));
      }),
      { numRuns: inDepth(25, 6) },
    );
  });

  test('between, for any two days', () => {
    fc.assert(
      fc.property(permanence, day, day, (given, from, to) => {
        const expected = createScheduleOracle(given).between(from, to);
        const isTooLong = Date.parse(to) - Date.parse(from) >= 3653 * 86_400_000;
        fc.pre(!isTooLong);
        expect(createPermanenceSchedule(given).between(from, to).map(plain)).toEqual(expected);
      }),
      { numRuns: inDepth(200, 60) },
    );
  });
});

function plain({ date, slot, isAddition }: Occurrence): OracleOccurrence {
  return { date, slot, isAddition };
}

function plainDay(answer: DayAnswer): OracleDay {
  return answer.kind === 'open'
    ? { kind: 'open', occurrence: plain(answer.occurrence) }
    : { kind: 'closed', reason: answer.reason };
}
