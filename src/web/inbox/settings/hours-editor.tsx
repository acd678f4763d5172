import { DoorClosed, DoorOpen } from 'lucide-react';
import { type ReactNode, useReducer } from 'react';
import { call } from '../api/client.js';
import type { OpeningHoursView } from '../api/types.js';
import { Choices, Notice } from '../ui/index.js';
import { ExceptionsEditor } from './exceptions-editor.js';
import { faultsOf, type HoursFaults } from './hours-faults.js';
import { changeHours, formOf, type HoursForm, hasChanged, hoursOf } from './hours-form.js';
import { hoursInWords } from './hours-words.js';
import { SaveBar } from './save-bar.js';
import { HOURS } from './strings.js';
import { useSharedEdit } from './use-shared-edit.js';
import { WeekEditor } from './week-editor.js';

/** Edits the hours that `first` shows; a colleague's change in between is shown beside, and mine stays in the form. */
export function HoursEditor({ first }: { readonly first: OpeningHoursView }): ReactNode {
  const [form, dispatch] = useReducer(changeHours, first.hours, formOf);
  const faults = faultsOf(form);
  const edit = useSharedEdit({
    first,
    faultCount: faults.size,
    isDirty: (saved) => hasChanged(form, saved.hours),
    load: ({ hours }) => dispatch({ type: 'load', hours }),
    store: ({ rev }) =>
      call('changeOpeningHours', { body: { hours: hoursOf(form), ...(rev !== undefined && { rev }) } }),
    read: () => call('readOpeningHours'),
    savedWords: HOURS.saved,
  });
  const shown: HoursFaults = edit.areFaultsShown ? faults : complete(faults);
  return (
    <div className="stack wide" ref={edit.page}>
      <StateNow view={edit.saved} />
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
      <SaveBar edit={edit} words={HOURS} versions={(theirs) => <Versions theirs={theirs} mine={form} />} />
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
