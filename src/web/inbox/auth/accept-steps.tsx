import { type ReactNode, useRef, useState } from 'react';
import { call } from '../api/client.js';
import { type ApiProblem, problemFrom } from '../api/problem.js';
import { useAction } from '../api/use-action.js';
import { useSessionControl } from '../app/session.js';
import type { Enrolment } from '../crypto/credentials.js';
import { FIELDS, LINK } from '../strings-auth.js';
import { Button, ProblemNotice, TextField } from '../ui/index.js';
import { attemptOnce } from './attempt-once.js';
import type { Who } from './enrol-form.js';
import { Form } from './form.js';
import { Frame } from './frame.js';
import { isLogin } from './login-name.js';
import { RecoveryKeySteps } from './recovery-key-steps.js';

export interface AcceptStepsProps {
  readonly step: string;
  readonly token: string;
  readonly who: Who;
  readonly enrolment: Enrolment;
  readonly onAccepted: () => void;
}

/** The recovery key, then the account: nothing is created before the key is on paper. */
export function AcceptSteps({ step, token, who, enrolment, onAccepted }: AcceptStepsProps): ReactNode {
  const { enter } = useSessionControl();
  const [takenLogin, setTakenLogin] = useState<ApiProblem>();
  const accept = useAction(async (login: string) => {
    const { credentials, privateKey } = enrolment;
    const body = { token, login, displayName: who.displayName, credentials };
    try {
      const session = await attemptOnce(() => call('acceptInvitation', { body }), {
        login,
        authKey: credentials.authKey,
      });
      enter(session, privateKey);
      onAccepted();
    } catch (fault) {
      const problem = problemFrom(fault);
      if (problem.code !== 'LoginTaken') throw problem;
      setTakenLogin(problem);
    }
  });

  if (takenLogin) {
    return (
      <AnotherLogin
        step={step}
        login={who.login}
        problem={accept.problem ?? takenLogin}
        isBusy={accept.isBusy}
        onLogin={(login) => void accept.run(login)}
      />
    );
  }
  return (
    <RecoveryKeySteps
      step={step}
      groups={enrolment.recoveryGroups}
      login={who.login}
      isBusy={accept.isBusy}
      problem={accept.problem}
      onNoted={() => void accept.run(who.login)}
    />
  );
}

interface AnotherLoginProps {
  readonly step: string;
  readonly login: string;
  readonly problem: ApiProblem;
  readonly isBusy: boolean;
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
