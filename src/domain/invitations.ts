import { randomUUID } from 'node:crypto';
import type { Account, Invitation, Role } from './account.js';
import type { By, Client } from './account-attempts.js';
import {
  type AccountParts,
  loadAccount,
  type NewCredentials,
  requireKdf,
  requireSealableKey,
  toCredentials,
} from './account-parts.js';
import { proveCode } from './account-proof.js';
import { foldLogin, newToken, tokenId } from './account-secrets.js';
import { type Opened, openSession } from './account-sessions.js';
import { DomainError, isDomainError } from './errors.js';
import { withStep } from './second-factor.js';

const HOUR_MS = 60 * 60 * 1000;
const SETUP_HOURS = 24;

/** A link as it was made: the token is in it, and nowhere else. */
export interface MadeInvitation {
  readonly invitation: Invitation;
  readonly token: string;
}

export interface Acceptance {
  readonly token: string;
  /** For a new account; a reset changes neither the login nor the name. */
  readonly login: string;
  readonly displayName: string;
  readonly credentials: NewCredentials;
  /** For a reset of an account that has a second factor. */
  readonly code?: string | undefined;
}

/** Links, each of which works once. */
export interface Invitations {
  /**
   * The link for the first coordinator: the same for all processes that start on one database, as long as it lasts; nothing as
   * soon as there is an account.
   * @param options.isAnother in place of the earlier one.
   */
  ensureSetupInvitation(options?: { readonly isAnother?: boolean }): Promise<MadeInvitation | undefined>;
  invite(given: { readonly displayName: string; readonly role: Role }, by: By): Promise<MadeInvitation>;
  /** Ends the account's sessions; the old password holds until the link is used. @throws DomainError `account-gone`. */
  reset(accountId: string, by: By): Promise<MadeInvitation>;
  /** False when there was none. */
  withdrawInvitation(id: string, by: By): Promise<boolean>;
  /** Those that still work, the soonest to expire first. */
  listInvitations(): Promise<readonly Invitation[]>;
  /** `account`: that of a reset. @throws DomainError `invalid-link`. */
  readInvitation(token: string): Promise<{ invitation: Invitation; account?: Account }>;
  /**
   * Makes the account, or gives it new keys and ends its sessions; then opens one.
   * @throws DomainError `invalid-link`, `unfit-credentials`; and `login-taken`, `second-factor-needed`, `wrong-code`, after
   * which the link still works.
   */
  accept(given: Acceptance, client: Client): Promise<Opened>;
}

export function createInvitations(parts: AccountParts): Invitations {
  const { accounts, invitations, sessions, audit, clock, settings } = parts;
  const now = (): number => clock().getTime();

  async function make(
    values: Omit<Invitation, 'id' | 'createdAt' | 'expiresAt'>,
    hours = settings.invitationHours,
  ): Promise<MadeInvitation> {
    const token = newToken();
    const createdAt = now();
    const invitation = { ...values, id: tokenId(token), createdAt, expiresAt: createdAt + hours * HOUR_MS };
    await invitations.create(invitation);
    return { invitation, token };
  }

  async function removeWhere(isMeant: (invitation: Invitation) => boolean): Promise<void> {
    for (const invitation of await invitations.list()) if (isMeant(invitation)) await invitations.remove(invitation.id);
  }

  const withSetupToken = (invitation: Invitation): MadeInvitation => ({
    invitation,
    token: parts.secrets.setupToken(invitation.createdAt),
  });

  function isGoodSetup({ invitation: { kind, id, expiresAt }, token }: MadeInvitation): boolean {
    return kind === 'setup' && id === tokenId(token) && expiresAt > now() + HOUR_MS;
  }

  /** Processes that start within the same hour make the same one; another one is that of its own moment. */
  async function makeSetup(isAnother: boolean): Promise<MadeInvitation> {
    const createdAt = isAnother ? now() + (now() % HOUR_MS === 0 ? 1 : 0) : now() - (now() % HOUR_MS);
    const token = parts.secrets.setupToken(createdAt);
    const invitation = {
      kind: 'setup',
      role: 'coordinator',
      createdAt,
      id: tokenId(token),
      expiresAt: now() + SETUP_HOURS * HOUR_MS,
    } as const;
    try {
      await invitations.create(invitation);
    } catch (error) {
      if (!isDomainError(error, 'duplicate')) throw error;
    }
    return { invitation, token };
  }

  const read = (token: string) => readLink(parts, token);

  return {
    async ensureSetupInvitation({ isAnother = false } = {}) {
      const isNeeded = (await accounts.list()).length === 0;
      const known =
        isNeeded && !isAnother ? (await invitations.list()).map(withSetupToken).find(isGoodSetup) : undefined;
      if (known) return known;
      await removeWhere(({ kind }) => kind === 'setup');
      return isNeeded ? makeSetup(isAnother) : undefined;
    },

    async invite({ displayName, role }, by) {
      const made = await make({ kind: 'invitation', role, displayName, ...createdBy(by) });
      await audit.record({ action: 'invitation.created', ...actor(by), details: { role, name: displayName } });
      return made;
    },

    async reset(accountId, by) {
      const account = await loadAccount(accounts, accountId);
      if (account.isDisabled) throw new DomainError('account-gone', 'The account is disabled');
      await removeWhere((invitation) => invitation.accountId === accountId);
      const { role, displayName } = account;
      const made = await make({ kind: 'reset', role, displayName, accountId, ...createdBy(by) });
      await sessions.endOf(accountId);
      await audit.record({ action: 'account.reset', ...actor(by), subject: accountId });
      return made;
    },

    async withdrawInvitation(id, by) {
      const wasThere = await invitations.remove(id);
      if (wasThere) await audit.record({ action: 'invitation.withdrawn', ...actor(by) });
      return wasThere;
    },

    listInvitations: async () => (await invitations.list()).filter(({ expiresAt }) => expiresAt > now()),
    readInvitation: read,

    async accept(given, client) {
      const { invitation, account } = await read(given.token);
      requireKdf(given.credentials.kdf);
      await requireSealableKey(parts, given.credentials);
      if (!account && (await accounts.findByLogin(foldLogin(given.login)))) throw loginTaken();
      const step = account && (await proveCode(parts, account, given.code, client));
      if (!(await invitations.remove(invitation.id))) throw invalidLink();
      const accepted = account
        ? await renewKeys(parts, account, { ...given, step })
        : await makeAccount(parts, invitation, given);
      return openSession(parts, accepted, client);
    },
  };
}

