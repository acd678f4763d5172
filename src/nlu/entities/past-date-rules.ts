import type { LocalDate } from '../../domain/local-date.js';
import { addDays, weekdayOf } from '../../domain/paris-time.js';
import type { DateRule } from '../lexicon-schemas.js';
import {
  type DateRange,
  easterSunday,
  existing,
  mondayOf,
  monthOf,
  nextWeekday,
  type Resolver,
  resolveDate,
  type SaidDate,
  single,
  startOfMonth,
  wholeMonth,
  yearOf,
} from './date-rules.js';

/** The same words said of something that has happened: days without a year are the last such ones, today included. */
export function resolvePastDate(rule: DateRule, today: LocalDate, said: SaidDate): DateRange | undefined {
  const resolve = RULES[rule];
  return resolve ? resolve(today, said) : resolveDate(rule, today, said);
}

/** Weeks and months under way end today. */
const RULES: Readonly<Partial<Record<DateRule, Resolver>>> = {
  numeric: lastDayOfYear,
  'day-month': lastDayOfYear,
  feast: lastDayOfYear,
  day: (today, { day }) => lastDayOfMonth(today, day),
  month: (today, { month }) => lastMonthNamed(today, month),
  weekday: (today, { weekday }) => single(lastWeekday(today, weekday)),
  'this-week': (today) => ({ from: mondayOf(today), to: today }),
  'this-weekend': (today) => weekendOf(today),
  'this-month': (today) => ({ from: startOfMonth(today), to: today }),
  'movable-feast': (today, { offset }) => lastMovableFeast(today, offset),
};

/** February 29 may be eight years off, around a century that has none. */
const YEARS_BACK = 8;
/** A month without a 31st is never beside another one, except July and August. */
const MONTHS_BACK = 2;

function lastDayOfYear(today: LocalDate, { day, month, year }: SaidDate): DateRange | undefined {
  if (year !== undefined) return existing(year, month, day);
  const years = Array.from({ length: YEARS_BACK + 1 }, (_, back) => yearOf(today) - back);
  return firstUntil(
    today,
    years.map((candidate) => existing(candidate, month, day)),
  );
}

function lastDayOfMonth(today: LocalDate, day: number): DateRange | undefined {
  const months: LocalDate[] = [startOfMonth(today)];
  while (months.length <= MONTHS_BACK) months.push(startOfMonth(addDays(months.at(-1) ?? today, -1)));
  return firstUntil(
    today,
    months.map((month) => existing(yearOf(month), monthOf(month), day)),
  );
}

function lastMonthNamed(today: LocalDate, month: number): DateRange | undefined {
  if (month === monthOf(today)) return { from: startOfMonth(today), to: today };
  const year = month < monthOf(today) ? yearOf(today) : yearOf(today) - 1;
  const first = existing(year, month, 1);
  return first && wholeMonth(first.from);
}

function lastWeekday(today: LocalDate, weekday: number): LocalDate {
  const next = nextWeekday(today, weekday);
  return next === today ? today : addDays(next, -7);
}

/** The one under way, or else the last one. */
function weekendOf(today: LocalDate): DateRange {
  const saturday = addDays(mondayOf(today), weekdayOf(today) >= 6 ? 5 : -2);
  const sunday = addDays(saturday, 1);
  return { from: saturday, to: sunday < today ? sunday : today };
}

function lastMovableFeast(today: LocalDate, offset: number): DateRange {
  const thisYear = addDays(easterSunday(yearOf(today)), offset);
  return single(thisYear <= today ? thisYear : addDays(easterSunday(yearOf(today) - 1), offset));
}

function firstUntil(today: LocalDate, candidates: readonly (DateRange | undefined)[]): DateRange | undefined {
  return candidates.find((candidate) => candidate !== undefined && candidate.from <= today);
}
