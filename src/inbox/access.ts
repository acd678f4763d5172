import type { Account, Session } from '../domain/account.js';
import { can } from '../domain/permissions.js';
import { Refusal } from '../http/refusal.js';
import type { Access } from './operations.js';

interface Found {
  readonly account: Account;
  readonly session: Session;
}

/**
 * The one rule of who may call what; `OPERATIONS` says which rule is whose.
 * @throws Refusal `NotLoggedIn`, `SessionLocked`, `SecondFactorRequired`, `NotAllowed`.
 */
export function requireAccess(
  access: Access,
  found: Found | undefined,
  settings: { readonly requireSecondFactor: boolean },
): void {
  if (access === 'anyone') return;
  if (!found) throw new Refusal('NotLoggedIn');
  if (access === 'locked') return;
  if (found.session.isLocked) throw new Refusal('SessionLocked');
  if (settings.requireSecondFactor && !found.account.secondFactor) throw new Refusal('SecondFactorRequired');
  if (access !== 'session' && !can(found.account.role, access)) throw new Refusal('NotAllowed');
}
