import { ShieldCheck } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { call } from '../api/client.js';
import { useAction } from '../api/use-action.js';
import { useSession } from '../app/session.js';
import { Form } from '../auth/form.js';
import { HiddenLogin } from '../auth/hidden-login.js';
import { KeyProgress } from '../auth/key-progress.js';
import { derive } from '../auth/keys.js';
import { PasswordField } from '../auth/password-field.js';
import { SecondFactorSetup } from '../auth/second-factor-setup.js';
import { toBase64url } from '../crypto/bytes.js';
import { COMMON } from '../strings.js';
import { ACCOUNT } from '../strings-account.js';
import { FACTOR, FIELDS } from '../strings-auth.js';
import { Button, Dialog, ProblemNotice, Section, useToast } from '../ui/index.js';

/** The code besides the password: to be switched on, or taken away with the password. */
export function SecondFactorSection(): ReactNode {
  const { session, update } = useSession();
  const toast = useToast();
  const [shows, setShows] = useState<'setup' | 'removal'>();
  const isOn = session.secondFactor === 'on';
  const cancel = (
    <Button kind="quiet" onPress={() => setShows(undefined)}>
      {COMMON.cancel}
    </Button>
  );
  return (
    <Section title={ACCOUNT.factor}>
      <p className="with-icon">
        {isOn && <ShieldCheck aria-hidden className="icon there" />}
        {isOn ? ACCOUNT.factorOn : `${ACCOUNT.factorOff} ${FACTOR.why}`}
      </p>
      {shows === 'setup' && !isOn ? (
        <SecondFactorSetup
          actions={cancel}
          onDone={(changed) => {
            update(changed);
            setShows(undefined);
            toast.show({ text: FACTOR.on });
          }}
        />
      ) : (
        <div className="actions">
          <Button onPress={() => setShows(isOn ? 'removal' : 'setup')}>
            {isOn ? ACCOUNT.factorRemove : ACCOUNT.factorAdd}
          </Button>
        </div>
      )}
      <Removal isOpen={shows === 'removal' && isOn} onClose={() => setShows(undefined)} />
    </Section>
  );
}

function Removal({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }): ReactNode {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={ACCOUNT.factorRemoveTitle}>
      <RemovalForm onClose={onClose} />
    </Dialog>
  );
}

function RemovalForm({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { session, update } = useSession();
  const toast = useToast();
  const [password, setPassword] = useState('');
  const [error, setError] = useState<string>();
  const box = useRef<HTMLInputElement>(null);
  const remove = useAction(async () => {
    const { authKey } = await derive(password, session.keys);
    update(await call('removeSecondFactor', { body: { authKey: toBase64url(authKey) } }));
    toast.show({ text: ACCOUNT.factorRemoved });
    onClose();
  });
  const check = () => {
    setError(password === '' ? FIELDS.passwordMissing : undefined);
    if (password === '') box.current?.focus();
    else void remove.run();
  };
  return (
    <Form onSubmit={check}>
      <p>{ACCOUNT.factorRemoveText}</p>
      <ProblemNotice problem={remove.problem} />
      <HiddenLogin login={session.account.login} />
      <PasswordField value={password} onChange={setPassword} error={error} inputRef={box} autoFocus />
      <KeyProgress stage={remove.isBusy ? 'signing' : undefined} />
      <div className="actions">
        <Button type="submit" kind="danger" isPending={remove.isBusy}>
          {ACCOUNT.factorRemove}
        </Button>
        <Button kind="quiet" onPress={onClose}>
          {COMMON.cancel}
        </Button>
      </div>
    </Form>
  );
}
