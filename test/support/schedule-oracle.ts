import Holidays from 'date-holidays';
import type { Permanence, RecurrenceRule, Slot } from '../../src/domain/facts.js';
import type { Phase } from '../../src/domain/permanence-schedule.js';

/**
 * What the permanence schedule should say, found the slow way: every day of the years around is listed beforehand, in
 * UTC arithmetic, with the holidays of another library and the summer-time rule of the European directive. It shares no
 * code with src/domain.
 */

const FIRST_YEAR = 2023;
const LAST_YEAR = 2037;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

export interface OracleOccurrence {
  readonly date: string;
  readonly slot: Slot;
  readonly isAddition: boolean;
}

export type OracleDay =
  | { readonly kind: 'open'; readonly occurrence: OracleOccurrence }
  | { readonly kind: 'closed'; readonly reason: 'not-a-permanence-day' | 'public-holiday' | 'closure' };

export interface ScheduleOracle {
  on(date: string): OracleDay;
  between(from: string, to: string): readonly OracleOccurrence[];
  next(now: Date, count: number): readonly OracleOccurrence[];
  status(now: Date): { phase: Phase; today: OracleOccurrence | undefined; next: OracleOccurrence | undefined };
}

/** Those of the years around, found once: they are asked for at every minute. */
const CHANGES: ReadonlyMap<string, number> = new Map(
  Array.from({ length: LAST_YEAR - FIRST_YEAR + 1 }, (_, index) => FIRST_YEAR + index).flatMap((year) =>
    ([3, 10] as const).map((month) => [`${year}-${month}`, findChange(year, month)] as const),
  ),
);

/** National public holidays, date → names in French. */
export const HOLIDAYS = nationalHolidays();

export const ALL_DAYS = daysOfYears(FIRST_YEAR, LAST_YEAR);

/** 0 is Sunday. */
const BY_WEEKDAY = Map.groupBy(ALL_DAYS, (date) => new Date(date).getUTCDay());

export function createScheduleOracle(permanence: Permanence): ScheduleOracle {
  const days = new Map(ALL_DAYS.map((date) => [date, { kind: 'closed', reason: 'not-a-permanence-day' } as OracleDay]));
  for (const date of daysOfRule(permanence.rule)) days.set(date, open(date, permanence.slot, false));
  if (permanence.onPublicHolidays === 'closed') {
    for (const date of HOLIDAYS.keys()) closeWhenOpen(days, date, 'public-holiday');
  }
  for (const { from, to } of permanence.closures) {
    for (const date of ALL_DAYS) if (date >= from && date <= to) closeWhenOnRule(days, date);
  }
  for (const { date, slot } of permanence.additions) days.set(date, open(date, slot ?? permanence.slot, true));

  const occurrences = ALL_DAYS.flatMap((date) => {
    const day = days.get(date);
    return day?.kind === 'open' ? [day.occurrence] : [];
  });

  function upcoming(now: Date): readonly OracleOccurrence[] {
    const today = wallClock(now).date;
    const end = isoDay(Date.parse(today) + 731 * DAY_MS);
    return occurrences.filter(({ date }) => date >= today && date < end);
  }

  function phase(today: OracleOccurrence | undefined, now: Date): Phase {
    if (!today) return 'none';
    const { hours, part } = today.slot;
    const spans = { morning: ['08:00', '12:00'], afternoon: ['12:00', '18:00'], none: undefined } as const;
    const span = hours ? ([hours.from, hours.to] as const) : spans[part ?? 'none'];
    if (!span) return 'unknown-hours';
    if (now.getTime() < firstShowing(today.date, span[0])) return 'before';
    if (now.getTime() >= firstShowing(today.date, span[1])) return 'over';
    return hours ? 'during' : 'unknown-hours';
  }

  return {
    on: (date) => days.get(date) ?? { kind: 'closed', reason: 'not-a-permanence-day' },
    between: (from, to) => occurrences.filter(({ date }) => date >= from && date <= to),
    next(now, count) {
      const { date } = wallClock(now);
      return upcoming(now)
        .filter((occurrence) => occurrence.date !== date || phase(occurrence, now) !== 'over')
        .slice(0, count);
    },
    status(now) {
      const { date } = wallClock(now);
      const today = occurrences.find((occurrence) => occurrence.date === date);
      const next = upcoming(now).find((occurrence) => occurrence.date > date);
      return { phase: phase(today, now), today, next };
    },
  };
}

