import { Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { call } from '../api/client.js';
import { useAction } from '../api/use-action.js';
import { useLoad } from '../api/use-load.js';
import { useDesk } from '../live/hooks.js';
import type { Detail } from '../live/wire.js';
import { Button } from '../ui/button.js';
import { Checkbox, Switch } from '../ui/choice.js';
import { TextField } from '../ui/field.js';
import { ProblemNotice } from '../ui/notice.js';
import { CONTEXT } from './strings.js';

/** As the server takes them. */
const MAX_LABELS = 10;
const MAX_LENGTH = 40;

/** Suggested labels and one's own, and whether it goes first. Each tick is saved at once. */
export function Labels({ detail }: { readonly detail: Detail }): ReactNode {
  const { id, labels, priority } = detail.card;
  const { live } = useDesk();
  const suggested = useLoad('canned', (signal) => call('readCannedReplies', {}, signal)).data?.labels ?? [];
  const [own, setOwn] = useState('');
  const change = useAction(async (body: { labels?: string[]; priority?: 'normal' | 'high' }) => {
    live.take(await call('label', { params: { id }, body }));
    return true;
  });
  const all = [...new Set([...suggested, ...labels])];
  const isFull = labels.length >= MAX_LABELS;

  const toggle = (label: string, isOn: boolean): void =>
    void change.run({ labels: isOn ? [...labels, label] : labels.filter((one) => one !== label) });

  async function add(): Promise<void> {
    const label = own.trim();
    if (label === '' || isFull) return;
    if (await change.run({ labels: [...new Set([...labels, label])] })) setOwn('');
  }

  return (
    <section className="context-part">
      <h3>{CONTEXT.labels}</h3>
      <Switch
        isSelected={priority === 'high'}
        isDisabled={change.isBusy}
        onChange={(isHigh) => void change.run({ priority: isHigh ? 'high' : 'normal' })}
      >
        {CONTEXT.priority}
      </Switch>
      <div className="label-choices">
        {all.map((label) => (
          <Checkbox
            key={label}
            isSelected={labels.includes(label)}
            isDisabled={change.isBusy || (isFull && !labels.includes(label))}
            onChange={(isOn) => toggle(label, isOn)}
          >
            {label}
          </Checkbox>
        ))}
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <TextField
          label={CONTEXT.ownLabel}
          value={own}
          maxLength={MAX_LENGTH}
          onChange={setOwn}
          isDisabled={isFull}
          aside={
            <Button type="submit" icon={Plus} isDisabled={own.trim() === '' || isFull}>
              {CONTEXT.addLabel}
            </Button>
          }
        />
      </form>
      <ProblemNotice problem={change.problem} />
    </section>
  );
}
