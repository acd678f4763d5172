import { CalendarCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { dateOf } from '../conversation/paris.js';
import { dayInWords } from '../settings/hours-words.js';
import { Button, NativeField, Select, TextField } from '../ui/index.js';
import type { FactsFaults } from './facts-faults.js';
import type { FormTime } from './facts-form-types.js';
import { FACTS, FACTS_FAULTS } from './strings.js';

/** What is wrong at a field, in words. */
export function wrongAt(faults: FactsFaults, where: string): string | undefined {
  const code = faults.get(where);
  return code && FACTS_FAULTS[code];
}

export interface TimeFieldsProps {
  readonly time: FormTime;
  readonly onChange: (time: FormTime) => void;
  readonly error: string | undefined;
  /** An added day may keep the rule's hours. */
  readonly mayBeUsual?: boolean;
}

/** Exact hours, a part of the day, or nothing known. */
export function TimeFields({ time, onChange, error, mayBeUsual = false }: TimeFieldsProps): ReactNode {
  const { hours, morning, afternoon, unset } = FACTS.times;
  return (
    <>
      <Select
        label={FACTS.time}
        value={time.kind}
        onChange={(kind) => onChange({ ...time, kind })}
        options={[
          ...(mayBeUsual ? [{ id: 'usual', label: FACTS.timesRule } as const] : []),
          { id: 'hours', label: hours },
          { id: 'morning', label: morning },
          { id: 'afternoon', label: afternoon },
          { id: 'unset', label: unset },
        ]}
      />
      {time.kind === 'hours' && (
        <div className="pair">
          <NativeField
            type="time"
            label={FACTS.from}
            value={time.from}
            onChange={(from) => onChange({ ...time, from })}
            error={error}
          />
          <NativeField type="time" label={FACTS.to} value={time.to} onChange={(to) => onChange({ ...time, to })} />
        </div>
      )}
    </>
  );
}

export interface SourceFieldsProps {
  /** « Permanence des délégués » */
  readonly subject: string;
  readonly source: string;
  readonly checkedOn: string;
  readonly error: string | undefined;
  readonly onChange: (change: { readonly source?: string; readonly checkedOn?: string }) => void;
}

/** Where it comes from, and when somebody last made sure of it: answers can tell the date. */
export function SourceFields({ subject, source, checkedOn, error, onChange }: SourceFieldsProps): ReactNode {
  const today = dateOf(Date.now());
  const isToday = checkedOn === today;
  return (
    <>
      <TextField label={FACTS.source} value={source} onChange={(value) => onChange({ source: value })} error={error} />
      <div className="actions">
        <p>{isToday ? FACTS.checkedToday : FACTS.checkedOn(dayInWords(checkedOn))}</p>
        {!isToday && (
          <Button
            icon={CalendarCheck}
            aria-label={FACTS.confirmLabel(subject)}
            onPress={() => onChange({ checkedOn: today })}
          >
            {FACTS.confirm}
          </Button>
        )}
      </div>
    </>
  );
}
