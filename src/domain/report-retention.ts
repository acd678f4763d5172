import { isUnread, type Report } from './report.js';
import { createForgetConversations, type ForgetConversations } from './report-forgetting.js';
import { eachSent } from './report-pages.js';
import type { ReportParts } from './report-parts.js';
import { createReportReceipts } from './report-receipts.js';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/** What only time brings about. Any number of processes may do it at once; each returns how many it removed. */
export interface ReportUpkeep {
  /** Reports that were closed long enough ago. Never one that nobody has read: delegates are alarmed of it instead. */
  purgeClosed(): Promise<number>;
  /** Drafts that were left. */
  sweepDrafts(): Promise<number>;
  /** Receipts that are shown no more. */
  sweepReceipts(): Promise<number>;
  /** Overwrites the keys of drafts that have been silent, and what tickets hold that are over. */
  forgetKeys(): void;
  readonly forgetConversations: ForgetConversations;
}

export function createReportUpkeep(parts: ReportParts, forgetTickets: () => void): ReportUpkeep {
  const { store, settings, now } = parts;

  async function purgeClosed(): Promise<number> {
    const before = now() - settings.retentionDays * DAY_MS;
    let removed = 0;
    for await (const report of eachSent(store)) {
      // As it was seen: one that its author adds to meanwhile stays.
      if (isDue(report, before) && (await store.remove(report.id, report.rev))) removed += 1;
    }
    if (removed > 0) parts.changed();
    return removed;
  }

  async function sweepDrafts(): Promise<number> {
    const before = now() - settings.draftHours * HOUR_MS + 1;
    let removed = await store.removeUnreadableDrafts(before);
    for (const draft of await store.listDrafts(before)) {
      if (!(await store.remove(draft.id, draft.rev))) continue;
      parts.keys.forget(draft.id);
      removed += 1;
    }
    return removed;
  }

  return {
    purgeClosed,
    sweepDrafts,
    sweepReceipts: createReportReceipts(parts).sweepReceipts,
    forgetConversations: createForgetConversations(parts),
    forgetKeys() {
      parts.keys.forgetSilent();
      forgetTickets();
    },
  };
}

function isDue(report: Report, before: number): boolean {
  return report.status === 'closed' && (report.closedAt ?? report.changedAt) < before && !isUnread(report);
}
