import { type ReactNode, useReducer } from 'react';
import { call } from '../api/client.js';
import type { FactsView } from '../api/types.js';
import { SaveBar } from '../settings/save-bar.js';
import { useSharedEdit } from '../settings/use-shared-edit.js';
import { factsOf, formOf, hasChanged } from './facts-conversion.js';
import { type FactsFaults, faultsOf } from './facts-faults.js';
import { changeFacts } from './facts-form.js';
import { History } from './history.js';
import { PermanenceEditor } from './permanence-editor.js';
import { Preview } from './preview.js';
import { SectorsEditor } from './sectors-editor.js';
import { StationEditor } from './station-editor.js';
import { FACTS, type FactsFaultCode } from './strings.js';

/** Edits the facts that `first` shows, with what the assistant would answer beside; saved, they are live at once. */
export function FactsEditor({ first }: { readonly first: FactsView }): ReactNode {
  const [form, dispatch] = useReducer(changeFacts, first.facts, formOf);
  const faults = faultsOf(form);
  const edit = useSharedEdit({
    first,
    faultCount: faults.size,
    isDirty: (before) => hasChanged(form, before.facts),
    load: ({ facts }) => dispatch({ type: 'load', facts }),
    store: ({ version }) => call('changeFacts', { body: { facts: factsOf(form), version } }),
    read: () => call('readFacts'),
    savedWords: FACTS.saved,
  });
  const { saved, theirs, isDirty } = edit;
  const shown = edit.areFaultsShown ? faults : complete(faults);
  return (
    <div className="stack wide" ref={edit.page}>
      <div className="facts-columns">
        <div className="stack wide">
          {form.permanences.map((permanence) => (
            <PermanenceEditor key={permanence.id} {...{ permanence, faults: shown, dispatch, places: saved.places }} />
          ))}
          <StationEditor station={form.station} faults={shown} dispatch={dispatch} />
          <SectorsEditor sectors={form.sectors} faults={shown} dispatch={dispatch} />
        </div>
        <Preview saved={saved} draft={faults.size === 0 ? factsOf(form) : undefined} />
      </div>
      <SaveBar edit={edit} words={FACTS} />
      <History version={theirs?.version ?? saved.version} isBlocked={isDirty} onRestored={edit.settle} />
    </div>
  );
}

const UNFINISHED: readonly FactsFaultCode[] = [
  'no-time',
  'no-day',
  'no-anchor',
  'no-source',
  'number',
  'email',
  'year',
];

/** While somebody still fills in a field, its being empty or half written is no news. */
function complete(faults: FactsFaults): FactsFaults {
  return new Map([...faults].filter(([, code]) => !UNFINISHED.includes(code)));
}
