import type { Account, Session } from '../domain/account.js';
import { fingerprintOf } from '../domain/account-fingerprint.js';
import { PERMISSIONS } from '../domain/permissions.js';
import type { Result } from './handler.js';

export interface SessionSettings {
  readonly idleLockMinutes: number;
  readonly requireSecondFactor: boolean;
  /** Who answers for the data. */
  readonly operator?: string;
  readonly isDemo: boolean;
}

type SessionView = Result<'readSession'>;

/** What the page needs to start: an allow-list, as every presenter. */
export function presentSession(
  { account, session }: { account: Account; session: Session },
  { idleLockMinutes, requireSecondFactor, operator, isDemo }: SessionSettings,
): SessionView {
  const { id, login, displayName, role, email, isAvailable } = account;
  const { salt, kdf, publicKey, wrappedPrivateKey } = account.credentials;
  return {
    account: { id, login, displayName, role, ...(email !== undefined && { email }), isAvailable },
    keys: {
      salt,
      kdf: presentKdf(kdf),
      publicKey,
      ...(!session.isLocked && { wrappedPrivateKey }),
      fingerprint: fingerprintOf(publicKey),
    },
    isLocked: session.isLocked,
    idleLockMinutes,
    secondFactor: account.secondFactor ? 'on' : requireSecondFactor ? 'required' : 'off',
    permissions: [...PERMISSIONS[role]],
    ...(operator !== undefined && { operator }),
    isDemo,
  };
}

/** One lane is all that browsers are ever asked for. */
export function presentKdf({
  algorithm,
  memoryKib,
  passes,
}: Account['credentials']['kdf']): SessionView['keys']['kdf'] {
  return { algorithm, memoryKib, passes, lanes: 1 };
}
