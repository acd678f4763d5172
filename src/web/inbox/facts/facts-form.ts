import type { EditableFacts } from '../api/types.js';

export type Permanence = EditableFacts['permanences'][number];
export type Station = EditableFacts['station'];
export type PermanenceId = Permanence['id'];
type Weekday = Permanence['rule']['weekday'];
type Slot = Permanence['slot'];
type Nth = 1 | 2 | 3 | 4 | -1;

/** When in the day. `usual`, of an added day: as the rule says. `part` waits behind exact hours, as it came. */
export interface FormTime {
  readonly kind: 'hours' | 'morning' | 'afternoon' | 'unset' | 'usual';
  readonly from: string;
  readonly to: string;
  readonly part?: 'morning' | 'afternoon';
}

export interface FormClosure {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

export interface FormAddition {
  readonly key: string;
  readonly date: string;
  readonly time: FormTime;
}

/** What is empty is not known, and stays so. */
export interface FormPermanence {
  readonly id: PermanenceId;
  readonly kind: 'weekly' | 'every-n' | 'monthly';
  readonly weekday: Weekday;
  readonly everyWeeks: string;
  readonly anchor: string;
  readonly nth: Nth;
  readonly time: FormTime;
  readonly placeId: string;
  readonly onPublicHolidays: 'closed' | 'open';
  readonly closures: readonly FormClosure[];
  readonly additions: readonly FormAddition[];
  readonly source: string;
  readonly checkedOn: string;
}

export interface FormStation {
  readonly status: Station['status'];
  readonly openingMonth: number;
  readonly openingYear: string;
  readonly officersMin: string;
  readonly officersMax: string;
  readonly address: string;
  readonly hours: string;
  readonly source: string;
  readonly checkedOn: string;
}

export interface FactsForm {
  readonly permanences: readonly FormPermanence[];
  readonly sectors: readonly {
    readonly id: EditableFacts['sectors'][number]['id'];
    readonly name: string;
    readonly email: string;
  }[];
  readonly station: FormStation;
  readonly nextKey: number;
}

type Dated = 'closures' | 'additions';
type Simple = Omit<FormPermanence, 'id' | Dated>;

export type FactsChange =
  | { readonly type: 'load'; readonly facts: EditableFacts }
  | { readonly type: 'permanence'; readonly id: PermanenceId; readonly change: Partial<Simple> }
  | { readonly type: 'add'; readonly id: PermanenceId; readonly list: Dated }
  | { readonly type: 'remove'; readonly id: PermanenceId; readonly list: Dated; readonly key: string }
  | {
      readonly type: 'closure';
      readonly id: PermanenceId;
      readonly key: string;
      readonly change: Partial<Omit<FormClosure, 'key'>>;
    }
  | {
      readonly type: 'addition';
      readonly id: PermanenceId;
      readonly key: string;
      readonly change: Partial<Omit<FormAddition, 'key'>>;
    }
  | { readonly type: 'email'; readonly id: string; readonly value: string }
  | { readonly type: 'station'; readonly change: Partial<FormStation> };

export function changeFacts(form: FactsForm, change: FactsChange): FactsForm {
  switch (change.type) {
    case 'load':
      return formOf(change.facts);
    case 'permanence':
      return changePermanence(form, change.id, (permanence) => ({ ...permanence, ...change.change }));
    case 'add':
      return addDated(form, change.id, change.list);
    case 'remove':
      return changePermanence(form, change.id, (permanence) => ({
        ...permanence,
        [change.list]: permanence[change.list].filter(({ key }) => key !== change.key),
      }));
    case 'closure':
      return changePermanence(form, change.id, (permanence) => ({
        ...permanence,
        closures: permanence.closures.map((one) => (one.key === change.key ? followDays(one, change.change) : one)),
      }));
    case 'addition':
      return changePermanence(form, change.id, (permanence) => ({
        ...permanence,
        additions: permanence.additions.map((one) => (one.key === change.key ? { ...one, ...change.change } : one)),
      }));
    case 'email':
      return {
        ...form,
        sectors: form.sectors.map((one) => (one.id === change.id ? { ...one, email: change.value } : one)),
      };
    case 'station':
      return { ...form, station: { ...form.station, ...change.change } };
  }
}

export function formOf({ permanences, sectors, station }: EditableFacts): FactsForm {
  let used = 0;
  const key = (): string => {
    used += 1;
    return `k${used}`;
  };
  return {
    permanences: permanences.map((permanence) => permanenceForm(permanence, key)),
    sectors: sectors.map(({ id, name, email = '' }) => ({ id, name, email })),
    station: {
      ...station,
      openingYear: station.openingYear === undefined ? '' : String(station.openingYear),
      officersMin: String(station.officersMin),
      officersMax: String(station.officersMax),
      address: station.address ?? '',
      hours: station.hours ?? '',
    },
    nextKey: used + 1,
  };
}

/** What is sent to the server. Only of a form without faults. Nothing is added that nobody wrote. */
export function factsOf({ permanences, sectors, station }: FactsForm): EditableFacts {
  const { openingYear, officersMin, officersMax, address, hours, source, ...rest } = station;
  return {
    permanences: permanences.map(permanenceOf),
    sectors: sectors.map(({ id, name, email }) => ({ id, name, ...(email.trim() && { email: email.trim() }) })),
    station: {
      ...rest,
      source: source.trim(),
      officersMin: Number(officersMin),
      officersMax: Number(officersMax),
      ...(openingYear.trim() && { openingYear: Number(openingYear) }),
      ...(address.trim() && { address: address.trim() }),
      ...(hours.trim() && { hours: hours.trim() }),
    },
  };
}

/** Whether it would be sent as something else than `facts`. */
export function hasChanged(form: FactsForm, facts: EditableFacts): boolean {
  return JSON.stringify(factsOf(form)) !== JSON.stringify(factsOf(formOf(facts)));
}

function permanenceForm({ rule, slot, ...permanence }: Permanence, key: () => string): FormPermanence {
  const isWeekly = rule.kind === 'weekly';
  return {
    ...permanence,
    kind: isWeekly ? (rule.everyWeeks > 1 ? 'every-n' : 'weekly') : 'monthly',
    weekday: rule.weekday,
    everyWeeks: isWeekly && rule.everyWeeks > 1 ? String(rule.everyWeeks) : '2',
    anchor: (isWeekly && rule.anchor) || '',
    nth: isWeekly ? 1 : rule.nth,
    time: timeForm(slot),
    closures: permanence.closures.map(({ from, to, reason = '' }) => ({ key: key(), from, to, reason })),
    additions: permanence.additions.map(({ date, slot: own }) => ({
      key: key(),
      date,
      time: own ? timeForm(own) : { kind: 'usual', from: '', to: '' },
    })),
  };
}

function permanenceOf(form: FormPermanence): Permanence {
  const { id, placeId, onPublicHolidays, source, checkedOn } = form;
  return {
    id,
    rule: ruleOf(form),
    slot: slotOf(form.time) ?? {},
    placeId,
    onPublicHolidays,
    closures: form.closures.map(({ from, to, reason }) => ({
      from,
      to,
      ...(reason.trim() && { reason: reason.trim() }),
    })),
    additions: form.additions.map(({ date, time }) => {
      const slot = slotOf(time);
      return { date, ...(slot && { slot }) };
    }),
    source: source.trim(),
    checkedOn,
  };
}

function ruleOf({ kind, weekday, everyWeeks, anchor, nth }: FormPermanence): Permanence['rule'] {
  switch (kind) {
    case 'monthly':
      return { kind: 'monthly', weekday, nth };
    case 'every-n':
      return { kind: 'weekly', weekday, everyWeeks: Number(everyWeeks), anchor };
    case 'weekly':
      // An anchor of every week says nothing, and would be refused on another day.
      return { kind: 'weekly', weekday, everyWeeks: 1, ...(weekdayOf(anchor) === weekday && { anchor }) };
  }
}

function timeForm({ hours, part }: Slot): FormTime {
  const kind = hours ? 'hours' : (part ?? 'unset');
  return { kind, from: hours?.from ?? '', to: hours?.to ?? '', ...(hours && part && { part }) };
}

function slotOf({ kind, from, to, part }: FormTime): Slot | undefined {
  switch (kind) {
    case 'usual':
      return undefined;
    case 'unset':
      return {};
    case 'hours':
      return { hours: { from, to }, ...(part && { part }) };
    default:
      return { part: kind };
  }
}

/** ISO weekday of a day; undefined when it is none. */
export function weekdayOf(date: string): Weekday | undefined {
  const at = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(at)) return undefined;
  return (new Date(at).getUTCDay() || 7) as Weekday;
}

function addDated(form: FactsForm, id: PermanenceId, list: Dated): FactsForm {
  const key = `k${form.nextKey}`;
  const added =
    list === 'closures'
      ? { key, from: '', to: '', reason: '' }
      : { key, date: '', time: { kind: 'usual', from: '', to: '' } };
  const changed = changePermanence(form, id, (permanence) => ({ ...permanence, [list]: [...permanence[list], added] }));
  return { ...changed, nextKey: form.nextKey + 1 };
}

/** A single day is the usual case: the last day goes with the first until it is set. */
function followDays(before: FormClosure, change: Partial<FormClosure>): FormClosure {
  const isSingle = before.to === '' || before.to === before.from;
  const follows = isSingle && change.from !== undefined && change.to === undefined;
  return { ...before, ...change, ...(follows && { to: change.from }) };
}

function changePermanence(
  form: FactsForm,
  id: PermanenceId,
  change: (permanence: FormPermanence) => FormPermanence,
): FactsForm {
  return { ...form, permanences: form.permanences.map((one) => (one.id === id ? change(one) : one)) };
}
