import { formOf } from './facts-conversion.js';
import type { Dated, FactsChange, FactsForm, FormClosure, FormPermanence, PermanenceId } from './facts-form-types.js';

/** The form after something was typed or pressed. */
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
