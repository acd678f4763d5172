import { type ReactNode, useRef, useState } from 'react';
import { call } from '../api/client.js';
import { problemFrom } from '../api/problem.js';
import type { Kdf } from '../api/types.js';
import { useAction } from '../api/use-action.js';
import { toBase64url } from '../crypto/bytes.js';
import { openKeyPair } from '../crypto/credentials.js';
import { keysOfRecovery } from '../crypto/derive.js';
import type { RawKeyPair } from '../crypto/key-pair.js';
import { parseRecoveryKey, readRecoveryKey } from '../crypto/recovery-key.js';
import { FIELDS, RECOVER, SIGN_IN } from '../strings-auth.js';
import { Button, ProblemNotice, TextArea, TextField } from '../ui/index.js';
import { CodeField, isCode } from './code-field.js';
import { Form } from './form.js';
import { Frame } from './frame.js';
import { isLogin } from './login-name.js';

/** Somebody whose recovery key the server has accepted, and whose key pair it opened. */
export interface Recovered {
  readonly login: string;
  readonly recoveryAuthKey: string;
  readonly code?: string;
  readonly kdf: Kdf;
  readonly pair: RawKeyPair;
}

export interface ProveRecoveryKeyProps {
  readonly login: string;
  readonly onCancel: () => void;
  readonly onProven: (recovered: Recovered) => void;
}

/** The login and the recovery key, and the code where there is one. */
export function ProveRecoveryKey({ login: known, onCancel, onProven }: ProveRecoveryKeyProps): ReactNode {
  const [login, setLogin] = useState(known);
  const [text, setText] = useState('');
  const [code, setCode] = useState('');
  const [asksCode, setAsksCode] = useState(false);
  const [errors, setErrors] = useState<{ login?: string; key?: string; code?: string }>({});
  const loginBox = useRef<HTMLInputElement>(null);
  const keyBox = useRef<HTMLTextAreaElement>(null);
  const codeBox = useRef<HTMLInputElement>(null);

  const submit = useAction(async () => {
    try {
      onProven(await proveKey({ login: login.trim(), text, ...(asksCode && { code }) }));
    } catch (fault) {
      const problem = problemFrom(fault);
      if (problem.code === 'SecondFactorNeeded') setAsksCode(true);
      if (problem.code === 'WrongCode') setCode('');
      throw problem;
    }
  });

  const check = () => {
    const reading = readRecoveryKey(text);
    const found = {
      ...(!isLogin(login.trim()) && { login: FIELDS.loginInvalid }),
      ...(!reading.isComplete && { key: whatIsWrong(reading) }),
      ...(asksCode && !isCode(code) && { code: FIELDS.codeMissing }),
    };
    setErrors(found);
    if (found.login) loginBox.current?.focus();
    else if (found.key) keyBox.current?.focus();
    else if (found.code) codeBox.current?.focus();
    else void submit.run();
  };

  return (
    <Frame title={RECOVER.title}>
      <div className="stack">
        <p>{RECOVER.intro}</p>
        <p className="quiet-words">{RECOVER.lost}</p>
      </div>
      <ProblemNotice problem={submit.problem} />
      <Form onSubmit={check}>
        <TextField
          label={FIELDS.login}
          name="username"
          value={login}
          onChange={setLogin}
          error={errors.login}
          autoComplete="username"
          autoCorrect="off"
          spellCheck="false"
          maxLength={60}
          autoFocus
          inputRef={loginBox}
          input={{ autoCapitalize: 'none' }}
        />
        <TextArea
          label={FIELDS.recoveryKey}
          description={FIELDS.recoveryKeyHint}
          value={text}
          onChange={setText}
          error={errors.key}
          rows={4}
          autoComplete="off"
          autoCorrect="off"
          spellCheck="false"
          maxLength={300}
          textAreaRef={keyBox}
          area={{ autoCapitalize: 'characters' }}
          boxClass="key-box"
        />
        {asksCode && <CodeField value={code} onChange={setCode} error={errors.code} inputRef={codeBox} />}
        <div className="stack">
          <Button type="submit" kind="primary" size="large" isFullWidth isPending={submit.isBusy}>
            {RECOVER.submit}
          </Button>
          <Button kind="quiet" onPress={onCancel}>
            {SIGN_IN.startAgain}
          </Button>
        </div>
      </Form>
    </Frame>
  );
}

/** @throws ApiProblem, CryptoFault */
async function proveKey({ login, text, code }: { login: string; text: string; code?: string }): Promise<Recovered> {
  const key = parseRecoveryKey(text);
  const keys = await keysOfRecovery(key);
  key.fill(0);
  const proof = { login, recoveryAuthKey: toBase64url(keys.authKey), ...(code !== undefined && { code }) };
  const { recoveryWrappedPrivateKey: wrapped, publicKey, kdf } = await call('startRecovery', { body: proof });
  return { ...proof, kdf, pair: await openKeyPair(keys, { wrapped, publicKey }) };
}

function whatIsWrong(reading: { readonly symbols: number; readonly wrongGroup?: number }): string {
  return reading.wrongGroup === undefined
    ? RECOVER.incomplete(reading.symbols)
    : RECOVER.wrongGroup(reading.wrongGroup);
}
