import { type ReactNode, useRef, useState } from 'react';
import { call } from '../api/client.js';
import type { Session } from '../api/types.js';
import { useAction } from '../api/use-action.js';
import { useLoad } from '../api/use-load.js';
import { FACTOR, FIELDS } from '../strings-auth.js';
import { Button, LoadState, ProblemNotice } from '../ui/index.js';
import { CodeField, isCode } from './code-field.js';
import { Form } from './form.js';
import { QrCode } from './qr-code.js';

export interface SecondFactorSetupProps {
  /** The server has accepted a first code. */
  readonly onDone: (session: Session) => void;
  /** Besides the button that activates it: « Plus tard ». */
  readonly actions?: ReactNode;
}

/** Three steps on one page: open an application, photograph the square, write the code. */
export function SecondFactorSetup({ onDone, actions }: SecondFactorSetupProps): ReactNode {
  const { data, problem, reload } = useLoad('second-factor', (signal) => call('startSecondFactor', {}, signal));
  if (!data) return <LoadState problem={problem} onRetry={reload} />;
  return (
    <ol className="steps">
      <li>{FACTOR.stepApp}</li>
      <li>
        <div className="stack">
          <p>{FACTOR.stepScan}</p>
          <QrCode text={data.uri} label={FACTOR.qrLabel} />
          <p>
            <a className="button touch-only" href={data.uri}>
              {FACTOR.openApp}
            </a>
          </p>
          <p>{FACTOR.stepType}</p>
          <p className="secret">{groupsOf(data.secret)}</p>
        </div>
      </li>
      <li>
        <div className="stack">
          <p>{FACTOR.stepCode}</p>
          <Confirm onDone={onDone} actions={actions} />
        </div>
      </li>
    </ol>
  );
}

function Confirm({ onDone, actions }: SecondFactorSetupProps): ReactNode {
  const [code, setCode] = useState('');
  const [error, setError] = useState<string>();
  const box = useRef<HTMLInputElement>(null);
  const confirm = useAction(async () => onDone(await call('confirmSecondFactor', { body: { code } })));
  const check = () => {
    setError(isCode(code) ? undefined : FIELDS.codeMissing);
    if (isCode(code)) void confirm.run();
    else box.current?.focus();
  };
  return (
    <Form onSubmit={check}>
      <ProblemNotice problem={confirm.problem} />
      <CodeField value={code} onChange={setCode} error={error} inputRef={box} description={FACTOR.stepCode} />
      <div className="actions">
        <Button type="submit" kind="primary" size="large" isPending={confirm.isBusy}>
          {FACTOR.submit}
        </Button>
        {actions}
      </div>
    </Form>
  );
}

function groupsOf(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(' ') ?? secret;
}
