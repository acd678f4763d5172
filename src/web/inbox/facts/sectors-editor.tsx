import { type Dispatch, type ReactNode, useId } from 'react';
import { TextField } from '../ui/index.js';
import type { FactsFaults } from './facts-faults.js';
import type { FactsChange, FactsForm } from './facts-form-types.js';
import { wrongAt } from './fields.js';
import { FACTS } from './strings.js';

export interface SectorsEditorProps {
  readonly sectors: FactsForm['sectors'];
  readonly faults: FactsFaults;
  readonly dispatch: Dispatch<FactsChange>;
}

export function SectorsEditor({ sectors, faults, dispatch }: SectorsEditorProps): ReactNode {
  const heading = useId();
  return (
    <section className="section" aria-labelledby={heading}>
      <h2 id={heading}>{FACTS.sectors}</h2>
      <p className="quiet-words">{FACTS.sectorsHint}</p>
      {sectors.map(({ id, name, email }) => (
        <TextField
          key={id}
          label={FACTS.sector(name)}
          type="email"
          value={email}
          autoComplete="off"
          onChange={(value) => dispatch({ type: 'email', id, value })}
          error={wrongAt(faults, `sector.${id}`)}
        />
      ))}
    </section>
  );
}
