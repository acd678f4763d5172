import { Plus, X } from 'lucide-react';
import type { Dispatch, ReactNode } from 'react';
import { Button, NativeField } from '../ui/index.js';
import type { HoursFaults } from './hours-faults.js';
import type { FormSlot, HoursChange, Place } from './hours-form.js';
import { FAULTS, HOURS } from './strings.js';

export interface SlotsEditorProps {
  readonly place: Place;
  /** « mercredi », « exception » */
  readonly name: string;
  readonly slots: readonly FormSlot[];
  readonly faults: HoursFaults;
  readonly dispatch: Dispatch<HoursChange>;
  /** More buttons, beside « Ajouter un créneau ». */
  readonly children?: ReactNode;
}

/** The slots of one day, each with its two times. */
export function SlotsEditor({ place, name, slots, faults, dispatch, children }: SlotsEditorProps): ReactNode {
  return (
    <div className="slots">
      {slots.map(({ key, from, to }) => {
        const fault = faults.get(key);
        const change = (part: 'from' | 'to') => (value: string) =>
          dispatch({ type: 'change-slot', place, key, part, value });
        return (
          <div key={key} className="slot">
            <NativeField
              type="time"
              label={HOURS.from}
              value={from}
              onChange={change('from')}
              error={fault && FAULTS[fault]}
            />
            <NativeField type="time" label={HOURS.to} value={to} onChange={change('to')} />
            <Button
              icon={X}
              aria-label={HOURS.removeSlotOf(name)}
              onPress={() => dispatch({ type: 'remove-slot', place, key })}
            >
              {HOURS.removeSlot}
            </Button>
          </div>
        );
      })}
      <div className="actions">
        <Button icon={Plus} aria-label={HOURS.addSlotTo(name)} onPress={() => dispatch({ type: 'add-slot', place })}>
          {HOURS.addSlot}
        </Button>
        {children}
      </div>
    </div>
  );
}
