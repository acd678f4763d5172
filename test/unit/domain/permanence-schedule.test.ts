import { describe, expect, test } from '@jest/globals';
import {
  createPermanenceSchedule,
  createSchedules,
  MAX_RANGE_DAYS,
  type Occurrence,
  type Phase,
} from '../../../src/domain/permanence-schedule.js';
import { buildFacts, buildPermanence } from '../../support/build-facts.js';

const dates = (occurrences: readonly Occurrence[]) => occurrences.map(({ date }) => date);
const at = (local: string) => new Date(`${local}+01:00`);

describe('every Wednesday afternoon, hours unset', () => {
  const schedule = createPermanenceSchedule(buildPermanence());

  test('the next ones after a Monday', () => {
    expect(dates(schedule.next(at('2026-11-23T09:00'), 3))).toEqual(['2026-11-25', '2026-12-02', '2026-12-09']);
  });

  test.each<[string, Phase, string]>([
    ['2026-11-24T23:59', 'none', '2026-11-25'],
    ['2026-11-25T00:00', 'before', '2026-12-02'],
    ['2026-11-25T11:59', 'before', '2026-12-02'],
    ['2026-11-25T12:00', 'unknown-hours', '2026-12-02'],
    ['2026-11-25T17:59', 'unknown-hours', '2026-12-02'],
    ['2026-11-25T18:00', 'over', '2026-12-02'],
    ['2026-11-26T00:00', 'none', '2026-12-02'],
  ])('at %s: %s, then %s', (now, phase, next) => {
    expect(schedule.status(at(now))).toMatchObject({ phase, next: { date: next } });
  });

  test("today's stands first in the next ones until it is over", () => {
    expect(dates(schedule.next(at('2026-11-25T17:59')))).toEqual(['2026-11-25']);
    expect(dates(schedule.next(at('2026-11-25T18:00')))).toEqual(['2026-12-02']);
  });

  test('a public holiday is told with its name, on a day of permanence or not', () => {
    expect(schedule.on('2026-11-11')).toEqual({
      kind: 'closed',
      reason: 'public-holiday',
      date: '2026-11-11',
      holiday: 'armistice-1918',
    });
    expect(schedule.on('2027-01-01')).toEqual({
      kind: 'closed',
      reason: 'not-a-permanence-day',
      date: '2027-01-01',
      holiday: 'new-year',
    });
    expect(schedule.on('2026-11-26')).toEqual({ kind: 'closed', reason: 'not-a-permanence-day', date: '2026-11-26' });
  });
});

describe('exact hours', () => {
  const schedule = createPermanenceSchedule(buildPermanence({ slot: { hours: { from: '14:00', to: '16:30' } } }));

  test.each<[string, Phase]>([
    ['2026-11-25T13:59:59', 'before'],
    ['2026-11-25T14:00:00', 'during'],
    ['2026-11-25T16:29:59', 'during'],
    ['2026-11-25T16:30:00', 'over'],
  ])('at %s: %s', (now, phase) => expect(schedule.status(at(now)).phase).toBe(phase));
});

describe('hours in the nights on which the clocks change', () => {
  const slot = { hours: { from: '02:15', to: '02:45' } };
  const schedule = createPermanenceSchedule(
    buildPermanence({
      additions: [
        { date: '2027-03-28', slot },
        { date: '2027-10-31', slot },
      ],
    }),
  );

  test.each<[string, Phase]>([
    // In March, 02:15 and 02:45 are skipped: it is over before it began.
    ['2027-03-28T00:59:59Z', 'before'],
    ['2027-03-28T01:00:00Z', 'over'],
    // In October, they are shown twice, and the first time counts.
    ['2027-10-31T00:14:59Z', 'before'],
    ['2027-10-31T00:15:00Z', 'during'],
    ['2027-10-31T00:45:00Z', 'over'],
    ['2027-10-31T01:20:00Z', 'over'],
  ])('at %s: %s', (now, phase) => expect(schedule.status(new Date(now)).phase).toBe(phase));
});

describe('the 1st Thursday of the month, nothing known of the time of day', () => {
  const schedule = createPermanenceSchedule(
    buildPermanence({ id: 'commissioners', rule: { kind: 'monthly', weekday: 4, nth: 1 }, slot: {} }),
  );

  test('lasts until midnight', () => {
    expect(schedule.status(at('2026-12-03T00:00')).phase).toBe('unknown-hours');
    expect(schedule.status(at('2026-12-03T23:59')).phase).toBe('unknown-hours');
    expect(schedule.status(at('2026-12-04T00:00')).phase).toBe('none');
  });

  test('goes on over the year, and leaves Ascension out', () => {
    expect(dates(schedule.between('2026-11-23', '2027-06-30'))).toEqual([
      '2026-12-03',
      '2027-01-07',
      '2027-02-04',
      '2027-03-04',
      '2027-04-01',
      '2027-06-03',
    ]);
    expect(schedule.on('2027-05-06')).toMatchObject({ reason: 'public-holiday', holiday: 'ascension' });
  });
});

