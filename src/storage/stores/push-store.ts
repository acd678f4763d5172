import type { PushStore, PushSubscription } from '../ports/settings-store.js';
import type { RecordCollections } from '../record-collection.js';

export function createPushStore(collections: RecordCollections): PushStore {
  const subscriptions = collections<PushSubscription>({
    name: 'push',
    placeOf: ({ id, accountId, createdAt }) => ({ id, owner: accountId, sort: createdAt }),
  });

  return {
    save: (subscription) => subscriptions.put(subscription),
    list: () => subscriptions.list(),
    remove: (id) => subscriptions.remove(id),
    removeOf: (accountId) => subscriptions.removeRange({ owner: accountId }),
  };
}
