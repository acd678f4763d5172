import { type ReactNode, useRef, useState } from 'react';
import { call } from '../api/client.js';
import type { Role } from '../api/types.js';
import { useAction } from '../api/use-action.js';
import { Form } from '../auth/form.js';
import { TEAM } from '../strings-team.js';
import { Button, Choices, Dialog, ProblemNotice, TextField } from '../ui/index.js';
import type { MadeLink } from './link-dialog.js';

export interface InviteDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onLink: (made: MadeLink) => void;
}

const ROLES = (['delegate', 'coordinator'] as const).map((id) => ({
  id,
  label: TEAM.roles[id],
  description: TEAM.roleHints[id],
}));

export function InviteDialog({ isOpen, onClose, onLink }: InviteDialogProps): ReactNode {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={TEAM.inviteTitle}>
      <InviteForm onLink={onLink} />
    </Dialog>
  );
}

function InviteForm({ onLink }: Pick<InviteDialogProps, 'onLink'>): ReactNode {
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('delegate');
  const [error, setError] = useState<string>();
  const box = useRef<HTMLInputElement>(null);
  const invite = useAction(async () => {
    const displayName = name.trim();
    onLink({ link: await call('invite', { body: { displayName, role } }), name: displayName });
  });
  const check = () => {
    setError(name.trim() === '' ? TEAM.inviteNameMissing : undefined);
    if (name.trim() === '') box.current?.focus();
    else void invite.run();
  };
  return (
    <Form onSubmit={check}>
      <ProblemNotice problem={invite.problem} />
      <TextField
        label={TEAM.inviteName}
        description={TEAM.inviteNameHint}
        value={name}
        onChange={setName}
        error={error}
        autoComplete="off"
        maxLength={60}
        autoFocus
        inputRef={box}
      />
      <Choices label={TEAM.role} options={ROLES} value={role} onChange={setRole} />
      <Button type="submit" kind="primary" size="large" isPending={invite.isBusy}>
        {TEAM.makeLink}
      </Button>
    </Form>
  );
}
