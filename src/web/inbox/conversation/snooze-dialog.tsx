import { type ReactNode, useState } from 'react';
import { useServerNow } from '../live/hooks.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { NativeField } from '../ui/field.js';
import { dateOf, parisInstant, tomorrowAt } from './paris.js';
import { SNOOZE } from './strings.js';

export interface SnoozeDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onSnooze: (until: number) => void;
}

export function SnoozeDialog({ isOpen, onClose, onSnooze }: SnoozeDialogProps): ReactNode {
  return (
    <Dialog isOpen={isOpen} title={SNOOZE.title} onClose={onClose}>
      <SnoozeForm onClose={onClose} onSnooze={onSnooze} />
    </Dialog>
  );
}

function SnoozeForm({ onClose, onSnooze }: Omit<SnoozeDialogProps, 'isOpen'>): ReactNode {
  const now = useServerNow(30_000);
  const [date, setDate] = useState(() => dateOf(tomorrowAt(now, '10:00')));
  const [time, setTime] = useState('10:00');
  const [isWrong, setWrong] = useState(false);

  function confirm(): void {
    const until = parisInstant(date, time);
    if (until === undefined || until <= now) {
      setWrong(true);
      return;
    }
    onClose();
    onSnooze(until);
  }

  return (
    <div className="stack">
      <div className="field-pair">
        <NativeField label={SNOOZE.date} type="date" value={date} min={dateOf(now)} onChange={setDate} />
        <NativeField
          label={SNOOZE.time}
          type="time"
          value={time}
          onChange={setTime}
          error={isWrong ? SNOOZE.past : undefined}
        />
      </div>
      <div className="dialog-foot">
        <Button onPress={onClose}>{SNOOZE.cancel}</Button>
        <Button kind="primary" onPress={confirm}>
          {SNOOZE.confirm}
        </Button>
      </div>
    </div>
  );
}
