import type { Logger } from 'pino';
import type { Inbox } from './compose-inbox.js';
import type { Parts, Services } from './compose-services.js';
import { startDailyPurge } from './daily-purge.js';
import { type DeskSweeper, startDeskSweeper } from './desk-sweeper.js';
import type { Duty, Lease } from './domain/leases.js';
import { realTimers } from './domain/timers.js';
import { type Job, type Jobs, startJobs } from './jobs.js';
import { within } from './realtime/nudged-pause.js';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
/** A part of the purge that takes longer is not waited for: what it leaves is done by the next one. */
const PURGE_END_MS = 2 * SECOND_MS;

/** What each process does for itself, whatever others do. */
export function startOwnJobs({ statistics, liveFacts, reports }: Services, log: Logger): Jobs {
  const jobs: readonly Job[] = [
    { name: 'statistics', everyMs: 15 * SECOND_MS, run: () => statistics.flush(), isRunOnStop: true },
    // Another process may have saved others.
    { name: 'facts', everyMs: 15 * SECOND_MS, run: () => liveFacts.refresh() },
    { name: 'report keys', everyMs: MINUTE_MS, run: async () => reports.upkeep.forgetKeys() },
  ];
  return startJobs(jobs, log);
}

/**
 * All that comes round by itself and is done by one process at a time. Each effect is a conditional write besides, or
 * follows one: a process that was stopped in the middle, and goes on when another has taken over, does nothing twice.
 */
export function createUpkeep(parts: Parts, services: Services, inbox: Inbox): Duty {
  let end: () => Promise<void> = async () => undefined;
  return {
    begin(lease) {
      end = startUpkeep(lease, parts, services, inbox);
    },
    end: () => end(),
  };
}

function startUpkeep(lease: Lease, parts: Parts, services: Services, inbox: Inbox): () => Promise<void> {
  const { config, clock, log, opened } = parts;
  const { reports, peers } = services;
  const endPurge = startDailyPurge({
    stores: opened.storage,
    reports: reports.upkeep,
    clock,
    retentionDays: config.retentionDays,
    log,
    ...(peers.state() !== 'sole' && { shared: { settings: opened.storage.settings, lease } }),
  });
  const jobs = startJobs(sharedJobs(inbox, services), log, lease.isHeld);
  const sweeper = startSweeper(lease, parts, services);
  return async () => {
    await Promise.all([sweeper.stop(), jobs.stop(), within(realTimers, PURGE_END_MS, endPurge())]);
  };
}

function sharedJobs({ bell, reportBell, reportRevocation }: Inbox, { reports: { upkeep } }: Services): readonly Job[] {
  return [
    { name: 'alarm', everyMs: 5 * SECOND_MS, run: () => bell.ring() },
    { name: 'report alarm', everyMs: 5 * SECOND_MS, run: () => reportBell.ring() },
    // Another process may have let somebody go, or something was being sealed for the team while it changed.
    { name: 'report revocation', everyMs: MINUTE_MS, run: () => reportRevocation.check() },
    { name: 'report drafts', everyMs: MINUTE_MS, run: () => upkeep.sweepDrafts() },
    { name: 'report receipts', everyMs: MINUTE_MS, run: () => upkeep.sweepReceipts() },
  ];
}

function startSweeper(
  { isHeld }: Lease,
  { config, clock, log, opened }: Parts,
  { desk, presence, wakeUps, outlook, audit }: Services,
): DeskSweeper {
  const now = () => outlook({ id: '' });
  return startDeskSweeper({
    store: opened.storage.conversations,
    desk,
    presence,
    wakeUps,
    clock,
    log,
    isHeld,
    isAnyoneThere: async () => (await now()).available > 0,
    usualWaitMinutes: async () => (await now()).usualWaitMinutes,
    onHoldLost: (subject, holder) => audit.record({ action: 'conversation.lost', actor: holder, subject }),
    settings: { ...config.handoff, everyMs: 5 * SECOND_MS },
  });
}
