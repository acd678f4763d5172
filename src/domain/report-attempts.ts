import type { Clock } from './clock.js';
import type { Millis } from './desk-state.js';

/** `points` wrong ones in `duration` seconds. */
export const RECEIPT_LIMIT = { points: 5, duration: 15 * 60 } as const;

const WINDOW_MS = RECEIPT_LIMIT.duration * 1000;
/** Conversations that are remembered; the one that tried first gives way. A hundred random bits are not guessed anyway. */
const CAPACITY = 10_000;

/** Counts wrong receipts by conversation, so that one which guesses shuts nobody out but itself. */
export interface ReceiptAttempts {
  /** Counts one as wrong, before it is looked at: many at once do not slip through. False: too many. */
  begin(conversationId: string): Promise<boolean>;
  /** It was right, or could not be looked at. */
  forgive(conversationId: string): Promise<void>;
}

/** Those of this process. */
export function createReceiptAttempts({
  clock,
  capacity = CAPACITY,
}: {
  clock: Clock;
  capacity?: number;
}): ReceiptAttempts {
  const wrong = new Map<string, readonly Millis[]>();

  function recent(conversationId: string): readonly Millis[] {
    const since = clock().getTime() - WINDOW_MS;
    return (wrong.get(conversationId) ?? []).filter((at) => at > since);
  }

  function remember(conversationId: string, times: readonly Millis[]): void {
    wrong.delete(conversationId);
    if (times.length > 0) wrong.set(conversationId, times);
    const [oldest] = wrong.keys();
    if (wrong.size > capacity && oldest !== undefined) wrong.delete(oldest);
  }

  return {
    async begin(conversationId) {
      const times = recent(conversationId);
      if (times.length >= RECEIPT_LIMIT.points) return false;
      remember(conversationId, [...times, clock().getTime()]);
      return true;
    },
    forgive: async (conversationId) => remember(conversationId, recent(conversationId).slice(0, -1)),
  };
}
