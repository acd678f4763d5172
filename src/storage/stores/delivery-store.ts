import { DomainError, isDomainError } from '../../domain/errors.js';
import type { Delivery, DeliveryStore, StoredDelivery } from '../ports/desk-store.js';
import type { RecordCollections } from '../record-collection.js';

export const DELIVERY_KIND = 'delivery';

/** Those that failed are the rows of this owner, in the order in which they failed. */
const FAILED = 'failed';
const FIRST_REV = 0;

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

  async function saveFirst(delivery: Delivery): Promise<number> {
    try {
      await deliveries.insert(delivery, FIRST_REV);
      return FIRST_REV;
    } catch (error) {
      throw isDomainError(error, 'duplicate') ? overtaken() : error;
    }
  }

  return {
    async load(conversationId) {
      const stored = await deliveries.load(conversationId);
      return stored && { ...stored.value, rev: stored.rev };
    },
    async save(given, expectedRev) {
      const delivery = withoutRev(given);
      if (expectedRev === undefined) return saveFirst(delivery);
      if ((await deliveries.replace(delivery, expectedRev)) !== 'replaced') throw overtaken();
      return expectedRev + 1;
    },
    listFailed: (limit, after) => deliveries.list({ owner: FAILED, limit, ...(after !== undefined && { after }) }),
    remove: (conversationId) => deliveries.remove(conversationId),
  };
}

/** The rev is the row's: a delivery that was loaded may be handed in with it. */
function withoutRev(delivery: Delivery & Partial<StoredDelivery>): Delivery {
  const { rev: _, ...value } = delivery;
  return value;
}

function overtaken(): DomainError {
  return new DomainError('revision-conflict', 'Another process came first');
}
