import { RateLimiterRes } from 'rate-limiter-flexible';
import { RECEIPT_LIMIT, type ReceiptAttempts } from '../domain/report-attempts.js';
import { type Limiters, limiterKey } from './limiters.js';

/** Wrong receipts of a conversation, whichever process they come to. The limit's time begins with the first of them. */
export function createSharedReceiptAttempts(limiters: Limiters): ReceiptAttempts {
  const counter = limiters.create('receipts', RECEIPT_LIMIT);
  const keyOf = (conversationId: string): string => limiterKey(limiters, conversationId).toString('base64url');

  return {
    async begin(conversationId) {
      try {
        await counter.consume(keyOf(conversationId));
        return true;
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return false;
        throw refused;
      }
    },
    async forgive(conversationId) {
      await counter.reward(keyOf(conversationId));
    },
  };
}
