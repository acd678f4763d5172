import type { Closure, Permanence, PermanenceId, RecurrenceRule, Slot } from './facts.js';
import type { LocalDate } from './local-date.js';
import { addDays, daysBetween, daysInMonth, parisDate, toInstant, weekdayOf } from './paris-time.js';
import { type PublicHolidayId, publicHolidayOn } from './public-holidays.js';

/** One permanence on one day. */
export interface Occurrence {
  readonly permanenceId: PermanenceId;
  readonly date: LocalDate;
  readonly slot: Slot;
  readonly placeId: string;
  /** True when the day was added by hand, in or outside the rule. */
  readonly isAddition: boolean;
}

/** Whether it takes place on a day, and if not, why. `holiday` tells of a public holiday whatever the answer. */
export type DayAnswer = { readonly date: LocalDate; readonly holiday?: PublicHolidayId } & (
  | { readonly kind: 'open'; readonly occurrence: Occurrence }
  | { readonly kind: 'closed'; readonly reason: 'not-a-permanence-day' }
  | { readonly kind: 'closed'; readonly reason: 'public-holiday'; readonly holiday: PublicHolidayId }
  | { readonly kind: 'closed'; readonly reason: 'closure'; readonly closure: Closure }
);

/**
 * Where now lies with respect to today's permanence. `unknown-hours`: it is today, but its hours are unset, so that
 * nobody can tell whether it has begun or ended.
 */
export type Phase = 'none' | 'before' | 'during' | 'unknown-hours' | 'over';

export interface ScheduleStatus {
  readonly phase: Phase;
  /** Present unless `phase` is `none`. */
  readonly today?: Occurrence;
  /** The first one on a later day. */
  readonly next?: Occurrence;
}

/** Days are of Europe/Paris. Everything that takes a day throws RangeError when it does not exist. */
export interface PermanenceSchedule {
  on(date: LocalDate): DayAnswer;
  /**
   * The next ones that are not over, today's included, earliest first: `count` of them (1 unless given), fewer when not
   * so many take place within `SEARCH_DAYS`.
   */
  next(now: Date, count?: number): readonly Occurrence[];
  /** Those from `from` to `to`, both included; days past the `MAX_RANGE_DAYS` first are left out. */
  between(from: LocalDate, to: LocalDate): readonly Occurrence[];
  status(now: Date): ScheduleStatus;
}

export type PermanenceSchedules = ReadonlyMap<PermanenceId, PermanenceSchedule>;

/**
 * What a part of the day spans. An assumption, since no source tells: wide enough that nobody is told « c'est fini » while
 * the door may still be open.
 */
export const PART_HOURS = {
  morning: { from: '08:00', to: '12:00' },
  afternoon: { from: '12:00', to: '18:00' },
} as const satisfies Record<NonNullable<Slot['part']>, NonNullable<Slot['hours']>>;

/** How far `next` and `status` look ahead: two years, today included. */
export const SEARCH_DAYS = 731;

/** Ten years with their leap days. */
export const MAX_RANGE_DAYS = 3653;

export function createSchedules(permanences: readonly Permanence[]): PermanenceSchedules {
  return new Map(permanences.map((permanence) => [permanence.id, createPermanenceSchedule(permanence)]));
}

export function createPermanenceSchedule(permanence: Permanence): PermanenceSchedule {
  const additions = new Map(permanence.additions.map((addition) => [addition.date, addition]));

  function occurrenceOn(date: LocalDate, slot: Slot, isAddition: boolean): Occurrence {
    return { permanenceId: permanence.id, date, slot, placeId: permanence.placeId, isAddition };
  }

  function on(date: LocalDate): DayAnswer {
    const holiday = publicHolidayOn(date);
    const day = { date, ...(holiday && { holiday }) };
    const addition = additions.get(date);
    if (addition) {
      return { ...day, kind: 'open', occurrence: occurrenceOn(date, addition.slot ?? permanence.slot, true) };
    }
    if (!fallsOn(permanence.rule, date)) return { ...day, kind: 'closed', reason: 'not-a-permanence-day' };
    const closure = permanence.closures.find(({ from, to }) => from <= date && date <= to);
    if (closure) return { ...day, kind: 'closed', reason: 'closure', closure };
    if (holiday && permanence.onPublicHolidays === 'closed') {
      return { date, holiday, kind: 'closed', reason: 'public-holiday' };
    }
    return { ...day, kind: 'open', occurrence: occurrenceOn(date, permanence.slot, false) };
  }

  function openOn(date: LocalDate): Occurrence | undefined {
    const answer = on(date);
    return answer.kind === 'open' ? answer.occurrence : undefined;
  }

  function search(from: LocalDate, days: number, count: number): Occurrence[] {
    const found: Occurrence[] = [];
    if (days < 1 || count < 1) return found;
    for (const date of candidates(permanence, from, addDays(from, days - 1))) {
      const occurrence = openOn(date);
      if (occurrence && found.push(occurrence) === count) break;
    }
    return found;
  }

  return {
    on,
    next(now, count = 1) {
      const today = parisDate(now);
      const occurrence = openOn(today);
      const current = occurrence && phaseOf(occurrence, now) !== 'over' ? [occurrence] : [];
      return [...current, ...search(addDays(today, 1), SEARCH_DAYS - 1, count - current.length)].slice(0, count);
    },
    between: (from, to) => search(from, Math.min(daysBetween(from, to) + 1, MAX_RANGE_DAYS), Number.POSITIVE_INFINITY),
    status(now) {
      const today = openOn(parisDate(now));
      const [next] = search(addDays(parisDate(now), 1), SEARCH_DAYS - 1, 1);
      return {
        phase: today ? phaseOf(today, now) : 'none',
        ...(today && { today }),
        ...(next && { next }),
      };
    },
  };
}

/** The days worth asking about, in order: those of the rule's weekday, and the additions. */
function* candidates({ rule, additions }: Permanence, from: LocalDate, to: LocalDate): Generator<LocalDate> {
  const added = additions.map(({ date }) => date).filter((date) => from <= date && date <= to);
  const pending = added.sort().values();
  let addition = pending.next().value;
  const first = addDays(from, (rule.weekday - weekdayOf(from) + 7) % 7);
  for (let regular = first; regular <= to; regular = addDays(regular, 7)) {
    for (; addition !== undefined && addition <= regular; addition = pending.next().value) {
      if (addition < regular) yield addition;
    }
    yield regular;
  }
  for (; addition !== undefined; addition = pending.next().value) yield addition;
}

/** Where `now` lies with respect to an occurrence of the same day. */
function phaseOf({ date, slot }: Occurrence, now: Date): Phase {
  const span = slot.hours ?? (slot.part && PART_HOURS[slot.part]);
  if (!span) return 'unknown-hours';
  if (now < toInstant(date, span.from)) return 'before';
  if (now >= toInstant(date, span.to)) return 'over';
  return slot.hours ? 'during' : 'unknown-hours';
}

function fallsOn(rule: RecurrenceRule, date: LocalDate): boolean {
  if (weekdayOf(date) !== rule.weekday) return false;
  if (rule.kind === 'monthly') return isNthOfMonth(date, rule.nth);
  return rule.everyWeeks === 1 || !rule.anchor || (daysBetween(rule.anchor, date) / 7) % rule.everyWeeks === 0;
}

function isNthOfMonth(date: LocalDate, nth: 1 | 2 | 3 | 4 | -1): boolean {
  const day = Number(date.slice(8));
  return nth === -1 ? day + 7 > daysInMonth(date) : Math.ceil(day / 7) === nth;
}
