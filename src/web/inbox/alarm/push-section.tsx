import { MonitorSmartphone, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AlarmView } from '../api/types.js';
import { useAction } from '../api/use-action.js';
import { Button, ProblemNotice, useToast } from '../ui/index.js';
import { Means, type Standing } from './means.js';
import { PUSH } from './page-strings.js';
import { type PushState, subscribePush, unsubscribePush } from './push.js';

export interface PushSectionProps {
  readonly view: AlarmView;
  /** Absent until the browser has answered. */
  readonly push: PushState | undefined;
  readonly onChange: (view: AlarmView) => void;
}

export function PushSection({ view, push, onChange }: PushSectionProps): ReactNode {
  const toast = useToast();
  const enable = useAction(async () => {
    onChange(await subscribePush(view.pushKey));
    toast.show({ text: PUSH.enabled });
  });
  const own = push?.kind === 'subscribed' && view.subscriptions.some(({ id }) => id === push.id) ? push.id : undefined;
  const canEnable = !own && (push?.kind === 'off' || push?.kind === 'subscribed');
  return (
    <Means title={PUSH.title} {...standingOf(view, push, own)}>
      <p className="quiet-words">{PUSH.hint(view.pushAfterSeconds)}</p>
      {canEnable && (
        <div className="actions">
          <Button icon={MonitorSmartphone} isPending={enable.isBusy} onPress={() => void enable.run()}>
            {PUSH.enable}
          </Button>
        </div>
      )}
      <ProblemNotice problem={enable.problem} />
      {view.subscriptions.length > 0 && <Devices view={view} own={own} onChange={onChange} />}
    </Means>
  );
}

interface DevicesProps {
  readonly view: AlarmView;
  readonly own: string | undefined;
  readonly onChange: (view: AlarmView) => void;
}

function Devices({ view, own, onChange }: DevicesProps): ReactNode {
  const toast = useToast();
  const remove = useAction(async (id: string) => {
    onChange(await unsubscribePush(id));
    toast.show({ text: PUSH.removed });
  });
  return (
    <>
      <h3>{PUSH.devices}</h3>
      <ProblemNotice problem={remove.problem} />
      <ul className="plain rows">
        {view.subscriptions.map(({ id, device, createdAt }) => (
          <li key={id} className="row">
            <div>
              <p>
                <strong>{device}</strong>
                {id === own && ` · ${PUSH.thisDevice}`}
              </p>
              <p className="quiet-words">{PUSH.since(DAY.format(createdAt))}</p>
            </div>
            <Button
              icon={Trash2}
              aria-label={PUSH.removeLabel(device)}
              isDisabled={remove.isBusy}
              onPress={() => void remove.run(id)}
            >
              {PUSH.remove}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}

const DAY = new Intl.DateTimeFormat('fr-FR', {
  timeZone: 'Europe/Paris',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

function standingOf(
  { subscriptions }: AlarmView,
  push: PushState | undefined,
  own: string | undefined,
): { standing: Standing; state: string } {
  if (own) return { standing: 'on', state: PUSH.on };
  if (push?.kind === 'refused') return { standing: 'problem', state: PUSH.refused };
  if (push?.kind === 'unsupported') return { standing: 'problem', state: PUSH.unsupported };
  return { standing: 'to-do', state: subscriptions.length > 0 ? PUSH.elsewhere : PUSH.none };
}
