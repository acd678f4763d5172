import { randomInt } from 'node:crypto';
import { DomainError, isDomainError } from '../../domain/errors.js';
import type { Ask, AskStore, StoredAsk } from '../ports/desk-store.js';
import type { RecordCollections } from '../record-collection.js';

export const ASK_KIND = 'ask';

/** A rev that begins anywhere: a new ask is not taken for one that was seen to and removed. */
const REVS = 2 ** 47;

export function createAskStore(collections: RecordCollections): AskStore {
  const asks = collections<StoredAsk>({
    name: ASK_KIND,
    placeOf: ({ conversationId, channel, at }) => ({
      id: conversationId,
      conversation: conversationId,
      owner: channel,
      sort: at,
    }),
  });

  async function saveFirst(ask: Ask): Promise<number> {
    const rev = randomInt(REVS);
    try {
      await asks.insert({ ...ask, rev }, rev);
      return rev;
    } catch (error) {
      throw isDomainError(error, 'duplicate') ? overtaken() : error;
    }
  }

  return {
    load: async (conversationId) => (await asks.load(conversationId))?.value,
    async save(ask, expectedRev) {
      if (expectedRev === undefined) return saveFirst(ask);
      const rev = expectedRev + 1;
      if ((await asks.replace({ ...ask, rev }, expectedRev)) !== 'replaced') throw overtaken();
      return rev;
    },
    listOf: (channel, limit, after) =>
      asks.listReadable({ owner: channel, limit, ...(after !== undefined && { after }) }),
    remove: (conversationId, rev) => asks.remove(conversationId, rev),
  };
}

function overtaken(): DomainError {
  return new DomainError('revision-conflict', 'Another process came first');
}
