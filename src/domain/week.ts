import type { LocalDate } from './local-date.js';
import { addDays, weekdayOf } from './paris-time.js';

/** A week of ISO 8601, `2026-W48`. */
export type IsoWeek = string;

/** The week of a day: the one that its Thursday belongs to (ISO 8601, 3.1.1.23). */
export function weekOf(date: LocalDate): IsoWeek {
  const thursday = addDays(date, 4 - weekdayOf(date));
  const year = thursday.slice(0, 4);
  const dayOfYear = Math.round((Date.parse(thursday) - Date.parse(`${year}-01-01`)) / 86_400_000);
  return `${year}-W${String(Math.floor(dayOfYear / 7) + 1).padStart(2, '0')}`;
}

/** Monday to Sunday. @throws RangeError when that year has no such week. */
export function daysOfWeek(week: IsoWeek): { readonly from: LocalDate; readonly to: LocalDate } {
  const [year = '', number = ''] = week.split('-W');
  const firstThursday = addDays(`${year}-01-04`, 4 - weekdayOf(`${year}-01-04`));
  const thursday = addDays(firstThursday, (Number(number) - 1) * 7);
  if (weekOf(thursday) !== week) throw new RangeError('There is no such week');
  return { from: addDays(thursday, -3), to: addDays(thursday, 3) };
}
