import { CalendarPlus, Trash2 } from 'lucide-react';
import type { Dispatch, ReactNode } from 'react';
import { Button, Choices, NativeField, TextField } from '../ui/index.js';
import type { HoursFaults } from './hours-faults.js';
import type { FormException, HoursChange } from './hours-form.js';
import { SlotsEditor } from './slots-editor.js';
import { FAULTS, HOURS } from './strings.js';
import type { HoursPartProps } from './week-editor.js';

/** Days that do not follow the week. */
export function ExceptionsEditor({ form, faults, dispatch }: HoursPartProps): ReactNode {
  return (
    <section className="section" aria-label={HOURS.exceptions}>
      <h2>{HOURS.exceptions}</h2>
      <p className="quiet-words">{HOURS.exceptionsHint}</p>
      {form.exceptions.length === 0 && <p>{HOURS.noException}</p>}
      {form.exceptions.map((exception, index) => (
        <Exception key={exception.key} {...{ exception, index, faults, dispatch }} />
      ))}
      <div className="actions">
        <Button icon={CalendarPlus} onPress={() => dispatch({ type: 'add-exception' })}>
          {HOURS.addException}
        </Button>
      </div>
    </section>
  );
}

interface ExceptionProps {
  readonly exception: FormException;
  readonly index: number;
  readonly faults: HoursFaults;
  readonly dispatch: Dispatch<HoursChange>;
}

function Exception({ exception, index, faults, dispatch }: ExceptionProps): ReactNode {
  const { key, from, to, kind, slots, reason } = exception;
  const fault = faults.get(key);
  const isReason = fault === 'too-long';
  const change = (changed: Partial<Pick<FormException, 'from' | 'to' | 'kind' | 'reason'>>) =>
    dispatch({ type: 'change-exception', key, change: changed });
  return (
    <fieldset className="exception">
      <legend>{HOURS.exception(index + 1)}</legend>
      <div className="pair">
        <NativeField
          type="date"
          label={HOURS.firstDay}
          value={from}
          onChange={(value) => change({ from: value })}
          error={fault && !isReason ? FAULTS[fault] : undefined}
        />
        <NativeField
          type="date"
          label={HOURS.lastDay}
          value={to}
          {...(from && { min: from })}
          onChange={(value) => change({ to: value })}
        />
      </div>
      <Choices
        label={HOURS.exceptionHours}
        value={kind}
        onChange={(value) => change({ kind: value })}
        options={[
          { id: 'closed', label: HOURS.exceptionClosed },
          { id: 'open', label: HOURS.exceptionOpen },
        ]}
      />
      {kind === 'open' && (
        <SlotsEditor place={key} name={HOURS.exceptionDay} slots={slots} faults={faults} dispatch={dispatch} />
      )}
      <TextField
        label={HOURS.reason}
        description={HOURS.reasonHint}
        value={reason}
        maxLength={100}
        onChange={(value) => change({ reason: value })}
        error={isReason ? FAULTS[fault] : undefined}
      />
      <div className="actions">
        <Button icon={Trash2} onPress={() => dispatch({ type: 'remove-exception', key })}>
          {HOURS.removeException}
        </Button>
      </div>
    </fieldset>
  );
}
