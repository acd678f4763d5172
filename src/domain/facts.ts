import type { LocalDate, LocalTime } from './local-date.js';

/** What the assistant may state. Whatever a source does not say is absent here, and said to be unknown. */

export interface Sourced {
  readonly source: string;
  readonly checkedOn: LocalDate;
}

export interface Place extends Sourced {
  readonly id: string;
  readonly name: string;
  readonly street: string;
  readonly district: string;
  readonly city: string;
  readonly postcode?: string;
  /** Opens a map of the address. */
  readonly mapUrl: string;
  /** WGS 84, in degrees; both or neither. */
  readonly latitude?: number;
  readonly longitude?: number;
}

/** ISO weekday: 1 Monday … 7 Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export type RecurrenceRule =
  /** `anchor` is one day on which it takes place; required when `everyWeeks` is over 1. */
  | { readonly kind: 'weekly'; readonly weekday: Weekday; readonly everyWeeks: number; readonly anchor?: LocalDate }
  /** The nth such weekday of each month; -1 is the last. */
  | { readonly kind: 'monthly'; readonly weekday: Weekday; readonly nth: 1 | 2 | 3 | 4 | -1 };

/** Exact hours when they are known; otherwise the part of the day; otherwise nothing. */
export interface Slot {
  readonly hours?: { readonly from: LocalTime; readonly to: LocalTime };
  readonly part?: 'morning' | 'afternoon';
}

/** Days on which it does not take place, both included. */
export interface Closure {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly reason?: string;
}

/** A day on which it takes place besides the rule, or on which its hours differ. It wins over closures and holidays. */
export interface Addition {
  readonly date: LocalDate;
  readonly slot?: Slot;
}

export type PermanenceId = 'delegates' | 'commissioners';

export interface Permanence extends Sourced {
  readonly id: PermanenceId;
  readonly rule: RecurrenceRule;
  readonly slot: Slot;
  readonly placeId: string;
  readonly onPublicHolidays: 'closed' | 'open';
  readonly closures: readonly Closure[];
  readonly additions: readonly Addition[];
}

export type SectorId = 'besancon' | 'pontarlier' | 'montbeliard';

export interface Sector {
  readonly id: SectorId;
  readonly name: string;
  /** Absent while the operator has not set it. */
  readonly email?: string;
}

export interface NewStation extends Sourced {
  readonly status: 'announced' | 'open';
  /** As announced: a month, and a year only when it is known. */
  readonly openingMonth: number;
  readonly openingYear?: number;
  readonly officersMin: number;
  readonly officersMax: number;
  readonly address?: string;
  readonly hours?: string;
}

/** What kind of danger a message tells of. */
export type EmergencyKind = 'violence' | 'fire' | 'medical' | 'suicide' | 'domestic' | 'child' | 'intrusion';

export interface HelpNumber extends Sourced {
  /** `17`, `112`, `114`, `15`, `18`, `3919`, `119`, `3114`, `3018`, `116006`, `3133`. */
  readonly id: string;
  /** As people read it: « 116 006 ». */
  readonly display: string;
  /** `tel:17`, `sms:114`. */
  readonly href: string;
  /** What it is for, a few words. */
  readonly purpose: string;
  readonly availability: string;
  readonly price: string;
  /** The dangers that it is shown for, besides 17 and 112, which are always shown. */
  readonly kinds: readonly EmergencyKind[];
}

export interface OnlineService extends Sourced {
  readonly id: string;
  readonly name: string;
  readonly purpose: string;
  readonly url: string;
}

export interface Facts {
  readonly town: { readonly city: string; readonly district: string };
  readonly places: readonly Place[];
  readonly permanences: readonly Permanence[];
  readonly sectors: readonly Sector[];
  readonly station: NewStation;
  readonly helpNumbers: readonly HelpNumber[];
  readonly services: readonly OnlineService[];
}
