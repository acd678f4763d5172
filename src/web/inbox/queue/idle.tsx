import { ArrowRight, Bell, Coffee, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { call } from '../api/client.js';
import { useLoad } from '../api/use-load.js';
import { Link, useRouter } from '../app/router.js';
import { Button } from '../ui/button.js';
import { countWaiting, type Section } from './order.js';
import { QUEUE } from './strings.js';

/** No conversation is open: who waits, or that nobody does and how one will be told. */
export function Idle({ sections }: { readonly sections: readonly Section[] }): ReactNode {
  const { navigate } = useRouter();
  const { waiting, emergencies } = countWaiting(sections);
  const first = sections[0]?.items[0]?.card;
  const isCalm = waiting + emergencies === 0;
  const Icon = isCalm ? Coffee : Users;
  return (
    <section className={isCalm ? 'idle calm' : 'idle'}>
      <Icon aria-hidden className="icon idle-icon" />
      <p className="idle-title">{isCalm ? QUEUE.empty : QUEUE.waitingNow(Math.max(waiting, emergencies))}</p>
      {isCalm ? (
        <>
          <p className="quiet-words">{QUEUE.emptyHint}</p>
          <AlarmState />
        </>
      ) : (
        first && (
          <Button
            kind="primary"
            size="large"
            icon={ArrowRight}
            onPress={() => navigate({ name: 'conversation', id: first.id })}
          >
            {QUEUE.openFirst}
          </Button>
        )
      )}
    </section>
  );
}

function AlarmState(): ReactNode {
  const { data } = useLoad('alarm', (signal) => call('readAlarm', {}, signal));
  if (!data) return null;
  const means = [data.subscriptions.length > 0 && QUEUE.alarmPush, data.email === 'ready' && QUEUE.alarmEmail];
  const words = means.filter((one) => one !== false).join(QUEUE.alarmAnd);
  return (
    <div className="alarm-state">
      <p>{words === '' ? QUEUE.alarmOff : QUEUE.alarmOn(words)}</p>
      <Link to={{ name: 'alarm' }} className="button">
        <Bell aria-hidden className="icon" />
        {words === '' ? QUEUE.alarmLink : QUEUE.alarmCheck}
      </Link>
    </div>
  );
}
