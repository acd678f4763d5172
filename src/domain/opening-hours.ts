import type { Weekday } from './facts.js';
import type { LocalDate, LocalTime } from './local-date.js';

/** When delegates answer residents who ask for a person; the coordinator sets it. Times are of Europe/Paris. */
export interface OpeningHours {
  /** Several a day; they do not overlap. Empty: the hours are not set. */
  readonly slots: readonly { readonly weekday: Weekday; readonly from: LocalTime; readonly to: LocalTime }[];
  readonly onPublicHolidays: 'closed' | 'open';
  /** Each replaces the rule on its days; without slots it is closed. Both days are included. */
  readonly exceptions: readonly OpeningException[];
}

export interface OpeningException {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly slots: readonly { readonly from: LocalTime; readonly to: LocalTime }[];
  readonly reason?: string;
}

export interface Opening {
  readonly date: LocalDate;
  readonly from: LocalTime;
  readonly to: LocalTime;
}

export const UNSET_OPENING_HOURS: OpeningHours = { slots: [], onPublicHolidays: 'closed', exceptions: [] };
