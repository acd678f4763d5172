import type { OpeningHours } from '../api/types.js';

export type Weekday = OpeningHours['slots'][number]['weekday'];
export const ALL_DAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

/** While it is edited, a time may be empty. */
export interface FormSlot {
  readonly key: string;
  readonly from: string;
  readonly to: string;
}

export interface FormException {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly kind: 'closed' | 'open';
  /** Kept while it is closed, so that trying « fermé » loses nothing. */
  readonly slots: readonly FormSlot[];
  readonly reason: string;
}

/** The opening hours as the page edits them. Every part has a key, which faults and fields are tied to. */
export interface HoursForm {
  readonly days: Readonly<Record<Weekday, readonly FormSlot[]>>;
  readonly onPublicHolidays: OpeningHours['onPublicHolidays'];
  readonly exceptions: readonly FormException[];
  /** For the next key. */
  readonly nextKey: number;
}

/** Where slots are: a day of the week, or an exception by its key. */
export type Place = Weekday | string;

export type HoursChange =
  | { readonly type: 'load'; readonly hours: OpeningHours }
  | { readonly type: 'add-slot'; readonly place: Place }
  | {
      readonly type: 'change-slot';
      readonly place: Place;
      readonly key: string;
      readonly part: 'from' | 'to';
      readonly value: string;
    }
  | { readonly type: 'remove-slot'; readonly place: Place; readonly key: string }
  | { readonly type: 'copy-day'; readonly from: Weekday; readonly to: readonly Weekday[] }
  | { readonly type: 'holidays'; readonly value: OpeningHours['onPublicHolidays'] }
  | { readonly type: 'add-exception' }
  | {
      readonly type: 'change-exception';
      readonly key: string;
      readonly change: Partial<Pick<FormException, 'from' | 'to' | 'kind' | 'reason'>>;
    }
  | { readonly type: 'remove-exception'; readonly key: string };

export function formOf(hours: OpeningHours): HoursForm {
  const keys = keyMaker(1);
  const slotsOf = (slots: readonly { readonly from: string; readonly to: string }[]): readonly FormSlot[] =>
    slots.map(({ from, to }) => ({ key: keys.next(), from, to })).sort(byTime);
  const days = weekOf((day) => slotsOf(hours.slots.filter(({ weekday }) => weekday === day)));
  const exceptions = hours.exceptions.map(
    ({ from, to, slots, reason = '' }): FormException => ({
      key: keys.next(),
      from,
      to,
      kind: slots.length > 0 ? 'open' : 'closed',
      slots: slotsOf(slots),
      reason,
    }),
  );
  exceptions.sort((one, other) => compare(one.from, other.from));
  return { days, onPublicHolidays: hours.onPublicHolidays, exceptions, nextKey: keys.used() };
}

/** What is sent to the server. Only of a form without faults. */
export function hoursOf({ days, onPublicHolidays, exceptions }: HoursForm): OpeningHours {
  return {
    slots: ALL_DAYS.flatMap((weekday) => days[weekday].map(({ from, to }) => ({ weekday, from, to }))),
    onPublicHolidays,
    exceptions: exceptions.map(({ from, to, kind, slots, reason }) => ({
      from,
      to,
      slots: kind === 'closed' ? [] : slots.map((slot) => ({ from: slot.from, to: slot.to })),
      ...(reason.trim() && { reason: reason.trim() }),
    })),
  };
}

export function changeHours(form: HoursForm, change: HoursChange): HoursForm {
  switch (change.type) {
    case 'load':
      return formOf(change.hours);
    case 'add-slot':
      return addSlot(form, change.place);
    case 'change-slot':
      return changeSlots(form, change.place, (slots) =>
        slots.map((slot) => (slot.key === change.key ? { ...slot, [change.part]: change.value } : slot)),
      );
    case 'remove-slot':
      return changeSlots(form, change.place, (slots) => slots.filter(({ key }) => key !== change.key));
    case 'copy-day':
      return copyDay(form, change.from, change.to);
    case 'holidays':
      return { ...form, onPublicHolidays: change.value };
    case 'add-exception':
      return addException(form);
    case 'change-exception':
      return changeException(form, change.key, (exception) => follow(exception, { ...exception, ...change.change }));
    case 'remove-exception':
      return { ...form, exceptions: form.exceptions.filter(({ key }) => key !== change.key) };
  }
}

/** Whether it would be sent as something else than `hours`. */
export function hasChanged(form: HoursForm, hours: OpeningHours): boolean {
  return JSON.stringify(hoursOf(form)) !== JSON.stringify(hoursOf(formOf(hours)));
}

function addSlot(form: HoursForm, place: Place): HoursForm {
  const slot = { key: `k${form.nextKey}`, from: '', to: '' };
  return { ...changeSlots(form, place, (slots) => [...slots, slot]), nextKey: form.nextKey + 1 };
}

function copyDay(form: HoursForm, from: Weekday, to: readonly Weekday[]): HoursForm {
  const keys = keyMaker(form.nextKey);
  const copy = (): readonly FormSlot[] => form.days[from].map((slot) => ({ ...slot, key: keys.next() }));
  const days = weekOf((day) => (day !== from && to.includes(day) ? copy() : form.days[day]));
  return { ...form, days, nextKey: keys.used() };
}

function addException(form: HoursForm): HoursForm {
  const exception: FormException = { key: `k${form.nextKey}`, from: '', to: '', kind: 'closed', slots: [], reason: '' };
  return { ...form, exceptions: [...form.exceptions, exception], nextKey: form.nextKey + 1 };
}

/** A single day is the usual case: the last day goes with the first until it is set. */
function follow(before: FormException, after: FormException): FormException {
  return before.to === '' || before.to === before.from
    ? { ...after, to: after.to === before.to ? after.from : after.to }
    : after;
}

function changeException(form: HoursForm, key: string, change: (exception: FormException) => FormException): HoursForm {
  return { ...form, exceptions: form.exceptions.map((entry) => (entry.key === key ? change(entry) : entry)) };
}

function changeSlots(
  form: HoursForm,
  place: Place,
  change: (slots: readonly FormSlot[]) => readonly FormSlot[],
): HoursForm {
  if (typeof place === 'string') {
    return changeException(form, place, (exception) => ({ ...exception, slots: change(exception.slots) }));
  }
  return { ...form, days: { ...form.days, [place]: change(form.days[place]) } };
}

function weekOf(slotsOf: (day: Weekday) => readonly FormSlot[]): HoursForm['days'] {
  return {
    1: slotsOf(1),
    2: slotsOf(2),
    3: slotsOf(3),
    4: slotsOf(4),
    5: slotsOf(5),
    6: slotsOf(6),
    7: slotsOf(7),
  };
}

function keyMaker(first: number): { next(): string; used(): number } {
  let next = first;
  return {
    next() {
      next += 1;
      return `k${next - 1}`;
    },
    used: () => next,
  };
}

function byTime(one: FormSlot, other: FormSlot): number {
  return compare(one.from, other.from);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
