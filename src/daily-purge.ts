import type { Logger } from 'pino';
import { sweepOrphans } from './attachments/sweep-orphans.js';
import type { Lease } from './domain/leases.js';
import type { ReportUpkeep } from './domain/report-retention.js';
import { purgeInactive, type RetentionDependencies } from './domain/retention.js';
import { faultOf } from './http/error-handler.js';
import { createPurgeRhythm, DAY_MS } from './purge-rhythm.js';
import type { SettingsStore } from './storage/ports/settings-store.js';
import type { Storage } from './storage/ports/storage.js';

/** A session that nobody used for so long is over. */
const SESSION_IDLE_MS = 30 * DAY_MS;

export interface DailyPurgeDependencies extends RetentionDependencies {
  readonly stores: RetentionDependencies['stores'] & Pick<Storage, 'invitations' | 'sessions' | 'attachments'>;
  readonly reports: Pick<ReportUpkeep, 'purgeClosed' | 'forgetConversations'>;
  /** Where there may be other processes: what each has noted of its purge counts for all. */
  readonly shared?: { readonly settings: SettingsStore; readonly lease: Pick<Lease, 'token' | 'isHeld'> };
  readonly log: Logger;
}

/** So often processes look whether a purge is due. */
const LOOK_MS = 10 * 60 * 1000;

/**
 * Purges at once and then daily: inactive conversations, files that no message speaks of, reports closed long ago,
 * invitations that have expired, sessions long unused. What fails is logged and tried again the next day; the rest is done.
 * Where processes share this, one purges a day, whoever it is, and what one has left undone another does.
 * @returns the end: no part begins any more; resolves when the last one is over.
 */
export function startDailyPurge(deps: DailyPurgeDependencies): () => Promise<void> {
  const { clock, log, shared } = deps;
  const purges = Object.entries(purgesOf(deps));
  const rhythm = shared && createPurgeRhythm({ ...deps, ...shared });
  let isOver = false;
  let running: Promise<void> | undefined;
  const mayGoOn = (): boolean => !isOver && (shared?.lease.isHeld() ?? true);

  /** False when it was not gone through to the end. */
  async function purge(): Promise<boolean> {
    for (const [what, remove] of purges) {
      if (!mayGoOn()) return false;
      try {
        const removed = await remove(clock().getTime());
        log.info({ what, removed }, 'Purged');
      } catch (error) {
        log.error({ what, error: error instanceof Error ? error.name : typeof error }, 'The purge failed');
      }
    }
    return true;
  }

  async function purgeIfDue(): Promise<void> {
    if (!mayGoOn()) return;
    if (!rhythm) {
      await purge();
      return;
    }
    try {
      const underWay = await rhythm.begin();
      if (underWay && (await purge())) await underWay.done();
    } catch (error) {
      log.error(faultOf(error), 'It is not known whether a purge is due; tried again');
    }
  }

  function look(): void {
    running ??= purgeIfDue().finally(() => {
      running = undefined;
    });
  }

  look();
  const timer = setInterval(look, rhythm ? LOOK_MS : DAY_MS).unref();
  return async () => {
    isOver = true;
    clearInterval(timer);
    await running;
  };
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
