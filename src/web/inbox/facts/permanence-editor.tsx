import { type Dispatch, type ReactNode, useId } from 'react';
import type { FactsView } from '../api/types.js';
import { WEEKDAYS } from '../settings/strings.js';
import { Choices, NativeField, Select, TextField } from '../ui/index.js';
import { AdditionsEditor, ClosuresEditor } from './dated-editors.js';
import type { FactsFaults } from './facts-faults.js';
import type { FactsChange, FormPermanence } from './facts-form-types.js';
import { SourceFields, TimeFields, wrongAt } from './fields.js';
import { FACTS } from './strings.js';

export interface PermanenceEditorProps {
  readonly permanence: FormPermanence;
  readonly places: FactsView['places'];
  readonly faults: FactsFaults;
  readonly dispatch: Dispatch<FactsChange>;
}

export function PermanenceEditor(props: PermanenceEditorProps): ReactNode {
  const { permanence, places, faults, dispatch } = props;
  const { id, time, placeId, onPublicHolidays, source, checkedOn } = permanence;
  const change = (changed: Partial<Omit<FormPermanence, 'id' | 'closures' | 'additions'>>) =>
    dispatch({ type: 'permanence', id, change: changed });
  const heading = useId();
  return (
    <section className="section" aria-labelledby={heading}>
      <h2 id={heading}>{FACTS.permanences[id]}</h2>
      <RuleFields permanence={permanence} faults={faults} onChange={change} />
      <TimeFields time={time} onChange={(changed) => change({ time: changed })} error={wrongAt(faults, `${id}.time`)} />
      <Select
        label={FACTS.place}
        value={placeId}
        onChange={(changed) => change({ placeId: changed })}
        options={places.map((place) => ({ id: place.id, label: place.name }))}
      />
      <Choices
        label={FACTS.holidays}
        value={onPublicHolidays}
        onChange={(changed) => change({ onPublicHolidays: changed })}
        options={[
          { id: 'closed', label: FACTS.onHolidays.closed },
          { id: 'open', label: FACTS.onHolidays.open },
        ]}
      />
      <ClosuresEditor {...props} />
      <AdditionsEditor {...props} />
      <SourceFields
        subject={FACTS.permanences[id]}
        {...{ source, checkedOn }}
        error={wrongAt(faults, `${id}.source`)}
        onChange={change}
      />
    </section>
  );
}

interface RuleFieldsProps {
  readonly permanence: FormPermanence;
  readonly faults: FactsFaults;
  readonly onChange: (
    change: Partial<Pick<FormPermanence, 'kind' | 'weekday' | 'everyWeeks' | 'anchor' | 'nth'>>,
  ) => void;
}

function RuleFields({ permanence, faults, onChange }: RuleFieldsProps): ReactNode {
  const { id, kind, weekday, everyWeeks, anchor, nth } = permanence;
  return (
    <>
      <div className="pair">
        <Select
          label={FACTS.rule}
          value={kind}
          onChange={(changed) => onChange({ kind: changed })}
          options={(['weekly', 'every-n', 'monthly'] as const).map((one) => ({ id: one, label: FACTS.rules[one] }))}
        />
        {kind === 'monthly' && (
          <Select
            label={FACTS.nth}
            value={`${nth}`}
            onChange={(changed) => onChange({ nth: Number(changed) as FormPermanence['nth'] })}
            options={(['1', '2', '3', '4', '-1'] as const).map((one) => ({ id: one, label: FACTS.nths[one] }))}
          />
        )}
        <Select
          label={FACTS.weekday}
          value={`${weekday}`}
          onChange={(changed) => onChange({ weekday: Number(changed) as FormPermanence['weekday'] })}
          options={WEEKDAYS.map((name, index) => ({ id: `${index + 1}`, label: name }))}
        />
      </div>
      {kind === 'every-n' && (
        <div className="pair">
          <TextField
            label={FACTS.everyWeeks}
            description={FACTS.everyWeeksHint}
            value={everyWeeks}
            inputMode="numeric"
            maxLength={2}
            onChange={(changed) => onChange({ everyWeeks: changed })}
            error={wrongAt(faults, `${id}.everyWeeks`)}
          />
          <NativeField
            type="date"
            label={FACTS.anchor}
            description={FACTS.anchorHint}
            value={anchor}
            onChange={(changed) => onChange({ anchor: changed })}
            error={wrongAt(faults, `${id}.anchor`)}
          />
        </div>
      )}
    </>
  );
}
