import { Save } from 'lucide-react';
import { type ReactNode, useReducer, useRef, useState } from 'react';
import { call } from '../api/client.js';
import type { FactsView } from '../api/types.js';
import { useAction } from '../api/use-action.js';
import { useUnsavedGuard } from '../app/router.js';
import { Conflict } from '../settings/conflict.js';
import { Button, ProblemNotice, useToast } from '../ui/index.js';
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
  const [saved, setSaved] = useState(first);
  const [theirs, setTheirs] = useState<FactsView>();
  const [areFaultsShown, showFaults] = useState(false);
  const [form, dispatch] = useReducer(changeFacts, first.facts, formOf);
  const toast = useToast();
  const page = useRef<HTMLDivElement>(null);
  const faults = faultsOf(form);
  const isDirty = hasChanged(form, saved.facts);
  useUnsavedGuard(isDirty);

  function settle(view: FactsView): void {
    setTheirs(undefined);
    setSaved(view);
    showFaults(false);
    dispatch({ type: 'load', facts: view.facts });
  }

  const save = useAction(async (version: number) => {
    try {
      settle(await call('changeFacts', { body: { facts: factsOf(form), version } }));
      toast.show({ text: FACTS.saved });
    } catch (fault) {
      if (!isConflict(fault)) throw fault;
      setTheirs(await call('readFacts'));
    }
  });

  function trySaving(version: number): void {
    showFaults(true);
    if (faults.size === 0) void save.run(version);
    // After the faults have been drawn.
    else requestAnimationFrame(() => page.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  }

  const shown = areFaultsShown ? faults : complete(faults);
  return (
    <div className="stack wide" ref={page}>
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
      <ProblemNotice problem={save.problem} />
      {theirs ? (
        <Conflict
          title={FACTS.conflictTitle}
          text={FACTS.conflict}
          keepMine={FACTS.keepMine}
          takeTheirs={FACTS.takeTheirs}
          isBusy={save.isBusy}
          onKeep={() => trySaving(theirs.version)}
          onTake={() => settle(theirs)}
        />
      ) : (
        <div className="save-bar">
          <p role="status">
            {areFaultsShown && faults.size > 0 ? FACTS.faults(faults.size) : isDirty ? FACTS.unsaved : ''}
          </p>
          <Button
            kind="primary"
            icon={Save}
            isDisabled={!isDirty}
            isPending={save.isBusy}
            onPress={() => trySaving(saved.version)}
          >
            {FACTS.save}
          </Button>
        </div>
      )}
      <History version={theirs?.version ?? saved.version} isBlocked={isDirty} onRestored={settle} />
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

function isConflict(fault: unknown): boolean {
  return typeof fault === 'object' && fault !== null && 'code' in fault && fault.code === 'ChangedMeanwhile';
}
