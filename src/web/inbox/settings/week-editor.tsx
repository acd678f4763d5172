import { Copy } from 'lucide-react';
import { type Dispatch, type ReactNode, useState } from 'react';
import { COMMON } from '../strings.js';
import { Button, Checkbox, Dialog, useToast } from '../ui/index.js';
import type { HoursFaults } from './hours-faults.js';
import { ALL_DAYS, type HoursChange, type HoursForm, type Weekday } from './hours-form.js';
import { SlotsEditor } from './slots-editor.js';
import { HOURS, WEEKDAYS } from './strings.js';

export interface HoursPartProps {
  readonly form: HoursForm;
  readonly faults: HoursFaults;
  readonly dispatch: Dispatch<HoursChange>;
}

const nameOf = (day: Weekday): string => WEEKDAYS[day - 1] ?? '';

/** Seven days, one under the other. */
export function WeekEditor({ form, faults, dispatch }: HoursPartProps): ReactNode {
  const [copied, setCopied] = useState<Weekday>();
  const toast = useToast();
  return (
    <section className="section" aria-label={HOURS.week}>
      <h2>{HOURS.week}</h2>
      {ALL_DAYS.map((day) => (
        <fieldset key={day} className="day">
          <legend>{nameOf(day)}</legend>
          {form.days[day].length === 0 && <p className="quiet-words">{HOURS.noSlot}</p>}
          <SlotsEditor place={day} name={nameOf(day)} slots={form.days[day]} faults={faults} dispatch={dispatch}>
            {form.days[day].length > 0 && (
              <Button kind="quiet" icon={Copy} onPress={() => setCopied(day)}>
                {HOURS.copy}
              </Button>
            )}
          </SlotsEditor>
        </fieldset>
      ))}
      {copied && (
        <CopyDialog
          from={copied}
          onClose={() => setCopied(undefined)}
          onCopy={(to) => {
            dispatch({ type: 'copy-day', from: copied, to });
            setCopied(undefined);
            toast.show({ text: HOURS.copied });
          }}
        />
      )}
    </section>
  );
}

interface CopyDialogProps {
  readonly from: Weekday;
  readonly onCopy: (to: readonly Weekday[]) => void;
  readonly onClose: () => void;
}

function CopyDialog({ from, onCopy, onClose }: CopyDialogProps): ReactNode {
  const [chosen, setChosen] = useState<readonly Weekday[]>([]);
  const footer = (
    <>
      <Button onPress={onClose}>{COMMON.cancel}</Button>
      <Button kind="primary" isDisabled={chosen.length === 0} onPress={() => onCopy(chosen)}>
        {HOURS.copyConfirm}
      </Button>
    </>
  );
  return (
    <Dialog isOpen title={HOURS.copyTitle(nameOf(from))} onClose={onClose} footer={footer}>
      <p>{HOURS.copyHint}</p>
      <div className="copy-days">
        {ALL_DAYS.filter((day) => day !== from).map((day) => (
          <Checkbox
            key={day}
            isSelected={chosen.includes(day)}
            onChange={(isChosen) =>
              setChosen((before) => (isChosen ? [...before, day] : before.filter((other) => other !== day)))
            }
          >
            {nameOf(day)}
          </Checkbox>
        ))}
      </div>
    </Dialog>
  );
}
