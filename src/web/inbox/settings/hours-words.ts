import type { OpeningHours } from '../api/types.js';
import { ALL_DAYS } from './hours-form.js';
import { HOURS, WEEKDAYS } from './strings.js';

const NBSP = '\u00a0';
const DAY = new Intl.DateTimeFormat('fr-FR', {
  timeZone: 'UTC',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

interface Span {
  readonly from: string;
  readonly to: string;
}

/** The hours in sentences, a line each; days with the same hours are told together. */
export function hoursInWords(hours: OpeningHours): readonly string[] {
  const ofDay = (weekday: number) => spansInWords(hours.slots.filter((slot) => slot.weekday === weekday));
  const byHours = Map.groupBy(
    ALL_DAYS.filter((day) => ofDay(day) !== ''),
    ofDay,
  );
  const week = [...byHours].map(([words, days]) => HOURS.readOpen(capital(daysInWords(days)), words));
  return [
    ...(week.length > 0 ? [...week, HOURS.readHolidays[hours.onPublicHolidays]] : [HOURS.readNothing]),
    ...hours.exceptions.map(({ from, to, slots, reason = '' }) =>
      HOURS.readException(datesInWords(from, to), spansInWords(slots) || HOURS.readClosed, reason),
    ),
  ];
}

/** « mercredi 25 novembre 2026 »; as it is when it is no day. */
export function dayInWords(date: string): string {
  const at = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(at) ? date : DAY.format(at).replace(/ 1 /, ' 1er ');
}

/** « 14 h », « 9 h 30 » */
export function timeInWords(time: string): string {
  const [hour = '', minutes = ''] = time.split(':');
  return minutes === '00' ? `${Number(hour)}${NBSP}h` : `${Number(hour)}${NBSP}h${NBSP}${minutes}`;
}

export function datesInWords(from: string, to: string): string {
  return from === to ? HOURS.day(dayInWords(from)) : HOURS.days(dayInWords(from), dayInWords(to));
}

export function spansInWords(spans: readonly Span[]): string {
  const sorted = [...spans].sort((one, other) => (one.from < other.from ? -1 : 1));
  return enumerate(sorted.map(({ from, to }) => HOURS.hours(timeInWords(from), timeInWords(to))));
}

/** « lundi », « mardi et jeudi », « lundi, mardi et jeudi » */
function daysInWords(days: readonly number[]): string {
  return enumerate(days.map((day) => WEEKDAYS[day - 1] ?? ''));
}

function enumerate(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')}${HOURS.and}${last}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
