import type { ReactNode } from 'react';
import type { AccountView } from '../api/types.js';
import { dayAndTime } from '../app/dates.js';
import { useSession } from '../app/session.js';
import { TEAM } from '../strings-team.js';
import { ConfirmDialog, DetailsList, Fingerprint, Menu, ProblemNotice } from '../ui/index.js';
import { type MemberActionsProps, useMemberActions } from './use-member-actions.js';

/** One account: who it is, how to check their key, and what a coordinator may do with it. */
export function Member(props: MemberActionsProps): ReactNode {
  const { account } = props;
  const { session } = useSession();
  const isSelf = account.id === session.account.id;
  const { entries, asked, problem } = useMemberActions(props);
  return (
    <li>
      <div className="member">
        <div className="member-head">
          <div>
            <h3>{isSelf ? `${account.displayName} (${TEAM.you})` : account.displayName}</h3>
            <MemberTags account={account} />
          </div>
          {/* One's own account is changed under « Mon compte », and nobody shuts themselves out. */}
          {!isSelf && <Menu label={TEAM.actions} aria-label={TEAM.actionsFor(account.displayName)} entries={entries} />}
        </div>
        <ProblemNotice problem={problem} />
        <MemberDetails account={account} />
        {asked && <ConfirmDialog {...asked} isOpen cancel={TEAM.keep} />}
      </div>
    </li>
  );
}

function MemberTags({ account }: { readonly account: AccountView }): ReactNode {
  return (
    <p className="tags">
      <span className="tag">{TEAM.roles[account.role]}</span>
      {account.isDisabled && <span className="tag warning">{TEAM.disabled}</span>}
      {!account.isDisabled && account.isConnected && <span className="tag there">{TEAM.connected}</span>}
      {!account.isDisabled && !account.isConnected && <span className="tag">{TEAM.notConnected}</span>}
    </p>
  );
}

function MemberDetails({ account }: { readonly account: AccountView }): ReactNode {
  const { login, email, hasSecondFactor, lastSeenAt, fingerprint } = account;
  return (
    <DetailsList
      entries={[
        [TEAM.login, login],
        [TEAM.email, email],
        [TEAM.factor, hasSecondFactor ? TEAM.factorOn : TEAM.factorOff],
        [TEAM.lastSeen, lastSeenAt === undefined ? TEAM.never : dayAndTime(lastSeenAt)],
        [TEAM.fingerprint, <Fingerprint key="key">{fingerprint}</Fingerprint>],
      ]}
    />
  );
}
