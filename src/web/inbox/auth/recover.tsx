import { type ReactNode, useState } from 'react';
import { call } from '../api/client.js';
import { problemFrom } from '../api/problem.js';
import { useAction } from '../api/use-action.js';
import { useSessionControl } from '../app/session.js';
import type { Enrolment } from '../crypto/credentials.js';
import { attemptOnce } from './attempt-once.js';
import { CodeField } from './code-field.js';
import { PasswordKept } from './password-kept.js';
import { ProveRecoveryKey, type Recovered } from './prove-recovery-key.js';
import { RecoverPassword } from './recover-password.js';
import { RecoveryKeySteps } from './recovery-key-steps.js';

export interface RecoverProps {
  readonly login: string;
  readonly onCancel: () => void;
}

/** A forgotten password: prove the recovery key, choose a password, note the new recovery key. */
export function Recover({ login, onCancel }: RecoverProps): ReactNode {
  const [recovered, setRecovered] = useState<Recovered>();
  const [enrolment, setEnrolment] = useState<Enrolment>();
  if (!recovered) return <ProveRecoveryKey login={login} onCancel={onCancel} onProven={setRecovered} />;
  if (!enrolment) return <RecoverPassword recovered={recovered} onEnrolled={setEnrolment} onCancel={onCancel} />;
  return <FinishRecovery recovered={recovered} enrolment={enrolment} onLogin={onCancel} />;
}

interface FinishRecoveryProps {
  readonly recovered: Recovered;
  readonly enrolment: Enrolment;
  readonly onLogin: () => void;
}

function FinishRecovery({
  recovered: { login, recoveryAuthKey, code: firstCode },
  enrolment,
  onLogin,
}: FinishRecoveryProps): ReactNode {
  const { enter } = useSessionControl();
  const [code, setCode] = useState(firstCode);
  const [asksCode, setAsksCode] = useState(false);
  const [isKept, setKept] = useState(false);
  const finish = useAction(async () => {
    const { credentials, privateKey } = enrolment;
    const body = { login, recoveryAuthKey, ...(code !== undefined && { code }), credentials };
    try {
      const session = await attemptOnce(() => call('finishRecovery', { body }), {
        login,
        authKey: credentials.authKey,
      });
      if (session) enter(session, privateKey);
      else setKept(true);
    } catch (fault) {
      const problem = problemFrom(fault);
      if (problem.code === 'WrongCode' || problem.code === 'SecondFactorNeeded') setAsksCode(true);
      throw problem;
    }
  });
  if (isKept) return <PasswordKept onLogin={onLogin} />;
  return (
    <RecoveryKeySteps
      groups={enrolment.recoveryGroups}
      login={login}
      isBusy={finish.isBusy}
      problem={finish.problem}
      onNoted={() => void finish.run()}
    >
      {asksCode && <CodeField value={code ?? ''} onChange={setCode} />}
    </RecoveryKeySteps>
  );
}
