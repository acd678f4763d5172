import type { EditableFacts } from '../api/types.js';
import type { FactsForm, FormPermanence, FormTime, Permanence, Slot, Weekday } from './facts-form-types.js';

/** The facts as the page edits them. */
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
