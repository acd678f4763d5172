import { type ReactNode, useRef, useState } from 'react';
import { call } from '../api/client.js';
import { ApiProblem, problemFrom } from '../api/problem.js';
import { useAction } from '../api/use-action.js';
import { useSessionControl } from '../app/session.js';
import { toBase64url } from '../crypto/bytes.js';
import type { DerivedKeys } from '../crypto/derive.js';
import { FIELDS, SIGN_IN } from '../strings-auth.js';
import { Button, Notice, ProblemNotice, TextField, useToast } from '../ui/index.js';
import { CodeField, isCode } from './code-field.js';
import { Form } from './form.js';
import { Frame } from './frame.js';
import { KeyProgress } from './key-progress.js';
import { derive, privateKeyOf } from './keys.js';
import { PasswordField } from './password-field.js';
import { Recover } from './recover.js';

/** What is left to do once the password is right and a code is asked for. */
interface Proven {
  readonly login: string;
  readonly keys: DerivedKeys;
}

export default function SignIn({ hasEnded }: { readonly hasEnded: boolean }): ReactNode {
  const [login, setLogin] = useState('');
  const [proven, setProven] = useState<Proven>();
  const [isRecovering, setRecovering] = useState(false);
  if (isRecovering) return <Recover login={login} onCancel={() => setRecovering(false)} />;
  if (proven) return <CodeStep proven={proven} onCancel={() => setProven(undefined)} />;
  return (
    <PasswordStep
      hasEnded={hasEnded}
      login={login}
      onLogin={setLogin}
      onProven={setProven}
      onForgotten={() => setRecovering(true)}
    />
  );
}

/** Logs in with what was derived. @throws ApiProblem */
function useLogIn(): (proven: Proven, code?: string) => Promise<void> {
  const { enter } = useSessionControl();
  const toast = useToast();
  return async ({ login, keys }, code) => {
    const session = await call('logIn', {
      body: { login, authKey: toBase64url(keys.authKey), ...(code !== undefined && { code }) },
    });
    const privateKey = await privateKeyOf(keys, session);
    if (!privateKey) toast.show({ text: SIGN_IN.keyBroken, kind: 'danger', durationMs: 30_000 });
    enter(session, privateKey);
  };
}

interface PasswordStepProps {
  readonly hasEnded: boolean;
  readonly login: string;
  readonly onLogin: (login: string) => void;
  readonly onProven: (proven: Proven) => void;
  readonly onForgotten: () => void;
}

function PasswordStep({ hasEnded, login, onLogin, onProven, onForgotten }: PasswordStepProps): ReactNode {
  const [password, setPassword] = useState('');
  const [errors, setErrors] = useState<{ login?: string; password?: string }>({});
  const loginBox = useRef<HTMLInputElement>(null);
  const passwordBox = useRef<HTMLInputElement>(null);
  const logIn = useLogIn();

  const submit = useAction(async () => {
    const name = login.trim();
    const keys = await derive(password, await call('readParameters', { body: { login: name } }));
    try {
      await logIn({ login: name, keys });
    } catch (fault) {
      if (problemFrom(fault).code !== 'SecondFactorNeeded') throw fault;
      onProven({ login: name, keys });
    }
  });

  const check = () => {
    const missing = {
      ...(login.trim().length < 3 && { login: FIELDS.loginInvalid }),
      ...(password === '' && { password: FIELDS.passwordMissing }),
    };
    setErrors(missing);
    if (missing.login) return loginBox.current?.focus();
    if (missing.password) return passwordBox.current?.focus();
    void submit.run();
  };

  return (
    <Frame title={SIGN_IN.title}>
      {hasEnded && <Notice isAnnounced>{SIGN_IN.ended}</Notice>}
      <ProblemNotice problem={submit.problem} />
      <Form onSubmit={check}>
        <TextField
          label={FIELDS.login}
          name="username"
          value={login}
          onChange={onLogin}
          error={errors.login}
          autoComplete="username"
          autoFocus={login === ''}
          autoCorrect="off"
          spellCheck="false"
          maxLength={60}
          isReadOnly={submit.isBusy}
          inputRef={loginBox}
          input={{ autoCapitalize: 'none' }}
        />
        <PasswordField
          value={password}
          onChange={setPassword}
          error={errors.password}
          inputRef={passwordBox}
          autoFocus={login !== ''}
        />
        <div className="stack">
          <Button type="submit" kind="primary" size="large" isFullWidth isPending={submit.isBusy}>
            {SIGN_IN.submit}
          </Button>
          <KeyProgress stage={submit.isBusy ? 'signing' : undefined} />
          <Button kind="quiet" onPress={onForgotten} isDisabled={submit.isBusy}>
            {SIGN_IN.forgotten}
          </Button>
        </div>
      </Form>
    </Frame>
  );
}

function CodeStep({ proven, onCancel }: { readonly proven: Proven; readonly onCancel: () => void }): ReactNode {
  const [code, setCode] = useState('');
  const [error, setError] = useState<string>();
  const box = useRef<HTMLInputElement>(null);
  const logIn = useLogIn();
  const submit = useAction(async () => {
    try {
      await logIn(proven, code);
    } catch (fault) {
      setCode('');
      throw fault instanceof ApiProblem ? fault : problemFrom(fault);
    }
  });
  const check = () => {
    setError(isCode(code) ? undefined : FIELDS.codeMissing);
    if (isCode(code)) void submit.run();
    else box.current?.focus();
  };
  return (
    <Frame title={SIGN_IN.codeTitle}>
      <ProblemNotice problem={submit.problem} />
      <Form onSubmit={check}>
        <CodeField value={code} onChange={setCode} error={error} inputRef={box} autoFocus />
        <div className="stack">
          <Button type="submit" kind="primary" size="large" isFullWidth isPending={submit.isBusy}>
            {SIGN_IN.codeSubmit}
          </Button>
          <Button kind="quiet" onPress={onCancel}>
            {SIGN_IN.startAgain}
          </Button>
        </div>
      </Form>
    </Frame>
  );
}
