import dayjs from 'dayjs';
import utc from 'dayjs/plugin/utc.js';
import type { Weekday } from './facts.js';
import type { LocalDate, LocalTime } from './local-date.js';

/**
 * Days and times of Europe/Paris, whatever the server's zone. Days are reckoned by dayjs in UTC, where every day has 24
 * hours. Instants go through Intl and not through dayjs's timezone plugin, which parses the wall time in the server's own
 * zone and is an hour out whenever that zone changes its clocks.
 */

dayjs.extend(utc);

export const PARIS = 'Europe/Paris';

const DAY_FORMAT = 'YYYY-MM-DD';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const wallClock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: PARIS,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** @throws RangeError for an invalid Date. */
export function parisDate(now: Date): LocalDate {
  return wallTime(now).slice(0, 10);
}

/** @throws RangeError for an invalid Date. */
export function parisTime(now: Date): LocalTime {
  return wallTime(now).slice(11, 16);
}

/**
 * The instant of a wall time, good since 1977. Never decreases as the wall time grows: a time that is shown twice, in
 * the night of October, means its first showing; one that is skipped, in the night of March, means the change itself.
 * @throws RangeError when the day or the time does not exist.
 */
export function toInstant(date: LocalDate, time: LocalTime): Date {
  if (!isLocalTime(time)) throw new RangeError('Not a time HH:mm');
  const asUtc = Date.parse(`${assertDay(date)}T${time}Z`);
  const summer = new Date(asUtc - 2 * HOUR_MS);
  const winter = new Date(asUtc - HOUR_MS);
  const wanted = `${date} ${time}`;
  if (wallTime(summer) === wanted) return summer;
  if (wallTime(winter) === wanted) return winter;
  return new Date(Math.floor(winter.getTime() / HOUR_MS) * HOUR_MS);
}

/** True for `YYYY-MM-DD` that names a day of the calendar, in the years 1900 to 2999. */
export function isLocalDate(text: string): boolean {
  return /^(19|2\d)\d{2}-\d{2}-\d{2}$/.test(text) && dayjs.utc(text).format(DAY_FORMAT) === text;
}

/** True for `HH:mm` from 00:00 to 23:59. */
export function isLocalTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

/** @throws RangeError when the day does not exist. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return startOf(date).add(days, 'day').format(DAY_FORMAT);
}

/** The same day of the month, or its last when the month is shorter. @throws RangeError when the day does not exist. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  return startOf(date).add(months, 'month').format(DAY_FORMAT);
}

/** From `from` to `to`, negative when `to` is earlier. @throws RangeError when a day does not exist. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return startOf(to).diff(startOf(from), 'day');
}

/** ISO 8601: 1 Monday … 7 Sunday. @throws RangeError when the day does not exist. */
export function weekdayOf(date: LocalDate): Weekday {
  return (startOf(date).day() || 7) as Weekday;
}

/** How many days the month of this day has. @throws RangeError when the day does not exist. */
export function daysInMonth(date: LocalDate): number {
  return startOf(date).daysInMonth();
}

function startOf(date: LocalDate): dayjs.Dayjs {
  return dayjs.utc(assertDay(date));
}

function assertDay(date: LocalDate): LocalDate {
  if (!isLocalDate(date)) throw new RangeError('Not a day YYYY-MM-DD');
  return date;
}

/** `YYYY-MM-DD HH:mm`, the form of the Swedish locale. */
function wallTime(instant: Date): string {
  return wallClock.format(instant);
}
