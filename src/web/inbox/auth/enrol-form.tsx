import { type ReactNode, useRef, useState } from 'react';
import type { InvitationView } from '../api/types.js';
import { useAction } from '../api/use-action.js';
import { type Enrolment, enrol, type Stage } from '../crypto/credentials.js';
import { refusalOf } from '../crypto/password.js';
import { FIELDS, LINK, PASSWORD_REFUSED } from '../strings-auth.js';
import { Button, ProblemNotice, TextField } from '../ui/index.js';
import { Form } from './form.js';
import { Frame } from './frame.js';
import { KeyProgress } from './key-progress.js';
import { KEY_MAKER } from './keys.js';
import { isLogin, suggestLogin } from './login-name.js';
import { NewPasswordField } from './password-field.js';
import { ReportWords } from './report-words.js';

export interface Who {
  readonly login: string;
  readonly displayName: string;
}

export interface EnrolFormProps {
  readonly step: string;
  readonly invitation: InvitationView;
  readonly onEnrolled: (who: Who, enrolment: Enrolment) => void;
}

interface Errors {
  readonly name?: string;
  readonly login?: string;
  readonly password?: string;
}

/** A name, a login and a password; for a reset the password alone. The keys are made here, and nothing is sent yet. */
export function EnrolForm({ step, invitation, onEnrolled }: EnrolFormProps): ReactNode {
  const isReset = invitation.login !== undefined;
  const [name, setName] = useState(invitation.displayName ?? '');
  const [ownLogin, setLogin] = useState(invitation.login);
  const login = ownLogin ?? suggestLogin(name);
  const [password, setPassword] = useState('');
  const [errors, setErrors] = useState<Errors>({});
  const [stage, setStage] = useState<Stage>();
  const boxes = { name: useRef<HTMLInputElement>(null), login: useRef<HTMLInputElement>(null) };
  const passwordBox = useRef<HTMLInputElement>(null);
  const who = { login: login.trim(), displayName: name.trim() };

  const submit = useAction(async () => {
    try {
      onEnrolled(who, await enrol(KEY_MAKER, { password, kdf: invitation.kdf }, setStage));
    } finally {
      setStage(undefined);
    }
  });

  const check = () => {
    const found = faultsOf(who, password);
    setErrors(found);
    if (found.name) boxes.name.current?.focus();
    else if (found.login) boxes.login.current?.focus();
    else if (found.password) passwordBox.current?.focus();
    else void submit.run();
  };

  return (
    <Frame title={LINK.titles[invitation.kind]} step={step}>
      <p>{introOf(invitation)}</p>
      <ReportWords kind={invitation.kind} />
      <ProblemNotice problem={submit.problem} />
      <Form onSubmit={check}>
        {!isReset && (
          <TextField
            label={FIELDS.name}
            description={FIELDS.nameHint}
            value={name}
            onChange={setName}
            error={errors.name}
            autoComplete="name"
            maxLength={60}
            autoFocus
            inputRef={boxes.name}
          />
        )}
        <TextField
          label={FIELDS.login}
          {...(!isReset && { description: FIELDS.loginHint })}
          name="username"
          value={login}
          onChange={setLogin}
          isReadOnly={isReset}
          error={errors.login}
          autoComplete="username"
          autoCorrect="off"
          spellCheck="false"
          maxLength={60}
          inputRef={boxes.login}
          input={{ autoCapitalize: 'none' }}
        />
        <NewPasswordField
          label={isReset ? FIELDS.newPassword : FIELDS.password}
          value={password}
          onChange={(next) => {
            setPassword(next);
            setErrors(({ password: _, ...others }) => others);
          }}
          error={errors.password}
          known={[who.login, who.displayName]}
          inputRef={passwordBox}
          autoFocus={isReset}
        />
        <div className="stack">
          <Button type="submit" kind="primary" size="large" isFullWidth isPending={submit.isBusy}>
            {LINK.submit}
          </Button>
          <KeyProgress stage={stage} />
        </div>
      </Form>
    </Frame>
  );
}

function faultsOf({ login, displayName }: Who, password: string): Errors {
  const refusal = refusalOf(password, [login, displayName]);
  return {
    ...(displayName === '' && { name: FIELDS.nameMissing }),
    ...(!isLogin(login) && { login: FIELDS.loginInvalid }),
    ...(refusal && { password: PASSWORD_REFUSED[refusal] }),
  };
}

function introOf({ kind, role }: InvitationView): string {
  return kind === 'invitation' && role === 'coordinator' ? LINK.intros.invitationCoordinator : LINK.intros[kind];
}
