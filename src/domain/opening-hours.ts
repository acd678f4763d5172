import type { Weekday } from './facts.js';
import type { LocalDate, LocalTime } from './local-date.js';
import { addDays, isLocalDate, isLocalTime, parisDate, toInstant, weekdayOf } from './paris-time.js';
import { publicHolidayOn } from './public-holidays.js';

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

/** What cannot be in opening hours, and where: `['exceptions', 2, 'slots', 0]`. */
export interface OpeningHoursFault {
  readonly kind: 'not-a-time' | 'not-a-day' | 'ends-before-it-begins' | 'overlap';
  /** Of the later one, when two overlap. */
  readonly path: readonly (string | number)[];
}

export interface DeskHours {
  /** `unknown` while no hours are set. */
  readonly state: 'open' | 'closed' | 'unknown';
  /** The next time the desk opens; only when it is closed, and absent when it does not open within `SEARCH_DAYS`. */
  readonly nextOpening?: Opening;
}

/** How far `deskHoursAt` looks ahead, today included. */
export const SEARCH_DAYS = 366;

type Span = Pick<Opening, 'from' | 'to'>;

/**
 * Every fault, in the order of the data. Slots of a day may touch and may not overlap, and a day has one exception at
 * most. Nothing goes past midnight.
 */
export function findOpeningHoursFaults({ slots, exceptions }: OpeningHours): readonly OpeningHoursFault[] {
  const dayFaults = exceptions.flatMap(({ from, to }, index): OpeningHoursFault[] => {
    const path = ['exceptions', index];
    if (!isLocalDate(from) || !isLocalDate(to)) return [{ kind: 'not-a-day', path }];
    return to < from ? [{ kind: 'ends-before-it-begins', path }] : [];
  });
  const days = exceptions.map(({ from, to }, index) => ({ from, to, path: ['exceptions', index] }));
  return [
    ...slotFaults(slots, ['slots'], ({ weekday }) => weekday),
    ...dayFaults,
    ...overlaps(days, (one, other) => one.from <= other.to && other.from <= one.to),
    ...exceptions.flatMap((exception, index) => slotFaults(exception.slots, ['exceptions', index, 'slots'], () => 0)),
  ];
}

/** Where `now` lies with respect to the hours. An exception wins over the rule, and over public holidays. */
export function deskHoursAt(hours: OpeningHours, now: Date): DeskHours {
  if (hours.slots.length === 0) return { state: 'unknown' };
  const today = parisDate(now);
  const isOpen = spansOn(hours, today).some(
    ({ from, to }) => toInstant(today, from) <= now && now < toInstant(today, to),
  );
  if (isOpen) return { state: 'open' };
  const nextOpening = findNextOpening(hours, today, now);
  return { state: 'closed', ...(nextOpening && { nextOpening }) };
}

function findNextOpening(hours: OpeningHours, today: LocalDate, now: Date): Opening | undefined {
  for (let days = 0; days < SEARCH_DAYS; days += 1) {
    const date = addDays(today, days);
    const next = spansOn(hours, date).find(({ from, to }) => {
      const begin = toInstant(date, from);
      // In the night of March a slot may lie within the hour that is skipped.
      return now < begin && begin < toInstant(date, to);
    });
    if (next) return { date, from: next.from, to: next.to };
  }
  return undefined;
}

/** The spans of that day, the earliest first. */
function spansOn({ slots, exceptions, onPublicHolidays }: OpeningHours, date: LocalDate): readonly Span[] {
  const exception = exceptions.find(({ from, to }) => from <= date && date <= to);
  const isClosed = onPublicHolidays === 'closed' && publicHolidayOn(date) !== undefined;
  const weekday = weekdayOf(date);
  const spans = exception?.slots ?? (isClosed ? [] : slots.filter((slot) => slot.weekday === weekday));
  return spans.toSorted((one, other) => (one.from < other.from ? -1 : Number(one.from > other.from)));
}

function slotFaults<Slot extends Span>(
  slots: readonly Slot[],
  path: readonly (string | number)[],
  dayOf: (slot: Slot) => number,
): OpeningHoursFault[] {
  const placed = slots.map((slot, index) => ({ ...slot, day: dayOf(slot), path: [...path, index] }));
  const faults = placed.flatMap(({ from, to, path }): OpeningHoursFault[] => {
    if (!isLocalTime(from) || !isLocalTime(to)) return [{ kind: 'not-a-time', path }];
    return to <= from ? [{ kind: 'ends-before-it-begins', path }] : [];
  });
  const isShared = (one: Span, other: Span) => one.from < other.to && other.from < one.to;
  return [...faults, ...overlaps(placed, (one, other) => one.day === other.day && isShared(one, other))];
}

/** One fault for each entry that overlaps an earlier one of the list. */
function overlaps<Entry extends { readonly path: readonly (string | number)[] }>(
  entries: readonly Entry[],
  isShared: (one: Entry, other: Entry) => boolean,
): OpeningHoursFault[] {
  return entries
    .filter((entry, index) => entries.slice(0, index).some((earlier) => isShared(earlier, entry)))
    .map(({ path }) => ({ kind: 'overlap', path }));
}