describe('other rules', () => {
  test('every second week, before the anchor as after it', () => {
    const rule = { kind: 'weekly', weekday: 3, everyWeeks: 2, anchor: '2026-11-25' } as const;
    const schedule = createPermanenceSchedule(buildPermanence({ rule, onPublicHolidays: 'open' }));
    expect(dates(schedule.between('2026-10-26', '2026-12-24'))).toEqual([
      '2026-10-28',
      '2026-11-11',
      '2026-11-25',
      '2026-12-09',
      '2026-12-23',
    ]);
  });

  test('the last Friday of the month', () => {
    const schedule = createPermanenceSchedule(buildPermanence({ rule: { kind: 'monthly', weekday: 5, nth: -1 } }));
    expect(dates(schedule.between('2027-01-01', '2027-04-30'))).toEqual([
      '2027-01-29',
      '2027-02-26',
      '2027-03-26',
      '2027-04-30',
    ]);
  });
});

describe('closures and additions', () => {
  const closure = { from: '2026-12-21', to: '2027-01-03', reason: 'vacances' };
  const schedule = createPermanenceSchedule(
    buildPermanence({
      closures: [closure],
      additions: [
        { date: '2026-12-25' },
        { date: '2026-12-30', slot: { hours: { from: '10:00', to: '12:00' } } },
        { date: '2027-01-05' },
      ],
    }),
  );

  test('a closure takes both its ends, and tells its reason', () => {
    expect(schedule.on('2026-12-23')).toMatchObject({ kind: 'closed', reason: 'closure', closure });
    expect(dates(schedule.between('2026-12-14', '2026-12-24'))).toEqual(['2026-12-16']);
  });

  test('an addition wins over a closure and a holiday, with its own hours when it has some', () => {
    expect(schedule.on('2026-12-25')).toMatchObject({
      kind: 'open',
      holiday: 'christmas',
      occurrence: { slot: { part: 'afternoon' }, isAddition: true },
    });
    expect(schedule.on('2026-12-30')).toMatchObject({ occurrence: { slot: { hours: { from: '10:00' } } } });
  });

  test('an addition outside the rule comes in its order', () => {
    expect(dates(schedule.next(at('2026-12-24T09:00'), 4))).toEqual([
      '2026-12-25',
      '2026-12-30',
      '2027-01-05',
      '2027-01-06',
    ]);
  });
});

describe('limits', () => {
  test('a permanence that is closed for ever has no next one, and the search ends', () => {
    const schedule = createPermanenceSchedule(
      buildPermanence({ closures: [{ from: '2000-01-01', to: '2999-12-31' }] }),
    );
    expect(schedule.next(at('2026-11-23T09:00'), 5)).toEqual([]);
    expect(schedule.status(at('2026-11-25T15:00'))).toEqual({ phase: 'none' });
  });

  test('the search covers two years, and not a day more', () => {
    const rule = { kind: 'monthly', weekday: 3, nth: 1 } as const;
    const closures = [{ from: '2000-01-01', to: '2999-12-31' }];
    const additions = [{ date: '2028-11-22' }, { date: '2028-11-23' }];
    const schedule = createPermanenceSchedule(buildPermanence({ rule, closures, additions }));
    expect(dates(schedule.next(at('2026-11-23T09:00'), 2))).toEqual(['2028-11-22']);
    expect(schedule.status(at('2026-11-22T09:00')).next).toBeUndefined();
  });

  test('no count means none; a range the wrong way round holds none', () => {
    const schedule = createPermanenceSchedule(buildPermanence());
    expect(schedule.next(at('2026-11-25T09:00'), 0)).toEqual([]);
    expect(schedule.between('2026-12-31', '2026-01-01')).toEqual([]);
  });

  test('a huge range is cut after ten years', () => {
    const last = createPermanenceSchedule(buildPermanence()).between('2026-01-01', '2999-12-31').at(-1);
    expect(last && Date.parse(last.date)).toBeLessThan(Date.parse('2026-01-01') + MAX_RANGE_DAYS * 86_400_000);
  });

  test.each(['2027-02-29', 'demain', ''])('%j is refused without being repeated', (date) => {
    const schedule = createPermanenceSchedule(buildPermanence());
    expect(() => schedule.on(date)).toThrow('Not a day YYYY-MM-DD');
    expect(() => schedule.between(date, '2027-01-01')).toThrow('Not a day YYYY-MM-DD');
  });

  test('there is one schedule for each permanence of the facts', () => {
    const schedules = createSchedules(buildFacts().permanences);
    expect([...schedules.keys()]).toEqual(['delegates', 'commissioners']);
    expect(schedules.get('commissioners')?.on('2026-12-03').kind).toBe('open');
  });
});
