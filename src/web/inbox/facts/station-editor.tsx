import { type Dispatch, type ReactNode, useId } from 'react';
import { Choices, Select, TextField } from '../ui/index.js';
import type { FactsFaults } from './facts-faults.js';
import type { FactsChange, FormStation } from './facts-form-types.js';
import { SourceFields, wrongAt } from './fields.js';
import { FACTS, MONTHS } from './strings.js';

export interface StationEditorProps {
  readonly station: FormStation;
  readonly faults: FactsFaults;
  readonly dispatch: Dispatch<FactsChange>;
}

export function StationEditor({ station, faults, dispatch }: StationEditorProps): ReactNode {
  const heading = useId();
  const change = (changed: Partial<FormStation>) => dispatch({ type: 'station', change: changed });
  const text = (name: 'openingYear' | 'officersMin' | 'officersMax' | 'address' | 'hours') => ({
    label: FACTS[name],
    value: station[name],
    onChange: (value: string) => change({ [name]: value }),
    error: wrongAt(faults, `station.${name}`),
  });
  return (
    <section className="section" aria-labelledby={heading}>
      <h2 id={heading}>{FACTS.station}</h2>
      <Choices
        label={FACTS.status}
        value={station.status}
        onChange={(status) => change({ status })}
        options={[
          { id: 'announced', label: FACTS.statuses.announced },
          { id: 'open', label: FACTS.statuses.open },
        ]}
      />
      <div className="pair">
        <Select
          label={FACTS.openingMonth}
          value={`${station.openingMonth}`}
          onChange={(month) => change({ openingMonth: Number(month) })}
          options={MONTHS.map((name, index) => ({ id: `${index + 1}`, label: name }))}
        />
        <TextField {...text('openingYear')} description={FACTS.unknownHint} inputMode="numeric" maxLength={4} />
      </div>
      <div className="pair">
        <TextField {...text('officersMin')} inputMode="numeric" maxLength={4} />
        <TextField {...text('officersMax')} inputMode="numeric" maxLength={4} />
      </div>
      <TextField {...text('address')} description={FACTS.unknownHint} />
      <TextField {...text('hours')} description={FACTS.unknownHint} />
      <SourceFields
        subject={FACTS.station}
        source={station.source}
        checkedOn={station.checkedOn}
        error={wrongAt(faults, 'station.source')}
        onChange={change}
      />
    </section>
  );
}
