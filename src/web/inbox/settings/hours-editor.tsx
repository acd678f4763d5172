import { DoorClosed, DoorOpen, Save } from 'lucide-react';
import { type ReactNode, useReducer, useRef, useState } from 'react';
import { call } from '../api/client.js';
import type { OpeningHoursView } from '../api/types.js';
import { useAction } from '../api/use-action.js';
import { useUnsavedGuard } from '../app/router.js';
import { Button, Choices, Notice, ProblemNotice, useToast } from '../ui/index.js';
import { Conflict } from './conflict.js';
import { ExceptionsEditor } from './exceptions-editor.js';
import { faultsOf, type HoursFaults } from './hours-faults.js';
import { changeHours, formOf, type HoursForm, hasChanged, hoursOf } from './hours-form.js';
import { hoursInWords } from './hours-words.js';
import { HOURS } from './strings.js';
import { WeekEditor } from './week-editor.js';

/** Edits the hours that `first` shows; a colleague's change in between is shown beside, and mine stays in the form. */
export function HoursEditor({ first }: { readonly first: OpeningHoursView }): ReactNode {
  const [saved, setSaved] = useState(first);
  const [theirs, setTheirs] = useState<OpeningHoursView>();
  const [areFaultsShown, showFaults] = useState(false);
  const [form, dispatch] = useReducer(changeHours, first.hours, formOf);
  const toast = useToast();
  const page = useRef<HTMLDivElement>(null);
  const faults = faultsOf(form);
  const isDirty = hasChanged(form, saved.hours);
  useUnsavedGuard(isDirty);

  const save = useAction(async (rev: number | undefined) => {
    const answer = await saveHours(form, rev);
    if (answer.isConflict) return setTheirs(answer.view);
    settle(answer.view);
    toast.show({ text: HOURS.saved });
  });

  function settle(view: OpeningHoursView): void {
    setTheirs(undefined);
    setSaved(view);
    showFaults(false);
    dispatch({ type: 'load', hours: view.hours });
  }

  function trySaving(rev: number | undefined): void {
    showFaults(true);
    if (faults.size === 0) void save.run(rev);
    // After the faults have been drawn.
    else requestAnimationFrame(() => page.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  }

  const shown: HoursFaults = areFaultsShown ? faults : complete(faults);
  return (
    <div className="stack wide" ref={page}>
      <StateNow view={saved} />
      <WeekEditor form={form} faults={shown} dispatch={dispatch} />
      <section className="section">
        <Choices
          label={HOURS.holidays}
          value={form.onPublicHolidays}
          onChange={(value) => dispatch({ type: 'holidays', value })}
          options={[
            { id: 'closed', label: HOURS.holidaysClosed },
            { id: 'open', label: HOURS.holidaysOpen },
          ]}
        />
      </section>
      <ExceptionsEditor form={form} faults={shown} dispatch={dispatch} />
      <section className="section" aria-label={HOURS.readTitle}>
        <h2>{HOURS.readTitle}</h2>
        <Sentences form={form} />
      </section>
      <ProblemNotice problem={save.problem} />
      {theirs ? (
        <Conflict
          title={HOURS.conflictTitle}
          text={HOURS.conflict}
          keepMine={HOURS.keepMine}
          takeTheirs={HOURS.takeTheirs}
          isBusy={save.isBusy}
          onKeep={() => trySaving(theirs.rev)}
          onTake={() => settle(theirs)}
        >
          <Versions theirs={theirs} mine={form} />
        </Conflict>
      ) : (
        <div className="save-bar">
          <p role="status">
            {areFaultsShown && faults.size > 0 ? HOURS.faults(faults.size) : isDirty ? HOURS.unsaved : ''}
          </p>
          <Button
            kind="primary"
            icon={Save}
            isDisabled={!isDirty}
            isPending={save.isBusy}
            onPress={() => trySaving(saved.rev)}
          >
            {HOURS.save}
          </Button>
        </div>
      )}
    </div>
  );
}

function StateNow({ view }: { readonly view: OpeningHoursView }): ReactNode {
  const { state, nextOpening } = view;
  if (state === 'unknown') return <Notice kind="warning">{HOURS.unknown}</Notice>;
  const Icon = state === 'open' ? DoorOpen : DoorClosed;
  const words = state === 'open' ? HOURS.open : nextOpening ? HOURS.closed(nextOpening) : HOURS.closedForLong;
  return (
    <p className={`state-now ${state}`}>
      <Icon aria-hidden className="icon" />
      {words}
    </p>
  );
}

/** Both versions in words, side by side. */
function Versions({ theirs, mine }: { readonly theirs: OpeningHoursView; readonly mine: HoursForm }): ReactNode {
  return (
    <div className="versions">
      <div>
        <h3>{HOURS.theirs}</h3>
        <Sentences form={formOf(theirs.hours)} />
      </div>
      <div>
        <h3>{HOURS.mine}</h3>
        <Sentences form={mine} />
      </div>
    </div>
  );
}

/** The form in words; what is not complete yet is left out. */
function Sentences({ form }: { readonly form: HoursForm }): ReactNode {
  const faults = faultsOf(form);
  const { slots, exceptions, ...rest } = hoursOf({
    ...form,
    exceptions: form.exceptions.filter(
      ({ key, slots: own }) => !faults.has(key) && own.every((slot) => !faults.has(slot.key)),
    ),
  });
  const whole = slots.filter(({ from, to }) => from !== '' && to !== '' && from < to);
  return (
    <ul className="plain sentences">
      {hoursInWords({ ...rest, slots: whole, exceptions }).map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

/** While somebody still fills in a field, its being empty is no news. */
function complete(faults: HoursFaults): HoursFaults {
  return new Map([...faults].filter(([, code]) => !['missing', 'no-day', 'no-slot'].includes(code)));
}

type Saved =
  | { readonly isConflict: false; readonly view: OpeningHoursView }
  | { readonly isConflict: true; readonly view: OpeningHoursView };

async function saveHours(form: HoursForm, rev: number | undefined): Promise<Saved> {
  try {
    const body = { hours: hoursOf(form), ...(rev !== undefined && { rev }) };
    return { isConflict: false, view: await call('changeOpeningHours', { body }) };
  } catch (fault) {
    if (!isConflict(fault)) throw fault;
    return { isConflict: true, view: await call('readOpeningHours') };
  }
}

function isConflict(fault: unknown): boolean {
  return typeof fault === 'object' && fault !== null && 'code' in fault && fault.code === 'ChangedMeanwhile';
}
