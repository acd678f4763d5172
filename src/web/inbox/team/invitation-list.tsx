import { type ReactNode, useState } from 'react';
import { call } from '../api/client.js';
import type { InvitationSummary } from '../api/types.js';
import { useAction } from '../api/use-action.js';
import { dayAndTime } from '../app/dates.js';
import { TEAM } from '../strings-team.js';
import { Button, ConfirmDialog, ProblemNotice, useToast } from '../ui/index.js';

export interface InvitationListProps {
  readonly invitations: readonly InvitationSummary[];
  readonly onChange: () => void;
}

/** Links that nobody has used yet. */
export function InvitationList({ invitations, onChange }: InvitationListProps): ReactNode {
  const toast = useToast();
  const [asked, setAsked] = useState<InvitationSummary>();
  const withdraw = useAction(async ({ id }: InvitationSummary) => {
    setAsked(undefined);
    await call('withdrawInvitation', { params: { id } });
    toast.show({ text: TEAM.withdrawn });
    onChange();
  });
  if (invitations.length === 0) return <p className="quiet-words">{TEAM.noInvitations}</p>;
  return (
    <>
      <ProblemNotice problem={withdraw.problem} />
      <ul className="rows">
        {invitations.map((invitation) => (
          <li key={invitation.id}>
            <div>
              <p>
                <strong>{nameOf(invitation)}</strong>
                {` · ${TEAM.kinds[invitation.kind]} · ${TEAM.roles[invitation.role]}`}
              </p>
              <p className="quiet-words">{TEAM.until(dayAndTime(invitation.expiresAt))}</p>
            </div>
            <Button aria-label={TEAM.withdrawNamed(nameOf(invitation))} onPress={() => setAsked(invitation)}>
              {TEAM.withdraw}
            </Button>
          </li>
        ))}
      </ul>
      <ConfirmDialog
        isOpen={asked !== undefined}
        title={TEAM.withdrawTitle}
        confirm={TEAM.withdraw}
        cancel={TEAM.keep}
        onClose={() => setAsked(undefined)}
        onConfirm={() => asked && void withdraw.run(asked)}
      >
        {TEAM.withdrawText}
      </ConfirmDialog>
    </>
  );
}

function nameOf({ displayName, kind }: InvitationSummary): string {
  return displayName ?? TEAM.kinds[kind];
}
