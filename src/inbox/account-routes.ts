import type { Account, Invitation } from '../domain/account.js';
import { fingerprintOf } from '../domain/account-fingerprint.js';
import type { Accounts } from '../domain/accounts.js';
import type { Presence } from '../domain/desk.js';
import type { MadeInvitation } from '../domain/invitations.js';
import { Refusal } from '../http/refusal.js';
import type { Handlers, Result } from './handler.js';
import { linkOf } from './links.js';

export interface AccountHandlerDependencies {
  readonly accounts: Accounts;
  readonly presence: Pick<Presence, 'isConnected'>;
}

type TeamView = Result<'readTeam'>;

/** What coordinators do with accounts. */
export function createAccountHandlers({
  accounts,
  presence,
}: AccountHandlerDependencies): Handlers<
  'readTeam' | 'invite' | 'withdrawInvitation' | 'changeAccount' | 'resetAccount'
> {
  async function team(): Promise<TeamView> {
    const [all, invitations] = await Promise.all([accounts.list(), accounts.listInvitations()]);
    return {
      accounts: all.map((account) => presentAccount(account, presence.isConnected(account.id))),
      invitations: invitations.map(presentInvitation),
    };
  }

  return {
    readTeam: team,
    async invite({ caller, body, baseUrl }) {
      return presentLink(await accounts.invite(body, caller.account.id), baseUrl);
    },
    async withdrawInvitation({ caller, params }) {
      if (!(await accounts.withdrawInvitation(params.id ?? '', caller.account.id))) throw new Refusal('NotFound');
      return { ok: true };
    },
    async changeAccount({ caller, params, body }) {
      const { id = '' } = params;
      // One's own is taken away with one's password.
      if (body.secondFactor === 'off' && id === caller.account.id) throw new Refusal('NotAllowed');
      await accounts.changeAccount(id, body, caller.account.id);
      return team();
    },
    async resetAccount({ caller, params, baseUrl }) {
      return presentLink(await accounts.reset(params.id ?? '', caller.account.id), baseUrl);
    },
  };
}

function presentAccount(account: Account, isConnected: boolean): TeamView['accounts'][number] {
  const { id, login, displayName, role, isDisabled, email, credentials, secondFactor, createdAt, lastSeenAt } = account;
  return {
    id,
    login,
    displayName,
    role,
    isDisabled,
    ...(email !== undefined && { email }),
    hasSecondFactor: secondFactor !== undefined,
    fingerprint: fingerprintOf(credentials.publicKey),
    createdAt,
    ...(lastSeenAt !== undefined && { lastSeenAt }),
    isConnected,
  };
}

function presentInvitation({ id, kind, role, displayName, expiresAt }: Invitation): TeamView['invitations'][number] {
  return { id, kind, role, ...(displayName !== undefined && { displayName }), expiresAt };
}

function presentLink({ invitation: { id, expiresAt }, token }: MadeInvitation, baseUrl: string): Result<'invite'> {
  return { id, token, url: linkOf(baseUrl, token), expiresAt };
}
