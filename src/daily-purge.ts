import type { Logger } from 'pino';
import { sweepOrphans } from './attachments/sweep-orphans.js';
import type { ReportUpkeep } from './domain/report-retention.js';
import { purgeInactive, type RetentionDependencies } from './domain/retention.js';
import type { Storage } from './storage/ports/storage.js';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A session that nobody used for so long is over. */
const SESSION_IDLE_MS = 30 * DAY_MS;

export interface DailyPurgeDependencies extends RetentionDependencies {
  readonly stores: RetentionDependencies['stores'] & Pick<Storage, 'invitations' | 'sessions' | 'attachments'>;
  readonly reports: Pick<ReportUpkeep, 'purgeClosed' | 'forgetConversations'>;
  readonly log: Logger;
}

/**
 * Purges at once and then daily: inactive conversations, files that no message speaks of, reports closed long ago,
 * invitations that have expired, sessions long unused. What fails is logged and tried again the next day; the rest is done. Returns its end.
 */
export function startDailyPurge(deps: DailyPurgeDependencies): () => void {
  const { clock, log } = deps;
  const purges = Object.entries(purgesOf(deps));

  async function purge(): Promise<void> {
    for (const [what, remove] of purges) {
      try {
        const removed = await remove(clock().getTime());
        log.info({ what, removed }, 'Purged');
      } catch (error) {
        log.error({ what, error: error instanceof Error ? error.name : typeof error }, 'The purge failed');
      }
    }
  }
  void purge();
  const timer = setInterval(purge, DAY_MS).unref();
  return () => clearInterval(timer);
}

function purgesOf(deps: DailyPurgeDependencies): Readonly<Record<string, (now: number) => Promise<number>>> {
  const { attachments, conversations, invitations, sessions } = deps.stores;
  return {
    conversations: () => purgeInactive({ ...deps, onRemoved: deps.reports.forgetConversations }),
    files: () => sweepOrphans({ store: attachments, conversations, clock: deps.clock }),
    reports: () => deps.reports.purgeClosed(),
    invitations: (now) => invitations.removeExpired(now),
    sessions: (now) => sessions.removeInactiveSince(now - SESSION_IDLE_MS),
  };
}
