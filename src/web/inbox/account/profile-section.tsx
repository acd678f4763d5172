import { type ReactNode, useRef, useState } from 'react';
import { call } from '../api/client.js';
import { useAction } from '../api/use-action.js';
import { useUnsavedGuard } from '../app/router.js';
import { useSession } from '../app/session.js';
import { Form } from '../auth/form.js';
import { COMMON } from '../strings.js';
import { ACCOUNT } from '../strings-account.js';
import { FIELDS } from '../strings-auth.js';
import { Button, DetailsList, ProblemNotice, Section, TextField, useToast } from '../ui/index.js';

/** Enough to catch a slip; the server decides. */
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** The name that others see, and where the alarm writes. */
export function ProfileSection(): ReactNode {
  const { session, update } = useSession();
  const { account } = session;
  const toast = useToast();
  const [name, setName] = useState(account.displayName);
  const [email, setEmail] = useState(account.email ?? '');
  const [errors, setErrors] = useState<{ name?: string; email?: string }>({});
  const nameBox = useRef<HTMLInputElement>(null);
  const emailBox = useRef<HTMLInputElement>(null);
  const isDirty = name.trim() !== account.displayName || email.trim() !== (account.email ?? '');
  useUnsavedGuard(isDirty);

  const save = useAction(async () => {
    const body = { displayName: name.trim(), email: email.trim() === '' ? null : email.trim() };
    const changed = await call('changeProfile', { body });
    setName(changed.account.displayName);
    setEmail(changed.account.email ?? '');
    update(changed);
    toast.show({ text: ACCOUNT.profileSaved });
  });

  const check = () => {
    const found = {
      ...(name.trim() === '' && { name: FIELDS.nameMissing }),
      ...(email.trim() !== '' && !EMAIL.test(email.trim()) && { email: ACCOUNT.emailInvalid }),
    };
    setErrors(found);
    if (found.name) nameBox.current?.focus();
    else if (found.email) emailBox.current?.focus();
    else void save.run();
  };

  return (
    <Section title={ACCOUNT.profile}>
      <DetailsList
        entries={[
          [ACCOUNT.login, account.login],
          [ACCOUNT.role, ACCOUNT.roles[account.role]],
        ]}
      />
      <ProblemNotice problem={save.problem} />
      <Form onSubmit={check}>
        <TextField
          label={FIELDS.name}
          description={FIELDS.nameHint}
          value={name}
          onChange={setName}
          error={errors.name}
          autoComplete="name"
          maxLength={60}
          inputRef={nameBox}
        />
        <TextField
          label={ACCOUNT.email}
          description={ACCOUNT.emailHint}
          type="email"
          value={email}
          onChange={setEmail}
          error={errors.email}
          autoComplete="email"
          maxLength={200}
          inputRef={emailBox}
        />
        <div className="actions">
          <Button type="submit" kind="primary" isPending={save.isBusy} isDisabled={!isDirty}>
            {COMMON.save}
          </Button>
        </div>
      </Form>
    </Section>
  );
}
