import type { Logger } from 'pino';
import type { Clock } from './domain/clock.js';
import { purgeInactive } from './domain/retention.js';
import type { ConversationStore } from './storage/ports/conversation-store.js';

const DAY_MS = 24 * 60 * 60 * 1000;

export interface DailyPurgeDependencies {
  readonly store: ConversationStore;
  readonly clock: Clock;
  readonly retentionDays: number;
  readonly log: Logger;
}

/** Purges at once and then daily. A purge that fails is logged and tried again the next day. Returns its end. */
export function startDailyPurge({ store, clock, retentionDays, log }: DailyPurgeDependencies): () => void {
  async function purge(): Promise<void> {
    try {
      const removed = await purgeInactive(store, clock, retentionDays);
      log.info({ removed, retentionDays }, 'Inactive conversations purged');
    } catch (error) {
      log.error({ error: error instanceof Error ? error.name : typeof error }, 'The purge failed');
    }
  }
  void purge();
  const timer = setInterval(purge, DAY_MS).unref();
  return () => clearInterval(timer);
}
