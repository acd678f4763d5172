import type { Account, KdfParameters, Session } from './account.js';
import type { Client } from './account-attempts.js';
import { type AccountParts, type NewCredentials, requireKdf, toCredentials } from './account-parts.js';
import { proveByLogin, provePassword } from './account-proof.js';
import { DEFAULT_KDF, foldLogin } from './account-secrets.js';
import { DomainError } from './errors.js';
import { DURING_RECOVERY, withStep } from './second-factor.js';
import type { OpenedSession } from './sessions.js';

/** A session as it was opened or renewed: the cookie's token is to be replaced by this one. */
export interface Opened extends OpenedSession {
  readonly account: Account;
}

/** Who calls, as the router found them. */
export interface Holder {
  readonly account: Account;
  readonly session: Session;
}

export interface NewPassword {
  readonly authKey: string;
  readonly salt: string;
  readonly kdf: KdfParameters;
  readonly newAuthKey: string;
  readonly wrappedPrivateKey: string;
}

interface ByLogin {
  readonly login: string;
  readonly code?: string | undefined;
}

/**
 * Ways into a session. Where a password, key or code is proven, they throw DomainError `wrong-credentials`,
 * `second-factor-needed`, `wrong-code` and `too-many-attempts`; what is new of the keys may be `unfit-credentials`.
 */
export interface AccountSessions {
  /** For logins that nobody has, an answer like any other. */
  parameters(login: string): Promise<{ salt: string; kdf: KdfParameters }>;
  logIn(given: ByLogin & { readonly authKey: string }, client: Client): Promise<Opened>;
  /** @throws DomainError `session-over`. */
  unlock(holder: Holder, authKey: string, client: Client): Promise<Opened>;
  logOut(holder: Holder): Promise<void>;
  startRecovery(given: ByLogin & { readonly recoveryAuthKey: string }, client: Client): Promise<Account>;
  /** Ends the account's sessions and opens a new one. The key pair stays. */
  finishRecovery(
    given: ByLogin & { readonly recoveryAuthKey: string; readonly credentials: NewCredentials },
    client: Client,
  ): Promise<Opened>;
  /** Ends the other sessions. The key pair and the recovery key stay. */
  changePassword(holder: Holder, given: NewPassword, client: Client): Promise<Opened>;
  /** False when it is not one of theirs. */
  revoke(account: Account, sessionId: string): Promise<boolean>;
  revokeOthers(holder: Holder): Promise<void>;
}

export function createAccountSessions(parts: AccountParts): AccountSessions {
  const { accounts, sessions, audit, secrets, clock } = parts;

  const open = (account: Account, client: Client): Promise<Opened> => openSession(parts, account, client);

  return {
    async parameters(login) {
      const folded = foldLogin(login);
      const account = await accounts.findByLogin(folded);
      const salt = secrets.fakeSalt(folded);
      return account ? { salt: account.credentials.salt, kdf: account.credentials.kdf } : { salt, kdf: DEFAULT_KDF };
    },

    async logIn({ login, authKey, code }, client) {
      const proof = { login, kind: 'password', authKey, code } as const;
      const account = await proveByLogin(parts, proof, client, (found, step) => ({
        ...withStep(found, step),
        lastSeenAt: clock().getTime(),
      }));
      return open(account, client);
    },

    async unlock({ account, session }, authKey, client) {
      await provePassword(parts, { account, authKey }, client);
      return { ...(await sessions.renew(session)), account };
    },

    async logOut({ account, session }) {
      await sessions.end(session.id);
      await audit.record({ action: 'session.ended', actor: account.id, details: { device: session.device } });
    },

    startRecovery: ({ login, recoveryAuthKey, code }, client) =>
      proveByLogin(parts, { login, kind: 'recovery', authKey: recoveryAuthKey, code }, client),

    async finishRecovery({ login, recoveryAuthKey, code, credentials }, client) {
      const proof = { login, kind: 'recovery', authKey: recoveryAuthKey, code, window: DURING_RECOVERY } as const;
      const account = await proveByLogin(parts, proof, client, (found, step) => {
        requireSameKeyPair(found, credentials);
        return {
          ...withStep(found, step),
          credentials: toCredentials(secrets, credentials),
          lastSeenAt: clock().getTime(),
        };
      });
      await sessions.endOf(account.id);
      await audit.record({ action: 'account.recovered', actor: account.id });
      return open(account, client);
    },

    async changePassword({ account, session }, { authKey, salt, kdf, newAuthKey, wrappedPrivateKey }, client) {
      requireKdf(kdf, account.credentials.kdf);
      await provePassword(parts, { account, authKey }, client);
      const authKeyHash = secrets.hashAuthKey('password', newAuthKey);
      const proven = account.credentials.authKeyHash;
      const changed = await parts.change(account.id, (found) => {
        if (found.credentials.authKeyHash !== proven) throw new DomainError('wrong-credentials', 'Changed meanwhile');
        return { ...found, credentials: { ...found.credentials, salt, kdf, authKeyHash, wrappedPrivateKey } };
      });
      await sessions.endOf(account.id, session.id);
      await audit.record({ action: 'account.password-changed', actor: account.id });
      return { ...(await sessions.renew(session)), account: changed };
    },

    async revoke(account, sessionId) {
      const own = await sessions.listOf(account.id);
      if (!own.some(({ id }) => id === sessionId) || !(await sessions.end(sessionId))) return false;
      await audit.record({ action: 'session.revoked', actor: account.id, subject: account.id });
      return true;
    },

    async revokeOthers({ account, session }) {
      const count = await sessions.endOf(account.id, session.id);
      if (count === 0) return;
      await audit.record({ action: 'session.revoked', actor: account.id, subject: account.id, details: { count } });
    },
  };
}

/** @throws DomainError `wrong-credentials` when what was proven has been changed meanwhile. */
export async function openSession(
  { accounts, sessions, audit }: AccountParts,
  account: Account,
  { device }: Client,
): Promise<Opened> {
  const opened = await sessions.open(account.id, device);
  // Whoever changed the password a moment ago ended all sessions but this one.
  const stored = await accounts.load(account.id);
  if (stored?.credentials.authKeyHash !== account.credentials.authKeyHash) {
    await sessions.end(opened.session.id);
    throw new DomainError('wrong-credentials', 'The password was changed meanwhile');
  }
  await audit.record({ action: 'session.opened', actor: account.id, details: { device } });
  return { ...opened, account };
}

function requireSameKeyPair({ credentials }: Account, given: NewCredentials): void {
  requireKdf(given.kdf, credentials.kdf);
  if (given.publicKey !== credentials.publicKey) throw new DomainError('unfit-credentials', 'Another key pair');
}
