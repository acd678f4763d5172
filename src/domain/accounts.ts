import { type AccountsDependencies, createAccountParts } from './account-parts.js';
import { type AccountSecondFactor, createAccountSecondFactor } from './account-second-factor.js';
import { foldLogin } from './account-secrets.js';
import { type AccountSessions, createAccountSessions } from './account-sessions.js';
import { type AccountTeam, createAccountTeam } from './account-team.js';
import { createInvitations, type Invitations } from './invitations.js';

/** `info` of the key that `createAccounts` wants; never changed once released: passwords are checked with it. */
export const ACCOUNTS_KEY_PURPOSE = 'permanence/accounts/v1';

/** Everything about delegates' accounts. All of it rejects with DomainErrors, `storage-unavailable` among them. */
export interface Accounts extends AccountSessions, AccountSecondFactor, AccountTeam, Invitations {
  /** Called after each change of an account in this process. Returns the function that ends it. */
  subscribe(listener: () => void): () => void;
}

export function createAccounts(deps: AccountsDependencies): Accounts {
  const listeners = new Set<() => void>();
  const parts = createAccountParts(deps, () => {
    for (const listener of [...listeners]) listener();
  });

  return {
    ...createAccountSessions(parts),
    ...createAccountSecondFactor(parts),
    ...createAccountTeam(parts),
    ...createInvitations(parts),
    findByLogin: (login) => deps.accounts.findByLogin(foldLogin(login)),
    subscribe(listener) {
      // A function of its own: the same one may be given twice.
      const own = (): void => listener();
      listeners.add(own);
      return () => listeners.delete(own);
    },
  };
}
