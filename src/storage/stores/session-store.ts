import type { Session } from '../../domain/account.js';
import type { SessionStore } from '../ports/account-store.js';
import type { RecordCollections } from '../record-collection.js';

export function createSessionStore(collections: RecordCollections): SessionStore {
  const sessions = collections<Session>({
    name: 'session',
    placeOf: ({ id, accountId, lastActiveAt }) => ({ id, owner: accountId, sort: lastActiveAt }),
  });

  /** Again after another change: each round one of the changes gets through, so it ends. */
  async function update(id: string, change: Parameters<SessionStore['update']>[1]): Promise<boolean> {
    for (;;) {
      const stored = await sessions.load(id);
      if (!stored) return false;
      const outcome = await sessions.replace({ ...stored.value, ...change }, stored.rev);
      if (outcome !== 'conflict') return outcome === 'replaced';
    }
  }

  async function removeOf(accountId: string, exceptId?: string): Promise<readonly string[]> {
    const removed: string[] = [];
    for (const { id } of await sessions.list({ owner: accountId })) {
      if (id !== exceptId && (await sessions.remove(id))) removed.push(id);
    }
    return removed;
  }

  return {
    create: (session) => sessions.insert(session),
    load: async (id) => (await sessions.load(id))?.value,
    update,
    listOf: (accountId) => sessions.list({ owner: accountId, order: 'descending' }),
    remove: (id) => sessions.remove(id),
    removeOf,
    removeInactiveSince: (before) => sessions.removeRange({ before }),
  };
}
