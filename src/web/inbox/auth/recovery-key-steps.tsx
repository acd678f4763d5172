import { Copy, Printer } from 'lucide-react';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { ApiProblem } from '../api/problem.js';
import { dateWithYear } from '../app/dates.js';
import { addressOf } from '../app/routes.js';
import { cleanRecoveryText } from '../crypto/recovery-key.js';
import { COMMON } from '../strings.js';
import { RECOVERY_KEY } from '../strings-auth.js';
import { Button, Notice, ProblemNotice, TextField, useToast } from '../ui/index.js';
import { Form } from './form.js';
import { Frame } from './frame.js';

export interface RecoveryKeyStepsProps {
  readonly groups: readonly string[];
  readonly login: string;
  readonly step?: string;
  /** The key has been noted: go on. */
  readonly onNoted: () => void;
  readonly isBusy: boolean;
  readonly problem: ApiProblem | undefined;
  /** Below the field of the check: what else is asked for at the same time. */
  readonly children?: ReactNode;
}

/** Shows the recovery key, once, and asks for one of its groups: so that it is on paper before it counts. */
export function RecoveryKeySteps(props: RecoveryKeyStepsProps): ReactNode {
  const [isNoted, setNoted] = useState(false);
  const asked = useMemo(() => randomBelow(props.groups.length), [props.groups]);
  if (!isNoted) return <ShowKey {...props} onNext={() => setNoted(true)} />;
  return <CheckKey {...props} asked={asked} onBack={() => setNoted(false)} />;
}

function ShowKey({ groups, login, step, onNext }: RecoveryKeyStepsProps & { readonly onNext: () => void }): ReactNode {
  const toast = useToast();
  const copy = () => {
    navigator.clipboard.writeText(groups.join(' ')).then(
      () => toast.show({ text: RECOVERY_KEY.copied }),
      () => toast.show({ text: COMMON.copyFailed, kind: 'danger' }),
    );
  };
  return (
    <Frame title={RECOVERY_KEY.title} {...(step && { step })}>
      <div className="stack">
        <p>{RECOVERY_KEY.why}</p>
        <Notice kind="warning">{RECOVERY_KEY.once}</Notice>
      </div>
      <KeyGroups groups={groups} />
      <div className="actions">
        <Button icon={Printer} onPress={() => print()}>
          {RECOVERY_KEY.print}
        </Button>
        <Button icon={Copy} onPress={copy}>
          {RECOVERY_KEY.copy}
        </Button>
      </div>
      <p className="quiet-words">{RECOVERY_KEY.copyHint}</p>
      <Button kind="primary" size="large" isFullWidth onPress={onNext}>
        {RECOVERY_KEY.noted}
      </Button>
      {createPortal(<PrintedKey groups={groups} login={login} />, document.body)}
    </Frame>
  );
}

interface CheckKeyProps extends RecoveryKeyStepsProps {
  readonly asked: number;
  readonly onBack: () => void;
}

function CheckKey({ groups, asked, step, onNoted, onBack, isBusy, problem, children }: CheckKeyProps): ReactNode {
  const [text, setText] = useState('');
  const [error, setError] = useState<string>();
  const box = useRef<HTMLInputElement>(null);
  const check = () => {
    const isRight = cleanRecoveryText(text) === groups[asked];
    setError(isRight ? undefined : RECOVERY_KEY.checkWrong);
    if (isRight) onNoted();
    else box.current?.focus();
  };
  return (
    <Frame title={RECOVERY_KEY.checkTitle} {...(step && { step })}>
      <p>{RECOVERY_KEY.checkIntro(asked + 1)}</p>
      <ProblemNotice problem={problem} />
      <Form onSubmit={check}>
        <TextField
          label={RECOVERY_KEY.group(asked + 1)}
          value={text}
          onChange={setText}
          error={error}
          autoComplete="off"
          autoCorrect="off"
          spellCheck="false"
          maxLength={20}
          autoFocus
          inputRef={box}
          input={{ autoCapitalize: 'characters' }}
        />
        {children}
        <div className="stack">
          <Button type="submit" kind="primary" size="large" isFullWidth isPending={isBusy}>
            {RECOVERY_KEY.checkSubmit}
          </Button>
          <Button kind="quiet" onPress={onBack} isDisabled={isBusy}>
            {RECOVERY_KEY.again}
          </Button>
        </div>
      </Form>
    </Frame>
  );
}

function KeyGroups({ groups }: { readonly groups: readonly string[] }): ReactNode {
  return (
    <ol className="recovery-key" aria-label={RECOVERY_KEY.title}>
      {groups.map((group, index) => (
        <li key={group}>
          <span className="recovery-number" aria-hidden>
            {index + 1}
          </span>
          <span className="visually-hidden">{`${RECOVERY_KEY.group(index + 1)} : ${spelt(group)}`}</span>
          <span aria-hidden>{group}</span>
        </li>
      ))}
    </ol>
  );
}

/** The sheet that the printer makes: the screen does not show it. */
function PrintedKey({ groups, login }: { readonly groups: readonly string[]; readonly login: string }): ReactNode {
  return (
    <div className="print-sheet" aria-hidden>
      <h1>{RECOVERY_KEY.printHeading}</h1>
      <p>{RECOVERY_KEY.printFor(login)}</p>
      <p>{RECOVERY_KEY.printDate(dateWithYear(Date.now()))}</p>
      <ol className="recovery-key">
        {groups.map((group, index) => (
          <li key={group}>
            <span className="recovery-number">{index + 1}</span>
            <span>{group}</span>
          </li>
        ))}
      </ol>
      <p>{RECOVERY_KEY.printUse(`${location.origin}${addressOf({ name: 'queue' })}`)}</p>
    </div>
  );
}

/** Letter by letter, for those who hear it. */
function spelt(group: string): string {
  return [...group].join(' ');
}

function randomBelow(count: number): number {
  const [number = 0] = crypto.getRandomValues(new Uint32Array(1));
  return number % count;
}
