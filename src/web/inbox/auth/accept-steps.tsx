import { type ReactNode, useRef, useState } from 'react';
import { call } from '../api/client.js';
import { type ApiProblem, problemFrom } from '../api/problem.js';
import { useAction } from '../api/use-action.js';
import { useRouter } from '../app/router.js';
import { useSessionControl } from '../app/session.js';
import type { Enrolment } from '../crypto/credentials.js';
import { FIELDS, LINK, SIGN_IN } from '../strings-auth.js';
import { Button, ProblemNotice, TextField } from '../ui/index.js';
import { attemptOnce } from './attempt-once.js';
import { CodeField, isCode } from './code-field.js';
import type { Who } from './enrol-form.js';
import { Form } from './form.js';
import { Frame } from './frame.js';
import { isLogin } from './login-name.js';
import { PasswordKept } from './password-kept.js';
import { RecoveryKeySteps } from './recovery-key-steps.js';

export interface AcceptStepsProps {
  readonly step: string;
  readonly token: string;
  readonly who: Who;
  readonly enrolment: Enrolment;
  readonly onAccepted: () => void;
}

/** What is asked for when the server wants it; the link still works then. */
const ASKED_AGAIN: readonly string[] = ['LoginTaken', 'SecondFactorNeeded', 'WrongCode'];

interface Answer {
  readonly login?: string;
  readonly code?: string;
}

/** The recovery key, then the account: nothing is created before the key is on paper. */
export function AcceptSteps({ step, token, who, enrolment, onAccepted }: AcceptStepsProps): ReactNode {
  const { enter } = useSessionControl();
  const { navigate } = useRouter();
  const [isKept, setKept] = useState(false);
  const [missing, setMissing] = useState<ApiProblem>();
  const accept = useAction(async ({ login = who.login, code }: Answer) => {
    const { credentials, privateKey } = enrolment;
    const body = { token, login, displayName: who.displayName, credentials, ...(code !== undefined && { code }) };
    try {
      const session = await attemptOnce(() => call('acceptInvitation', { body }), {
        login,
        authKey: credentials.authKey,
      });
      if (!session) return setKept(true);
      enter(session, privateKey);
      onAccepted();
    } catch (fault) {
      const problem = problemFrom(fault);
      if (!ASKED_AGAIN.includes(problem.code)) throw problem;
      setMissing(problem);
    }
  });

  if (isKept) return <PasswordKept onLogin={() => navigate({ name: 'queue' }, { replace: true })} />;
  if (missing) {
    const asked = { step, problem: accept.problem ?? missing, isBusy: accept.isBusy };
    return missing.code === 'LoginTaken' ? (
      <AnotherLogin {...asked} login={who.login} onLogin={(login) => void accept.run({ login })} />
    ) : (
      <AskCode {...asked} onCode={(code) => void accept.run({ code })} />
    );
  }
  return (
    <RecoveryKeySteps
      step={step}
      groups={enrolment.recoveryGroups}
      login={who.login}
      isBusy={accept.isBusy}
      problem={accept.problem}
      onNoted={() => void accept.run({})}
    />
  );
}

interface AskedProps {
  readonly step: string;
  readonly problem: ApiProblem;
  readonly isBusy: boolean;
}

/** Whoever has the link to new keys must have the second factor as well. */
function AskCode({
  step,
  problem,
  isBusy,
  onCode,
}: AskedProps & { readonly onCode: (code: string) => void }): ReactNode {
  const [code, setCode] = useState('');
  const [error, setError] = useState<string>();
  const box = useRef<HTMLInputElement>(null);
  const check = () => {
    setError(isCode(code) ? undefined : FIELDS.codeMissing);
    if (isCode(code)) onCode(code);
    else box.current?.focus();
  };
  return (
    <Frame title={SIGN_IN.codeTitle} step={step}>
      <ProblemNotice problem={problem} />
      <Form onSubmit={check}>
        <CodeField value={code} onChange={setCode} error={error} inputRef={box} autoFocus />
        <Button type="submit" kind="primary" size="large" isFullWidth isPending={isBusy}>
          {SIGN_IN.codeSubmit}
        </Button>
      </Form>
    </Frame>
  );
}

interface AnotherLoginProps extends AskedProps {
  readonly login: string;
  readonly onLogin: (login: string) => void;
}

/** The keys do not depend on the login: only it is asked for again. */
function AnotherLogin({ step, login: taken, problem, isBusy, onLogin }: AnotherLoginProps): ReactNode {
  const [login, setLogin] = useState(taken);
  const [error, setError] = useState<string>();
  const box = useRef<HTMLInputElement>(null);
  const check = () => {
    const isFit = isLogin(login.trim());
    setError(isFit ? undefined : FIELDS.loginInvalid);
    if (isFit) onLogin(login.trim());
    else box.current?.focus();
  };
  return (
    <Frame title={LINK.loginTitle} step={step}>
      <ProblemNotice problem={problem} />
      <Form onSubmit={check}>
        <TextField
          label={FIELDS.login}
          description={FIELDS.loginHint}
          name="username"
          value={login}
          onChange={setLogin}
          error={error}
          autoComplete="username"
          autoCorrect="off"
          spellCheck="false"
          maxLength={60}
          inputRef={box}
          input={{ autoCapitalize: 'none' }}
        />
        <Button type="submit" kind="primary" size="large" isFullWidth isPending={isBusy}>
          {LINK.loginSubmit}
        </Button>
      </Form>
    </Frame>
  );
}