/** The hour that the clocks of France show: one ahead of UTC, two in summer (directive 2000/84/EC). */
export function wallClock(instant: Date): { date: string; time: string } {
  const year = instant.getUTCFullYear();
  const isSummer = instant.getTime() >= clockChange(year, 3) && instant.getTime() < clockChange(year, 10);
  const shown = new Date(instant.getTime() + (isSummer ? 2 : 1) * HOUR_MS).toISOString();
  return { date: shown.slice(0, 10), time: shown.slice(11, 16) };
}

/** When the clocks change in that month: its last Sunday, 01:00 UTC. */
export function clockChange(year: number, month: 3 | 10): number {
  return CHANGES.get(`${year}-${month}`) ?? findChange(year, month);
}

function findChange(year: number, month: 3 | 10): number {
  let day = 31;
  while (new Date(Date.UTC(year, month - 1, day)).getUTCDay() !== 0) day -= 1;
  return Date.UTC(year, month - 1, day, 1);
}

/** The first instant of the day at which the clocks show that time or a later one. */
function firstShowing(date: string, time: string): number {
  let instant = Date.parse(date) - 3 * HOUR_MS;
  while (wallClock(new Date(instant)).date < date) instant += MINUTE_MS;
  while (wallClock(new Date(instant)).date === date && wallClock(new Date(instant)).time < time) instant += MINUTE_MS;
  return instant;
}

function daysOfRule(rule: RecurrenceRule): string[] {
  const onWeekday = BY_WEEKDAY.get(rule.weekday % 7) ?? [];
  if (rule.kind === 'monthly') {
    const months = Map.groupBy(onWeekday, (date) => date.slice(0, 7));
    return [...months.values()].flatMap((days) => days.at(rule.nth === -1 ? -1 : rule.nth - 1) ?? []);
  }
  const anchorIndex = rule.anchor === undefined ? 0 : onWeekday.indexOf(rule.anchor);
  return onWeekday.filter((_, index) => Math.abs(index - anchorIndex) % rule.everyWeeks === 0);
}

function open(date: string, slot: Slot, isAddition: boolean): OracleDay {
  return { kind: 'open', occurrence: { date, slot, isAddition } };
}

function closeWhenOpen(days: Map<string, OracleDay>, date: string, reason: 'public-holiday' | 'closure'): void {
  if (days.get(date)?.kind === 'open') days.set(date, { kind: 'closed', reason });
}

/** A closure explains more than the holiday that it may fall on. */
function closeWhenOnRule(days: Map<string, OracleDay>, date: string): void {
  const day = days.get(date);
  const isOnRule = day?.kind === 'open' || day?.reason === 'public-holiday';
  if (isOnRule) days.set(date, { kind: 'closed', reason: 'closure' });
}

function nationalHolidays(): ReadonlyMap<string, readonly string[]> {
  const calendar = new Holidays('FR', { languages: ['fr'], types: ['public'] });
  const table = new Map<string, string[]>();
  for (let year = 2000; year <= 2060; year += 1) {
    for (const { date, name } of calendar.getHolidays(year)) {
      table.set(date.slice(0, 10), [...(table.get(date.slice(0, 10)) ?? []), name]);
    }
  }
  return table;
}

function daysOfYears(first: number, last: number): readonly string[] {
  const days: string[] = [];
  for (let day = Date.UTC(first, 0, 1); day < Date.UTC(last + 1, 0, 1); day += DAY_MS) days.push(isoDay(day));
  return days;
}

function isoDay(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
