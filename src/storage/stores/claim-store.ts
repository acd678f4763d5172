import { DomainError, isDomainError } from '../../domain/errors.js';
import type { ClaimStore } from '../ports/desk-store.js';
import type { RecordCollections } from '../record-collection.js';

interface Claim {
  readonly conversationId: string;
  readonly thing: string;
  readonly by: string;
}

export const CLAIM_KIND = 'claim';

export function createClaimStore(collections: RecordCollections): ClaimStore {
  const idOf = (conversationId: string, thing: string): string => JSON.stringify([conversationId, thing]);
  const claims = collections<Claim>({
    name: CLAIM_KIND,
    placeOf: ({ conversationId, thing }) => ({
      id: idOf(conversationId, thing),
      conversation: conversationId,
      sort: 0,
    }),
  });

  return {
    async claim(conversationId, thing, by) {
      try {
        await claims.insert({ conversationId, thing, by });
        return by;
      } catch (error) {
        if (!isDomainError(error, 'duplicate')) throw error;
        const first = await claims.load(idOf(conversationId, thing));
        // It went with its conversation meanwhile.
        if (!first) throw new DomainError('conversation-gone', 'The claim is gone with its conversation');
        return first.value.by;
      }
    },
  };
}
