import type { Account, Role } from './account.js';
import type { By } from './account-attempts.js';
import { type AccountParts, loadAccount } from './account-parts.js';
import type { AuditAction } from './audit.js';
import type { DelegateId } from './desk-state.js';
import { DomainError } from './errors.js';
import { actor } from './invitations.js';
import { withoutSecondFactor } from './second-factor.js';

/** What a coordinator, or the operator, may change of an account. */
export interface AccountChange {
  readonly displayName?: string | undefined;
  readonly role?: Role | undefined;
  readonly isDisabled?: boolean | undefined;
  readonly secondFactor?: 'off' | undefined;
}

/** What people may change of their own; `null` takes the address away. */
export interface ProfileChange {
  readonly displayName?: string | undefined;
  readonly email?: string | null | undefined;
  readonly isAvailable?: boolean | undefined;
}

export interface AccountTeam {
  /** The oldest first. */
  list(): Promise<readonly Account[]>;
  findByLogin(login: string): Promise<Account | undefined>;
  changeProfile(id: DelegateId, change: ProfileChange): Promise<Account>;
  /**
   * A new role, or being disabled, ends the account's sessions and the links that it gave out. Whoever is disabled is
   * rung on no device any more.
   * @throws DomainError `account-gone`, `last-coordinator`.
   */
  changeAccount(id: DelegateId, change: AccountChange, by: By): Promise<Account>;
}

export function createAccountTeam(parts: AccountParts): Omit<AccountTeam, 'findByLogin'> {
  const { accounts, audit } = parts;

  async function hasCoordinatorBesides(id: DelegateId): Promise<boolean> {
    return (await accounts.list()).some((account) => account.id !== id && isActiveCoordinator(account));
  }

  async function keepOneCoordinator(before: Account, after: Account): Promise<void> {
    if (!isActiveCoordinator(before) || isActiveCoordinator(after)) return;
    if (!(await hasCoordinatorBesides(before.id))) throw lastCoordinator();
  }

  return {
    list: () => accounts.list(),

    async changeProfile(id, { displayName, email, isAvailable }) {
      const account = await parts.change(id, ({ email: presentEmail, ...found }) => {
        const nextEmail = email === undefined ? presentEmail : (email ?? undefined);
        return {
          ...found,
          ...(nextEmail !== undefined && { email: nextEmail }),
          ...(displayName !== undefined && { displayName }),
          ...(isAvailable !== undefined && { isAvailable }),
        };
      });
      if (displayName !== undefined || email !== undefined) {
        await audit.record({ action: 'account.changed', actor: id, subject: id });
      }
      return account;
    },

    async changeAccount(id, change, by) {
      const before = await loadAccount(accounts, id);
      await keepOneCoordinator(before, apply(before, change));
      const after = await parts.change(id, (found) => apply(found, change));
      try {
        // Again: two coordinators may have taken the role from each other at once.
        await keepOneCoordinator(before, after);
      } catch (error) {
        const { role, isDisabled } = before;
        await parts.change(id, (found) => ({ ...found, role, isDisabled }));
        throw error;
      }
      await withdrawRights(parts, before, after);
      for (const action of actionsOf(before, after)) {
        const details = { ...(before.role !== after.role && { role: after.role }) };
        await audit.record({ action, ...actor(by), subject: id, details });
      }
      return after;
    },
  };
}

function apply(account: Account, { displayName, role, isDisabled, secondFactor }: AccountChange): Account {
  return {
    ...(secondFactor === 'off' ? withoutSecondFactor(account) : account),
    ...(displayName !== undefined && { displayName }),
    ...(role !== undefined && { role }),
    ...(isDisabled !== undefined && { isDisabled }),
  };
}

async function withdrawRights(parts: AccountParts, before: Account, after: Account): Promise<void> {
  const { sessions, invitations, push } = parts;
  const isDisabledNow = after.isDisabled && !before.isDisabled;
  if (!isDisabledNow && before.role === after.role) return;
  await sessions.endOf(after.id);
  if (isDisabledNow) await push.removeOf(after.id);
  for (const { id, createdBy, accountId } of await invitations.list()) {
    if (createdBy === after.id || accountId === after.id) await invitations.remove(id);
  }
}

function actionsOf(before: Account, after: Account): readonly AuditAction[] {
  const actions: AuditAction[] = [];
  if (before.displayName !== after.displayName || before.role !== after.role) actions.push('account.changed');
  if (!before.isDisabled && after.isDisabled) actions.push('account.disabled');
  if (before.isDisabled && !after.isDisabled) actions.push('account.enabled');
  if (before.secondFactor && !after.secondFactor) actions.push('account.second-factor-off');
  return actions;
}

function isActiveCoordinator({ role, isDisabled }: Account): boolean {
  return role === 'coordinator' && !isDisabled;
}

function lastCoordinator(): DomainError {
  return new DomainError('last-coordinator', 'No active coordinator would be left');
}
