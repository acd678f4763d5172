import type { LocalDate } from '../../domain/local-date.js';
import { addDays, addMonths, daysInMonth, isLocalDate, weekdayOf } from '../../domain/paris-time.js';
import type { DateRule } from '../lexicon-schemas.js';

/** Both ends included. */
export interface DateRange {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** What the words of a date said, as numbers; 0 where they said nothing. */
export interface SaidDate {
  readonly weekday: number;
  readonly month: number;
  readonly day: number;
  readonly year?: number;
  readonly count: number;
  readonly weeks: number;
  /** Days from today, or from Easter Sunday for the feasts that move with it. */
  readonly offset: number;
}

/** Undefined for days that no calendar has, such as 31 February. */
export function resolveDate(rule: DateRule, today: LocalDate, said: SaidDate): DateRange | undefined {
  return RULES[rule](today, said);
}

export type Resolver = (today: LocalDate, said: SaidDate) => DateRange | undefined;

/** Weeks and months under way begin today: what is over is not asked about. */
const RULES: Readonly<Record<DateRule, Resolver>> = {
  none: () => undefined,
  offset: (today, { offset }) => single(addDays(today, offset)),
  numeric: nextDayOfYear,
  'day-month': nextDayOfYear,
  day: (today, { day }) => nextDayOfMonth(today, day),
  month: (today, { month }) => nextMonthNamed(today, month),
  weekday: (today, { weekday }) => single(nextWeekday(today, weekday)),
  'weekday-next': (today, { weekday }) => single(nextWeekday(addDays(today, 1), weekday)),
  'weekday-last': (today, { weekday }) => single(addDays(nextWeekday(today, weekday), -7)),
  'weekday-in-weeks': (today, { weekday, weeks }) => single(addDays(nextWeekday(today, weekday), 7 * weeks)),
  'weekday-this-week': (today, { weekday }) => single(addDays(mondayOf(today), weekday - 1)),
  'weekday-next-week': (today, { weekday }) => single(addDays(mondayOf(today), weekday + 6)),
  'in-days': (today, { count }) => single(addDays(today, count)),
  'in-weeks': (today, { count }) => weekFrom(addDays(mondayOf(today), 7 * count)),
  'in-months': (today, { count }) => wholeMonth(addMonths(today, count)),
  'days-ago': (today, { count }) => single(addDays(today, -count)),
  'weeks-ago': (today, { count }) => weekFrom(addDays(mondayOf(today), -7 * count)),
  'this-week': (today) => ({ from: today, to: addDays(mondayOf(today), 6) }),
  'next-week': (today) => weekFrom(addDays(mondayOf(today), 7)),
  'last-week': (today) => weekFrom(addDays(mondayOf(today), -7)),
  'this-weekend': (today) => ({ from: later(today, addDays(mondayOf(today), 5)), to: addDays(mondayOf(today), 6) }),
  'next-weekend': (today) => weekendFrom(nextWeekday(addDays(today, 1), 6)),
  'last-weekend': (today) => weekendFrom(addDays(mondayOf(today), -2)),
  'this-month': (today) => ({ from: today, to: endOfMonth(today) }),
  'next-month': (today) => wholeMonth(addMonths(today, 1)),
  'last-month': (today) => wholeMonth(addMonths(today, -1)),
  feast: nextDayOfYear,
  'movable-feast': (today, { offset }) => nextMovableFeast(today, offset),
};

/** February 29 may be eight years off, around a century that has none. */
const YEARS_AHEAD = 8;

function nextDayOfYear(today: LocalDate, { day, month, year }: SaidDate): DateRange | undefined {
  if (year !== undefined) return existing(year, month, day);
  const thisYear = yearOf(today);
  for (let candidate = thisYear; candidate <= thisYear + YEARS_AHEAD; candidate += 1) {
    const found = existing(candidate, month, day);
    if (found && found.from >= today) return found;
  }
  return undefined;
}

function nextDayOfMonth(today: LocalDate, day: number): DateRange | undefined {
  for (let ahead = 0; ahead <= 2; ahead += 1) {
    const month = addMonths(startOfMonth(today), ahead);
    const found = existing(yearOf(month), monthOf(month), day);
    if (found && found.from >= today) return found;
  }
  return undefined;
}

function nextMonthNamed(today: LocalDate, month: number): DateRange {
  if (month === monthOf(today)) return { from: today, to: endOfMonth(today) };
  const year = month > monthOf(today) ? yearOf(today) : yearOf(today) + 1;
  return wholeMonth(isoDate(year, month, 1));
}

function nextMovableFeast(today: LocalDate, offset: number): DateRange {
  const thisYear = addDays(easterSunday(yearOf(today)), offset);
  return single(thisYear >= today ? thisYear : addDays(easterSunday(yearOf(today) + 1), offset));
}

/** The first such weekday from `day` on, itself included. */
export function nextWeekday(day: LocalDate, weekday: number): LocalDate {
  return addDays(day, (weekday - weekdayOf(day) + 7) % 7);
}

/** Anonymous Gregorian computus (Meeus, Astronomical Algorithms, ch. 8). */
export function easterSunday(year: number): LocalDate {
  const a = year % 19;
  const century = Math.floor(year / 100);
  const rest = year % 100;
  const f = Math.floor((century + 8) / 25);
  const g = Math.floor((century - f + 1) / 3);
  const h = (19 * a + century - Math.floor(century / 4) - g + 15) % 30;
  const l = (32 + 2 * (century % 4) + 2 * Math.floor(rest / 4) - h - (rest % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const days = h + l - 7 * m + 114;
  return isoDate(year, Math.floor(days / 31), (days % 31) + 1);
}

export function existing(year: number, month: number, day: number): DateRange | undefined {
  const date = isoDate(year, month, day);
  return isLocalDate(date) ? single(date) : undefined;
}

export function single(date: LocalDate): DateRange {
  return { from: date, to: date };
}

function weekFrom(monday: LocalDate): DateRange {
  return { from: monday, to: addDays(monday, 6) };
}

function weekendFrom(saturday: LocalDate): DateRange {
  return { from: saturday, to: addDays(saturday, 1) };
}

export function wholeMonth(day: LocalDate): DateRange {
  return { from: startOfMonth(day), to: endOfMonth(day) };
}

export function mondayOf(day: LocalDate): LocalDate {
  return addDays(day, 1 - weekdayOf(day));
}

export function startOfMonth(day: LocalDate): LocalDate {
  return `${day.slice(0, 8)}01`;
}

function endOfMonth(day: LocalDate): LocalDate {
  return addDays(startOfMonth(day), daysInMonth(day) - 1);
}

function later(a: LocalDate, b: LocalDate): LocalDate {
  return a > b ? a : b;
}

export function yearOf(day: LocalDate): number {
  return Number(day.slice(0, 4));
}

export function monthOf(day: LocalDate): number {
  return Number(day.slice(5, 7));
}

function isoDate(year: number, month: number, day: number): LocalDate {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}`;
}