async function readLink(
  { accounts, invitations, clock }: AccountParts,
  token: string,
): Promise<{ invitation: Invitation; account?: Account }> {
  const invitation = await invitations.load(tokenId(token));
  if (!invitation || invitation.expiresAt <= clock().getTime()) throw invalidLink();
  if (invitation.kind === 'setup' && (await accounts.list()).length > 0) throw invalidLink();
  if (invitation.kind !== 'reset') return { invitation };
  const account = await accounts.load(invitation.accountId ?? '');
  if (!account || account.isDisabled) throw invalidLink();
  return { invitation, account };
}

/** @throws DomainError `login-taken`; the invitation is put back then. */
async function makeAccount(
  { accounts, invitations, audit, secrets, clock, changed }: AccountParts,
  invitation: Invitation,
  { login, displayName, credentials }: Acceptance,
): Promise<Account> {
  const at = clock().getTime();
  const account: Account = {
    id: randomUUID(),
    rev: 0,
    login: foldLogin(login),
    displayName,
    role: invitation.role,
    isDisabled: false,
    credentials: toCredentials(secrets, credentials),
    isAvailable: true,
    createdAt: at,
    lastSeenAt: at,
  };
  try {
    await accounts.create(account);
  } catch (error) {
    await invitations.create(invitation);
    throw isDomainError(error, 'duplicate') ? loginTaken() : error;
  }
  changed();
  await audit.record({
    action: 'account.created',
    ...actor(invitation.createdBy),
    subject: account.id,
    details: { role: account.role },
  });
  return account;
}

async function renewKeys(
  parts: AccountParts,
  { id }: Account,
  { credentials, step }: Pick<Acceptance, 'credentials'> & { readonly step: number | undefined },
): Promise<Account> {
  const account = await parts.change(id, (found) => ({
    ...withStep(found, step),
    credentials: toCredentials(parts.secrets, credentials),
    lastSeenAt: parts.clock().getTime(),
  }));
  await parts.sessions.endOf(id);
  await parts.audit.record({ action: 'account.password-changed', actor: id, details: { by: 'link' } });
  return account;
}

export function actor(by: By): { actor?: string } {
  return by === undefined ? {} : { actor: by };
}

function createdBy(by: By): { createdBy?: string } {
  return by === undefined ? {} : { createdBy: by };
}

function invalidLink(): DomainError {
  return new DomainError('invalid-link', 'Unknown, used, expired or withdrawn');
}

function loginTaken(): DomainError {
  return new DomainError('login-taken', 'Somebody else has this login');
}
