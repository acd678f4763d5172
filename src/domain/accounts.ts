import { type AccountsDependencies, createAccountParts } from './account-parts.js';
import { type AccountSecondFactor, createAccountSecondFactor } from './account-second-factor.js';
import { foldLogin } from './account-secrets.js';
import { type AccountSessions, createAccountSessions } from './account-sessions.js';
import { type AccountTeam, createAccountTeam } from './account-team.js';
import { createInvitations, type Invitations } from './invitations.js';
import type { SharedChanges } from './shared-changes.js';

/** `info` of the key that `createAccounts` wants; never changed once released: passwords are checked with it. */
export const ACCOUNTS_KEY_PURPOSE = 'permanence/accounts/v1';

/** Everything about delegates' accounts. All of it rejects with DomainErrors, `storage-unavailable` among them. */
export interface Accounts extends AccountSessions, AccountSecondFactor, AccountTeam, Invitations {
  /**
   * Called after each change of an account: by this process, or, some may be missed, by another one, which does itself what
   * follows from it. Returns the function that ends it.
   */
  subscribe(listener: (by: 'self' | 'other') => void): () => void;
}

/** @param changes other processes learn of what changes here, and are heard. */
export function createAccounts(deps: AccountsDependencies, changes?: SharedChanges): Accounts {
  const listeners = new Set<(by: 'self' | 'other') => void>();
  const tell = (by: 'self' | 'other'): void => {
    for (const listener of [...listeners]) listener(by);
  };
  const parts = createAccountParts(deps, () => {
    tell('self');
    changes?.tell('accounts');
  });
  changes?.listen('accounts', () => tell('other'));

  return {
    ...createAccountSessions(parts),
    ...createAccountSecondFactor(parts),
    ...createAccountTeam(parts),
    ...createInvitations(parts),
    findByLogin: (login) => deps.accounts.findByLogin(foldLogin(login)),
    subscribe(listener) {
      // A function of its own: the same one may be given twice.
      const own = (by: 'self' | 'other'): void => listener(by);
      listeners.add(own);
      return () => listeners.delete(own);
    },
  };
}
