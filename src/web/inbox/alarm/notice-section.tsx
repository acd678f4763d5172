import { BellRing } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, Notice, Switch } from '../ui/index.js';
import { Means, type Standing } from './means.js';
import { askForNotifications } from './notices.js';
import { PAGE_NOTICES } from './page-strings.js';
import type { Permission } from './permission.js';
import { useAlarm } from './use-alarm.js';

export interface NoticeSectionProps {
  readonly permission: Permission;
  readonly onChange: () => void;
}

export function NoticeSection({ permission, onChange }: NoticeSectionProps): ReactNode {
  const { settings, control } = useAlarm();
  return (
    <Means title={PAGE_NOTICES.title} {...standingOf(permission, settings.notifies)}>
      <p className="quiet-words">{PAGE_NOTICES.hint}</p>
      {permission === 'not-asked' && (
        <div className="actions">
          <Button icon={BellRing} onPress={() => void askForNotifications().then(onChange)}>
            {PAGE_NOTICES.ask}
          </Button>
        </div>
      )}
      {permission === 'allowed' && (
        <Switch isSelected={settings.notifies} onChange={(notifies) => control.alarm.configure({ notifies })}>
          {PAGE_NOTICES.toggle}
        </Switch>
      )}
      {permission === 'refused' && (
        <Notice title={PAGE_NOTICES.repairTitle}>
          <ol className="steps">
            {PAGE_NOTICES.repair.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </Notice>
      )}
    </Means>
  );
}

function standingOf(permission: Permission, notifies: boolean): { standing: Standing; state: string } {
  switch (permission) {
    case 'unsupported':
      return { standing: 'problem', state: PAGE_NOTICES.unsupported };
    case 'refused':
      return { standing: 'problem', state: PAGE_NOTICES.refused };
    case 'not-asked':
      return { standing: 'to-do', state: PAGE_NOTICES.notAsked };
    case 'allowed':
      return notifies ? { standing: 'on', state: PAGE_NOTICES.allowed } : { standing: 'off', state: PAGE_NOTICES.off };
  }
}
