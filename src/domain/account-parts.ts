import type { AccountStore, InvitationStore } from '../storage/ports/account-store.js';
import type { PushStore } from '../storage/ports/settings-store.js';
import type { Account, Credentials, KdfParameters } from './account.js';
import type { Attempts } from './account-attempts.js';
import { type AccountSecrets, createAccountSecrets, DEFAULT_KDF } from './account-secrets.js';
import type { AuditLog } from './audit-log.js';
import type { Clock } from './clock.js';
import type { DelegateId } from './desk-state.js';
import { DomainError, isDomainError } from './errors.js';
import type { ReportSealing } from './report-sealing.js';
import type { Totp } from './second-factor.js';
import type { Sessions } from './sessions.js';

export interface AccountsDependencies {
  readonly accounts: AccountStore;
  readonly invitations: InvitationStore;
  readonly sessions: Sessions;
  /** Where the alarm may reach an account. */
  readonly push: Pick<PushStore, 'removeOf'>;
  readonly audit: Pick<AuditLog, 'record'>;
  readonly attempts: Attempts;
  readonly totp: Totp;
  readonly sealing: Pick<ReportSealing, 'makeDataKey' | 'sealDataKey'>;
  readonly clock: Clock;
  /** 32 bytes, the same in every process: `deriveKey(key, ACCOUNTS_KEY_PURPOSE)`. */
  readonly secretKey: Uint8Array;
  readonly settings: AccountSettings;
}

export interface AccountSettings {
  readonly requireSecondFactor: boolean;
  readonly invitationHours: number;
}

/** What a browser made of a new password and a new recovery key; base64url. */
export interface NewCredentials
  extends Pick<Credentials, 'salt' | 'kdf' | 'publicKey' | 'wrappedPrivateKey' | 'recoveryWrappedPrivateKey'> {
  readonly authKey: string;
  readonly recoveryAuthKey: string;
}

/** What the account services share. */
export interface AccountParts extends Omit<AccountsDependencies, 'secretKey'> {
  readonly secrets: AccountSecrets;
  /** One compare-and-set, tried again when another change came first. @throws DomainError `account-gone`. */
  change(id: DelegateId, apply: (account: Account) => Account): Promise<Account>;
  /** Stores the account; undefined when another change came first. */
  tryUpdate(account: Account): Promise<Account | undefined>;
  /** Tells those who show the team. */
  changed(): void;
}

export const MAX_TRIES = 20;

export function createAccountParts(deps: AccountsDependencies, changed: () => void): AccountParts {
  const { accounts } = deps;

  async function tryUpdate(account: Account): Promise<Account | undefined> {
    try {
      await accounts.update(account);
    } catch (error) {
      if (isDomainError(error, 'revision-conflict')) return undefined;
      throw error;
    }
    changed();
    return { ...account, rev: account.rev + 1 };
  }

  return {
    ...deps,
    secrets: createAccountSecrets(deps.secretKey),
    changed,
    tryUpdate,
    async change(id, apply) {
      for (let tries = 0; tries < MAX_TRIES; tries += 1) {
        const updated = await tryUpdate(apply(await loadAccount(accounts, id)));
        if (updated) return updated;
      }
      throw overtaken();
    },
  };
}

/** @throws DomainError `account-gone`. */
export async function loadAccount(accounts: Pick<AccountStore, 'load'>, id: DelegateId): Promise<Account> {
  const account = await accounts.load(id);
  if (!account) throw new DomainError('account-gone', 'The account does not exist');
  return account;
}

export function overtaken(): DomainError {
  return new DomainError('revision-conflict', 'Other changes came first');
}

export function toCredentials(secrets: AccountSecrets, given: NewCredentials): Credentials {
  const { authKey, recoveryAuthKey, salt, kdf, publicKey, wrappedPrivateKey, recoveryWrappedPrivateKey } = given;
  return {
    salt,
    kdf,
    publicKey,
    wrappedPrivateKey,
    recoveryWrappedPrivateKey,
    authKeyHash: secrets.hashAuthKey('password', authKey),
    recoveryAuthKeyHash: secrets.hashAuthKey('recovery', recoveryAuthKey),
  };
}

/**
 * Not every text of the right length is a public key. With one to which nothing can be sealed in the team, no colleague
 * could answer any report.
 * @throws DomainError `unfit-credentials`.
 */
export async function requireSealableKey(
  { sealing }: Pick<AccountParts, 'sealing'>,
  { publicKey }: Pick<Credentials, 'publicKey'>,
): Promise<void> {
  try {
    await sealing.sealDataKey(sealing.makeDataKey(), { reportId: '', keyId: '' }, publicKey);
  } catch (cause) {
    throw new DomainError('unfit-credentials', 'Nothing can be sealed to this public key', { cause });
  }
}

/**
 * Parameters of one's own would tell a real login from one that nobody has.
 * @param present those that the account has already.
 * @throws DomainError `unfit-credentials`.
 */
export function requireKdf(kdf: KdfParameters, present?: KdfParameters): void {
  const isSame = (other: KdfParameters): boolean =>
    kdf.algorithm === other.algorithm &&
    kdf.memoryKib === other.memoryKib &&
    kdf.passes === other.passes &&
    kdf.lanes === other.lanes;
  if (!isSame(DEFAULT_KDF) && !(present && isSame(present))) {
    throw new DomainError('unfit-credentials', 'Other parameters of Argon2id than those asked for');
  }
}
