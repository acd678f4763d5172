import { type ReactNode, use, useRef, useState } from 'react';
import { call } from '../api/client.js';
import { useAction } from '../api/use-action.js';
import { useSession } from '../app/session.js';
import { WaitingContext } from '../app/waiting-badge.js';
import { toBase64url } from '../crypto/bytes.js';
import { SHELL } from '../strings.js';
import { FIELDS, LOCK, SIGN_IN } from '../strings-auth.js';
import { Button, Notice, ProblemNotice, useToast } from '../ui/index.js';
import { Form } from './form.js';
import { Frame } from './frame.js';
import { HiddenLogin } from './hidden-login.js';
import { KeyProgress } from './key-progress.js';
import { derive, privateKeyOf } from './keys.js';
import { PasswordField } from './password-field.js';

/** Hides everything but that somebody waits, until the password is given. */
export default function LockScreen(): ReactNode {
  const { session, enter, logOut } = useSession();
  const waiting = use(WaitingContext);
  const toast = useToast();
  const [password, setPassword] = useState('');
  const [error, setError] = useState<string>();
  const box = useRef<HTMLInputElement>(null);

  const unlock = useAction(async () => {
    const keys = await derive(password, session.keys);
    const unlocked = await call('unlockSession', { body: { authKey: toBase64url(keys.authKey) } });
    const privateKey = await privateKeyOf(keys, unlocked);
    if (!privateKey) toast.show({ text: SIGN_IN.keyBroken, kind: 'danger', durationMs: 30_000 });
    enter(unlocked, privateKey);
  });
  const leave = useAction(logOut);

  const check = () => {
    setError(password === '' ? FIELDS.passwordMissing : undefined);
    if (password === '') box.current?.focus();
    else void unlock.run();
  };

  return (
    <Frame title={LOCK.title}>
      <p>{LOCK.who(session.account.displayName)}</p>
      {waiting > 0 && <Notice kind="warning">{SHELL.waiting(waiting)}</Notice>}
      <ProblemNotice problem={unlock.problem ?? leave.problem} />
      <Form onSubmit={check}>
        <HiddenLogin login={session.account.login} />
        <PasswordField value={password} onChange={setPassword} error={error} inputRef={box} autoFocus />
        <div className="stack">
          <Button type="submit" kind="primary" size="large" isFullWidth isPending={unlock.isBusy}>
            {LOCK.submit}
          </Button>
          <KeyProgress stage={unlock.isBusy ? 'signing' : undefined} />
          <Button kind="quiet" onPress={() => void leave.run()} isPending={leave.isBusy}>
            {LOCK.notMe}
          </Button>
        </div>
      </Form>
    </Frame>
  );
}
