import type { Delivery, DeliveryStore } from '../ports/desk-store.js';
import type { RecordCollections } from '../record-collection.js';

export const DELIVERY_KIND = 'delivery';

/** Those that failed are the rows of this owner, in the order in which they failed. */
const FAILED = 'failed';

export function createDeliveryStore(collections: RecordCollections): DeliveryStore {
  const deliveries = collections<Delivery>({
    name: DELIVERY_KIND,
    placeOf: ({ conversationId, failure }) => ({
      id: conversationId,
      conversation: conversationId,
      sort: failure?.at ?? 0,
      ...(failure && { owner: FAILED }),
    }),
  });

  return {
    load: async (conversationId) => (await deliveries.load(conversationId))?.value,
    save: (delivery) => deliveries.put(delivery),
    listFailed: (limit, after) => deliveries.list({ owner: FAILED, limit, ...(after !== undefined && { after }) }),
    remove: (conversationId) => deliveries.remove(conversationId),
  };
}
