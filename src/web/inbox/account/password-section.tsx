import { type ReactNode, useRef, useState } from 'react';
import { call } from '../api/client.js';
import { useAction } from '../api/use-action.js';
import { useSession } from '../app/session.js';
import { Form } from '../auth/form.js';
import { HiddenLogin } from '../auth/hidden-login.js';
import { KeyProgress } from '../auth/key-progress.js';
import { derive, KEY_MAKER } from '../auth/keys.js';
import { NewPasswordField, PasswordField } from '../auth/password-field.js';
import { toBase64url } from '../crypto/bytes.js';
import { makePasswordKeys, openKeyPair, type Stage } from '../crypto/credentials.js';
import { importPrivateKey } from '../crypto/key-pair.js';
import { refusalOf } from '../crypto/password.js';
import { COMMON } from '../strings.js';
import { ACCOUNT } from '../strings-account.js';
import { FIELDS, PASSWORD_REFUSED } from '../strings-auth.js';
import { Button, ProblemNotice, Section, useToast } from '../ui/index.js';

export function PasswordSection(): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <Section title={ACCOUNT.password}>
      <p>{ACCOUNT.passwordIntro}</p>
      {isOpen ? (
        <ChangePassword onClose={() => setOpen(false)} />
      ) : (
        <div className="actions">
          <Button onPress={() => setOpen(true)}>{ACCOUNT.changePassword}</Button>
        </div>
      )}
    </Section>
  );
}

/** Wraps the same private key under the new password: the old one is what opens it. */
function useChangePassword(onStage: (stage: Stage | undefined) => void) {
  const { session, enter } = useSession();
  const { publicKey, wrappedPrivateKey: wrapped } = session.keys;
  return async (current: string, next: string): Promise<void> => {
    onStage('deriving');
    try {
      const keys = await derive(current, session.keys);
      const authKey = toBase64url(keys.authKey);
      const keyPair = await openKeyPair(keys, { wrapped: wrapped ?? '', publicKey }).catch(async (fault: unknown) => {
        // It does not open because the password is wrong: the server is who says so, and counts the attempt.
        await call('unlockSession', { body: { authKey } });
        throw fault;
      });
      const made = await makePasswordKeys(KEY_MAKER, { password: next, kdf: session.keys.kdf, keyPair }, onStage);
      const { authKey: newAuthKey, ...rest } = made;
      const changed = await call('changePassword', { body: { authKey, newAuthKey, ...rest } });
      enter(changed, await importPrivateKey(keyPair.privateKey));
      keyPair.privateKey.fill(0);
    } finally {
      onStage(undefined);
    }
  };
}

function ChangePassword({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { session } = useSession();
  const { login, displayName } = session.account;
  const known = [login, displayName];
  const toast = useToast();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [errors, setErrors] = useState<{ current?: string; next?: string }>({});
  const [stage, setStage] = useState<Stage>();
  const currentBox = useRef<HTMLInputElement>(null);
  const nextBox = useRef<HTMLInputElement>(null);
  const changePassword = useChangePassword(setStage);

  const save = useAction(async () => {
    await changePassword(current, next);
    toast.show({ text: ACCOUNT.passwordChanged });
    onClose();
  });
  const check = () => {
    const refusal = refusalOf(next, known);
    const found = {
      ...(current === '' && { current: FIELDS.passwordMissing }),
      ...(refusal && { next: PASSWORD_REFUSED[refusal] }),
    };
    setErrors(found);
    if (found.current) currentBox.current?.focus();
    else if (found.next) nextBox.current?.focus();
    else void save.run();
  };

  return (
    <Form onSubmit={check}>
      <ProblemNotice problem={save.problem} />
      <HiddenLogin login={login} />
      <PasswordField
        label={ACCOUNT.currentPassword}
        value={current}
        onChange={setCurrent}
        error={errors.current}
        inputRef={currentBox}
        autoFocus
      />
      <NewPasswordField
        value={next}
        onChange={(changed) => {
          setNext(changed);
          setErrors(({ next: _, ...others }) => others);
        }}
        error={errors.next}
        known={known}
        inputRef={nextBox}
      />
      <KeyProgress stage={stage} />
      <div className="actions">
        <Button type="submit" kind="primary" isPending={save.isBusy}>
          {ACCOUNT.changePassword}
        </Button>
        <Button kind="quiet" onPress={onClose} isDisabled={save.isBusy}>
          {COMMON.cancel}
        </Button>
      </div>
    </Form>
  );
}
