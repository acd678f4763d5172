import type { Account } from '../domain/account.js';
import type { DelegateId } from '../domain/desk-state.js';

export interface People {
  /** The person behind an id. Accounts are never removed, so that everything done keeps its name. */
  named(id: DelegateId): { readonly id: DelegateId; readonly displayName: string };
}

const NOBODY_KNOWN = 'Compte inconnu';

export function createPeople(accounts: readonly Account[]): People {
  const names = new Map(accounts.map(({ id, displayName }) => [id, displayName]));
  return { named: (id) => ({ id, displayName: names.get(id) ?? NOBODY_KNOWN }) };
}
