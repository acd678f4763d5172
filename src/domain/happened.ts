import type { Weekday } from './facts.js';
import type { LocalDate } from './local-date.js';

/** What something that happens again and again comes with. */
export const RECURRENCE_UNITS = [
  'day',
  'morning',
  'noon',
  'afternoon',
  'evening',
  'night',
  'weekend',
  'week',
  'month',
  'weekday',
  'often',
] as const;
export type RecurrenceUnit = (typeof RECURRENCE_UNITS)[number];

export interface Recurrence {
  readonly every: RecurrenceUnit;
  /** There for `weekday`, and for no other. */
  readonly weekday?: Weekday;
  /** « le soir », which may be every evening or not. */
  readonly isVague?: true;
}

/** When something took place, as words tell of what is over or goes on: « mercredi » is the last one. */
export interface Happened {
  /** The day or days, both included. */
  readonly dates?: { readonly from: LocalDate; readonly to: LocalDate };
  /** It goes on since `dates.from`: « depuis trois semaines ». */
  readonly isSince?: true;
  /** In the night between `dates.from` and `dates.to`. */
  readonly isNight?: true;
  readonly recurrence?: Recurrence;
}
