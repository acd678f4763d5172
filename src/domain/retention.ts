import type { ConversationStore } from '../storage/ports/conversation-store.js';
import type { Clock } from './clock.js';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Small enough that a purge never holds up a turn for long. */
const BATCH = 200;

/**
 * Removes the conversations whose last message is older than the retention period.
 * @returns how many were removed.
 */
export async function purgeInactive(store: ConversationStore, clock: Clock, retentionDays: number): Promise<number> {
  const before = new Date(clock().getTime() - retentionDays * DAY_MS);
  let removed = 0;
  for (;;) {
    const count = await store.removeInactiveSince(before, BATCH);
    removed += count;
    if (count < BATCH) return removed;
  }
}
