import type { Account } from '../../domain/account.js';
import { DomainError } from '../../domain/errors.js';
import type { AccountStore } from '../ports/account-store.js';
import type { RecordCollections } from '../record-collection.js';

export function createAccountStore(collections: RecordCollections): AccountStore {
  const accounts = collections<Account>({
    name: 'account',
    placeOf: ({ id, login, createdAt }) => ({ id, uniqueKey: login, sort: createdAt }),
  });

  return {
    create: (account) => accounts.insert({ ...account, rev: 0 }),
    load: async (id) => (await accounts.load(id))?.value,
    findByLogin: async (login) => (await accounts.findByUniqueKey(login))?.value,
    list: () => accounts.list(),
    async update(account) {
      const outcome = await accounts.replace({ ...account, rev: account.rev + 1 }, account.rev);
      if (outcome === 'gone') throw new DomainError('account-gone', 'The account does not exist');
      if (outcome === 'conflict') throw new DomainError('revision-conflict', 'Another change came first');
    },
  };
}
