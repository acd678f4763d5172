import type { ReactNode } from 'react';
import { call } from '../api/client.js';
import { problemFrom } from '../api/problem.js';
import { useAction } from '../api/use-action.js';
import { SHELL } from '../strings.js';
import { Switch, useToast } from '../ui/index.js';
import { useSession } from './session.js';

/** « Je suis disponible »: whether residents are told that this delegate is there. */
export function AvailabilitySwitch(): ReactNode {
  const { session, update } = useSession();
  const toast = useToast();
  const change = useAction(async (isAvailable: boolean) => {
    try {
      update(await call('changeProfile', { body: { isAvailable } }));
      toast.show({ text: isAvailable ? SHELL.nowAvailable : SHELL.nowAway });
    } catch (fault) {
      toast.show({ text: problemFrom(fault).detail, kind: 'danger' });
    }
  });
  return (
    <Switch
      isSelected={session.account.isAvailable}
      isDisabled={change.isBusy}
      onChange={(isAvailable) => void change.run(isAvailable)}
    >
      <span className="wide-only">{SHELL.available}</span>
      <span className="narrow-only">{SHELL.availableShort}</span>
    </Switch>
  );
}
