import { type ReactNode, useRef, useState } from 'react';
import { useAction } from '../api/use-action.js';
import { type Enrolment, enrol, type Stage } from '../crypto/credentials.js';
import { refusalOf } from '../crypto/password.js';
import { PASSWORD_REFUSED, RECOVER, SIGN_IN } from '../strings-auth.js';
import { Button, ProblemNotice } from '../ui/index.js';
import { Form } from './form.js';
import { Frame } from './frame.js';
import { HiddenLogin } from './hidden-login.js';
import { KeyProgress } from './key-progress.js';
import { KEY_MAKER } from './keys.js';
import { NewPasswordField } from './password-field.js';
import type { Recovered } from './prove-recovery-key.js';

export interface RecoverPasswordProps {
  readonly recovered: Recovered;
  readonly onEnrolled: (enrolment: Enrolment) => void;
  readonly onCancel: () => void;
}

/** A new password around the same key pair, so that what was sealed to it stays readable. */
export function RecoverPassword({ recovered, onEnrolled, onCancel }: RecoverPasswordProps): ReactNode {
  const { login, kdf, pair } = recovered;
  const [password, setPassword] = useState('');
  const [error, setError] = useState<string>();
  const [stage, setStage] = useState<Stage>();
  const box = useRef<HTMLInputElement>(null);

  const submit = useAction(async () => {
    try {
      // A copy: what was enrolled is cleared, and a second try needs it again.
      const copy = { publicKey: pair.publicKey, privateKey: pair.privateKey.slice() };
      onEnrolled(await enrol(KEY_MAKER, { password, kdf, pair: copy }, setStage));
      pair.privateKey.fill(0);
    } finally {
      setStage(undefined);
    }
  });
  const check = () => {
    const refusal = refusalOf(password, [login]);
    setError(refusal && PASSWORD_REFUSED[refusal]);
    if (refusal) box.current?.focus();
    else void submit.run();
  };

  return (
    <Frame title={RECOVER.passwordTitle}>
      <p>{RECOVER.passwordIntro}</p>
      <ProblemNotice problem={submit.problem} />
      <Form onSubmit={check}>
        <HiddenLogin login={login} />
        <NewPasswordField
          value={password}
          onChange={(next) => {
            setPassword(next);
            setError(undefined);
          }}
          error={error}
          known={[login]}
          inputRef={box}
          autoFocus
        />
        <div className="stack">
          <Button type="submit" kind="primary" size="large" isFullWidth isPending={submit.isBusy}>
            {RECOVER.passwordSubmit}
          </Button>
          <KeyProgress stage={stage} />
          <Button kind="quiet" onPress={onCancel} isDisabled={submit.isBusy}>
            {SIGN_IN.startAgain}
          </Button>
        </div>
      </Form>
    </Frame>
  );
}
