import { CalendarPlus, CalendarX, Trash2 } from 'lucide-react';
import type { Dispatch, ReactNode } from 'react';
import { Button, NativeField, TextField } from '../ui/index.js';
import type { FactsFaults } from './facts-faults.js';
import type { FactsChange, FormAddition, FormClosure, FormPermanence } from './facts-form-types.js';
import { TimeFields, wrongAt } from './fields.js';
import { FACTS } from './strings.js';

export interface DatedEditorProps {
  readonly permanence: FormPermanence;
  readonly faults: FactsFaults;
  readonly dispatch: Dispatch<FactsChange>;
}

/** Days on which it does not take place. */
export function ClosuresEditor({ permanence: { id, closures }, faults, dispatch }: DatedEditorProps): ReactNode {
  return (
    <div className="dated">
      <h3>{FACTS.closures}</h3>
      {closures.length === 0 && <p>{FACTS.noClosure}</p>}
      {closures.map(({ key, from, to, reason }, index) => {
        const change = (changed: Partial<FormClosure>) => dispatch({ type: 'closure', id, key, change: changed });
        return (
          <fieldset key={key} className="dated-entry">
            <legend className="visually-hidden">{FACTS.closure(index + 1)}</legend>
            <div className="pair">
              <NativeField
                type="date"
                label={FACTS.firstDay}
                value={from}
                onChange={(value) => change({ from: value })}
                error={wrongAt(faults, `${key}.from`)}
              />
              <NativeField
                type="date"
                label={FACTS.lastDay}
                value={to}
                {...(from && { min: from })}
                onChange={(value) => change({ to: value })}
                error={wrongAt(faults, `${key}.to`)}
              />
            </div>
            <TextField
              label={FACTS.reason}
              description={FACTS.reasonHint}
              value={reason}
              onChange={(value) => change({ reason: value })}
              error={wrongAt(faults, `${key}.reason`)}
            />
            <RemoveButton
              name={FACTS.closure(index + 1)}
              onPress={() => dispatch({ type: 'remove', id, list: 'closures', key })}
            />
          </fieldset>
        );
      })}
      <div className="actions">
        <Button icon={CalendarX} onPress={() => dispatch({ type: 'add', id, list: 'closures' })}>
          {FACTS.addClosure}
        </Button>
      </div>
    </div>
  );
}

/** Days besides the rule, or at other hours. */
export function AdditionsEditor({ permanence: { id, additions }, faults, dispatch }: DatedEditorProps): ReactNode {
  return (
    <div className="dated">
      <h3>{FACTS.additions}</h3>
      <p className="quiet-words">{FACTS.additionsHint}</p>
      {additions.length === 0 && <p>{FACTS.noAddition}</p>}
      {additions.map(({ key, date, time }, index) => {
        const change = (changed: Partial<FormAddition>) => dispatch({ type: 'addition', id, key, change: changed });
        return (
          <fieldset key={key} className="dated-entry">
            <legend className="visually-hidden">{FACTS.addition(index + 1)}</legend>
            <NativeField
              type="date"
              label={FACTS.day}
              value={date}
              onChange={(value) => change({ date: value })}
              error={wrongAt(faults, `${key}.date`)}
            />
            <TimeFields
              time={time}
              mayBeUsual
              onChange={(changed) => change({ time: changed })}
              error={wrongAt(faults, `${key}.time`)}
            />
            <RemoveButton
              name={FACTS.addition(index + 1)}
              onPress={() => dispatch({ type: 'remove', id, list: 'additions', key })}
            />
          </fieldset>
        );
      })}
      <div className="actions">
        <Button icon={CalendarPlus} onPress={() => dispatch({ type: 'add', id, list: 'additions' })}>
          {FACTS.addAddition}
        </Button>
      </div>
    </div>
  );
}

function RemoveButton({ name, onPress }: { readonly name: string; readonly onPress: () => void }): ReactNode {
  return (
    <div className="actions">
      <Button icon={Trash2} aria-label={`${FACTS.remove} : ${name}`} onPress={onPress}>
        {FACTS.remove}
      </Button>
    </div>
  );
}
