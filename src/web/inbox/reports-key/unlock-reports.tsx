import { type ReactNode, useId, useRef, useState } from 'react';
import { useSession } from '../app/session.js';
import { Form } from '../auth/form.js';
import { HiddenLogin } from '../auth/hidden-login.js';
import { KeyProgress } from '../auth/key-progress.js';
import { PasswordField } from '../auth/password-field.js';
import { FIELDS } from '../strings-auth.js';
import { UNLOCK } from '../strings-report-access.js';
import { Button, Notice, useAnnounce } from '../ui/index.js';
import type { OpenFault } from './open-key.js';
import { useReportKey } from './use-report-key.js';

export interface UnlockReportsProps {
  /** The field takes the focus: where nothing else is on the page. */
  readonly autoFocus?: boolean;
}

/** Asks for the password where reports are to be read and the page has no key; it goes away once there is one. */
export function UnlockReports({ autoFocus = false }: UnlockReportsProps): ReactNode {
  const titleId = useId();
  const { session } = useSession();
  const { state, unlock } = useReportKey();
  const announce = useAnnounce();
  const [password, setPassword] = useState('');
  const [isMissing, setMissing] = useState(false);
  const [fault, setFault] = useState<OpenFault>();
  const box = useRef<HTMLInputElement>(null);
  const isBusy = state === 'unlocking';

  const submit = async () => {
    setMissing(password === '');
    if (password === '') return box.current?.focus();
    setFault(undefined);
    const outcome = await unlock(password);
    if (outcome !== 'ok') {
      setFault(outcome);
      return box.current?.focus();
    }
    announce(UNLOCK.opened);
    focusPage();
  };

  if (state === 'ready') return null;
  return (
    <section className="section" aria-labelledby={titleId}>
      <h2 id={titleId}>{UNLOCK.title}</h2>
      <p>{UNLOCK.why}</p>
      {fault && (
        <div role="alert">
          <Notice kind="danger">{UNLOCK.faults[fault]}</Notice>
        </div>
      )}
      <Form onSubmit={() => void (isBusy || submit())}>
        <HiddenLogin login={session.account.login} />
        <PasswordField
          value={password}
          onChange={setPassword}
          error={isMissing ? FIELDS.passwordMissing : undefined}
          description={UNLOCK.until}
          inputRef={box}
          autoFocus={autoFocus}
        />
        <div className="stack">
          <Button type="submit" kind="primary" size="large" isPending={isBusy}>
            {UNLOCK.submit}
          </Button>
          <KeyProgress stage={isBusy ? 'signing' : undefined} />
        </div>
      </Form>
    </section>
  );
}

/** The panel is about to go, and the focus with it; the page's own heading may go as well. */
function focusPage(): void {
  document.getElementById('contenu')?.focus({ preventScroll: true });
}
