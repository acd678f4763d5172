import type { Account } from './account.js';
import type { Attempt, Client } from './account-attempts.js';
import { type AccountParts, MAX_TRIES, overtaken } from './account-parts.js';
import { type AuthKeyKind, foldLogin } from './account-secrets.js';
import { DomainError, isDomainError } from './errors.js';
import { checkCode, DRIFT, DURING_RECOVERY, type StepWindow } from './second-factor.js';

export interface Proof {
  readonly login: string;
  readonly kind: AuthKeyKind;
  readonly authKey: string;
  readonly code?: string | undefined;
  /** Which codes are accepted. */
  readonly window?: StepWindow;
}

/**
 * Proves who somebody is, before there is a session: key first, code second. An unknown login, a disabled account and a
 * wrong key take the same path: one reading, one comparison, one line of the log.
 * @param change what to store of it, at the revision that was checked; nothing is stored without it.
 * @throws DomainError `wrong-credentials`, `second-factor-needed`, `wrong-code`, `too-many-attempts`.
 */
export async function proveByLogin(
  parts: AccountParts,
  proof: Proof,
  client: Client,
  change?: (account: Account, step: number | undefined) => Account,
): Promise<Account> {
  const login = foldLogin(proof.login);
  const attempt = await parts.attempts.begin({ login, address: client.address });
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const account = await checkKey(parts, { ...proof, login }, client);
    const step = await checkStep(parts, account, proof, client, attempt);
    const proven = change ? await parts.tryUpdate(change(account, step)) : account;
    if (!proven) continue;
    await attempt.succeed();
    return proven;
  }
  throw overtaken();
}

/**
 * Asks for the password once more, within a session.
 * @throws DomainError `wrong-credentials`, `too-many-attempts`.
 */
export async function provePassword(
  parts: AccountParts,
  { account, authKey }: { account: Account; authKey: string },
  client: Client,
): Promise<void> {
  const attempt = await parts.attempts.begin({ login: account.login, address: client.address });
  if (!parts.secrets.isAuthKey('password', authKey, account.credentials.authKeyHash)) {
    await refuse(parts, account, client, 'password');
    throw new DomainError('wrong-credentials', 'Wrong password');
  }
  await attempt.succeed();
}

/**
 * Asks for the code of an account that has a second factor, where a link stands for the key.
 * @returns the step, to be stored with `withStep`.
 * @throws DomainError `second-factor-needed`, `wrong-code`, `too-many-attempts`.
 */
export async function proveCode(
  parts: AccountParts,
  account: Account,
  code: string | undefined,
  client: Client,
): Promise<number | undefined> {
  const attempt = await parts.attempts.begin({ login: account.login, address: client.address });
  // Choosing a password takes minutes.
  const step = await checkStep(parts, account, { code, window: DURING_RECOVERY }, client, attempt);
  await attempt.succeed();
  return step;
}

async function checkKey(
  { accounts, secrets, ...parts }: AccountParts,
  { login, kind, authKey }: Proof,
  client: Client,
): Promise<Account> {
  const account = await accounts.findByLogin(login);
  const hash = kind === 'password' ? account?.credentials.authKeyHash : account?.credentials.recoveryAuthKeyHash;
  const isRight = secrets.isAuthKey(kind, authKey, hash);
  if (account && isRight && !account.isDisabled) return account;
  await refuse(parts, account, client, kind);
  throw new DomainError('wrong-credentials', 'Unknown login, disabled account or wrong key');
}

async function checkStep(
  parts: AccountParts,
  account: Account,
  { code, window = DRIFT }: Pick<Proof, 'code' | 'window'>,
  client: Client,
  attempt: Attempt,
): Promise<number | undefined> {
  try {
    return checkCode(parts.totp, account, code, { at: parts.clock(), window });
  } catch (error) {
    if (isDomainError(error, 'second-factor-needed')) await attempt.forgive();
    if (isDomainError(error, 'wrong-code')) await refuse(parts, account, client, 'code');
    throw error;
  }
}

function refuse(
  { audit }: Pick<AccountParts, 'audit'>,
  account: Account | undefined,
  { device }: Client,
  by: AuthKeyKind | 'code',
): Promise<void> {
  return audit.record({
    action: 'session.refused',
    ...(account && { subject: account.id }),
    details: { by, device },
  });
}
