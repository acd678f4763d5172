import type { ReactNode } from 'react';
import { useSession } from '../app/session.js';
import { SHELL } from '../strings.js';
import { FACTOR } from '../strings-auth.js';
import { Button, useToast } from '../ui/index.js';
import { Frame } from './frame.js';
import { SecondFactorSetup } from './second-factor-setup.js';

/** Where a second factor is obligatory, nothing else can be done before it is on. */
export default function RequiredFactor(): ReactNode {
  const { update, logOut } = useSession();
  const toast = useToast();
  return (
    <Frame title={FACTOR.title}>
      <p>{`${FACTOR.why} ${FACTOR.required}`}</p>
      <SecondFactorSetup
        onDone={(session) => {
          toast.show({ text: FACTOR.on });
          update(session);
        }}
        actions={
          <Button kind="quiet" onPress={() => void logOut()}>
            {SHELL.logOut}
          </Button>
        }
      />
    </Frame>
  );
}
