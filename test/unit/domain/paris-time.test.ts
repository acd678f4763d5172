import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays,
  addMonths,
  daysBetween,
  daysInMonth,
  isLocalDate,
  isLocalTime,
  parisDate,
  parisTime,
  toInstant,
  weekdayOf,
} from '../../../src/domain/paris-time.js';
import { inDepth } from '../../support/depth.js';
import { clockChange, wallClock } from '../../support/schedule-oracle.js';

const MINUTE = 60_000;
const shown = (instant: Date) => ({ date: parisDate(instant), time: parisTime(instant) });

describe('what the clocks of Paris show', () => {
  test.each([2024, 2025, 2026, 2027, 2028, 2029, 2030, 2031, 2032, 2033, 2034])(
    'is right at every minute around both changes of %i',
    (year) => {
      const wrong: string[] = [];
      for (const change of [clockChange(year, 3), clockChange(year, 10)]) {
        for (let at = change - 180 * MINUTE; at <= change + 180 * MINUTE; at += MINUTE) {
          const instant = new Date(at);
          const { date, time } = wallClock(instant);
          if (parisDate(instant) !== date || parisTime(instant) !== time) wrong.push(instant.toISOString());
        }
      }
      expect(wrong).toEqual([]);
    },
  );

  test('is right at any instant of the years around', () => {
    const instants = fc.date({ min: new Date('2000-01-01'), max: new Date('2059-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(instants, (instant) => expect(shown(instant)).toEqual(wallClock(instant))),
      { numRuns: inDepth(2000, 400) },
    );
  });

  test.each([
    ['2026-03-29T00:59:59.999Z', '2026-03-29', '01:59'],
    ['2026-03-29T01:00:00Z', '2026-03-29', '03:00'],
    ['2026-10-25T00:59:00Z', '2026-10-25', '02:59'],
    ['2026-10-25T01:00:00Z', '2026-10-25', '02:00'],
    ['2026-12-31T22:59:59Z', '2026-12-31', '23:59'],
    ['2026-12-31T23:00:00Z', '2027-01-01', '00:00'],
    ['2028-02-28T23:30:00Z', '2028-02-29', '00:30'],
  ])('at %s: %s %s', (instant, date, time) => expect(shown(new Date(instant))).toEqual({ date, time }));

  test('an invalid Date is refused', () => expect(() => parisDate(new Date(Number.NaN))).toThrow(RangeError));
});

describe('toInstant', () => {
  const days = fc.date({ min: new Date('2000-01-01'), max: new Date('2059-12-31'), noInvalidDate: true });
  const changes = fc
    .tuple(fc.integer({ min: 2024, max: 2034 }), fc.constantFrom<3 | 10>(3, 10))
    .map(([year, month]) => new Date(clockChange(year, month)));
  const dates = fc.oneof(days, changes).map((day) => day.toISOString().slice(0, 10));
  const times = fc
    .oneof(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 55, max: 245 }))
    .map((minutes) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`);

  test('gives the first instant at which the clocks show that time, or a later one when it is skipped', () => {
    fc.assert(
      fc.property(dates, times, (date, time) => {
        const instant = toInstant(date, time);
        const justBefore = wallClock(new Date(instant.getTime() - 1));
        const { date: shownDate, time: shownTime } = wallClock(instant);
        expect(shownDate).toBe(date);
        expect(shownTime >= time).toBe(true);
        expect(`${justBefore.date} ${justBefore.time}` < `${date} ${time}`).toBe(true);
      }),
      { numRuns: inDepth(3000, 600) },
    );
  });

  test.each([
    ['a winter day', '2026-11-25', '14:00', '2026-11-25T13:00:00.000Z'],
    ['a summer day', '2026-07-14', '14:00', '2026-07-14T12:00:00.000Z'],
    ['a skipped time', '2026-03-29', '02:30', '2026-03-29T01:00:00.000Z'],
    ['a time shown twice', '2026-10-25', '02:30', '2026-10-25T00:30:00.000Z'],
    ['the end of the second showing', '2026-10-25', '03:00', '2026-10-25T02:00:00.000Z'],
  ])('%s', (_, date, time, expected) => expect(toInstant(date, time).toISOString()).toBe(expected));

  test.each([
    ['2026-02-29', '10:00'],
    ['2026-11-25', '24:00'],
    ['25/11/2026', '10:00'],
  ])('refuses %s %s without repeating it', (date, time) => {
    expect(() => toInstant(date, time)).toThrow(/^Not a (day YYYY-MM-DD|time HH:mm)$/);
  });
});

describe('days', () => {
  test('arithmetic crosses changes of the clocks, months and leap days', () => {
    expect(addDays('2026-03-28', 1)).toBe('2026-03-29');
    expect(addDays('2026-03-29', 1)).toBe('2026-03-30');
    expect(addDays('2026-10-25', 1)).toBe('2026-10-26');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2027-01-01', -1)).toBe('2026-12-31');
    expect(addMonths('2028-02-29', 12)).toBe('2029-02-28');
    expect(daysBetween('2026-03-01', '2026-04-01')).toBe(31);
    expect(daysBetween('2026-04-01', '2026-03-01')).toBe(-31);
    expect(daysInMonth('2028-02-10')).toBe(29);
  });

  test('weekdays are those of ISO 8601', () => {
    expect(['2026-11-23', '2026-11-25', '2026-11-29'].map(weekdayOf)).toEqual([1, 3, 7]);
  });

  test.each([
    '2026-11-31',
    '2026-13-01',
    '2027-02-29',
    '26-11-25',
    '2026-1-5',
    '9999-01-01',
    '2026-11-25T10:00',
    '',
    ' ',
  ])('%j is no day', (text) => expect(isLocalDate(text)).toBe(false));

  test('real days and times are recognised', () => {
    expect(['2028-02-29', '2026-12-31', '2999-12-31'].map(isLocalDate)).toEqual([true, true, true]);
    expect(['00:00', '23:59', '24:00', '9:00', '09:60'].map(isLocalTime)).toEqual([true, true, false, false, false]);
  });
});

/** Node reads TZ once, so each zone needs a process of its own. */
describe('whatever the zone of the server', () => {
  const STEP = 30 * MINUTE;
  const YEAR = [Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1)] as const;

  // In each of these zones, clocks change at an hour at which those of Paris do not.
  test.each(['UTC', 'America/New_York', 'Pacific/Auckland', 'Africa/Cairo', 'America/Santiago'])('%s', (zone) => {
    const expected: string[] = [];
    for (let at = YEAR[0]; at < YEAR[1]; at += STEP) {
      const { date, time } = wallClock(new Date(at));
      // The second showing of an hour, in October, is read back as the first.
      const isSecondShowing = at >= clockChange(2026, 10) && at < clockChange(2026, 10) + 60 * MINUTE;
      const weekday = new Date(date).getUTCDay() || 7;
      expected.push(`${date} ${time} ${isSecondShowing ? at - 60 * MINUTE : at} ${weekday}`);
    }
    expect(shownInZone(zone)).toEqual(expected);
  });

  function shownInZone(zone: string): string[] {
    const module = pathToFileURL(`${process.cwd()}/src/domain/paris-time.ts`).href;
    const script = `
      import { parisDate, parisTime, toInstant, weekdayOf } from ${JSON.stringify(module)};
      for (let at = ${YEAR[0]}; at < ${YEAR[1]}; at += ${STEP}) {
        const [date, time] = [parisDate(new Date(at)), parisTime(new Date(at))];
        console.log(date, time, toInstant(date, time).getTime(), weekdayOf(date));
      }`;
    const output = execFileSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', script], {
      encoding: 'utf8',
      env: { ...process.env, TZ: zone, NODE_OPTIONS: '', FORCE_COLOR: '0' },
      maxBuffer: 8_000_000,
    });
    return output.trimEnd().split('\n');
  }
});
