import { setTimeout } from 'node:timers/promises';
import { isDomainError } from './errors.js';
import type { Report, SentStatus } from './report.js';
import { createReceiptAttempts } from './report-attempts.js';
import { withSealedEvent } from './report-events.js';
import type { FollowUp, ReportFollowUp } from './report-intake.js';
import { type KeyInHand, makeKey } from './report-intake-keys.js';
import { wipe } from './report-keys.js';
import { lookupHashOf } from './report-lookup.js';
import { withNotice } from './report-notice.js';
import { type ReportParts, reportFull, reportGone } from './report-parts.js';
import { createReportReceipts } from './report-receipts.js';
import { createOpenReplies } from './report-replies.js';
import { createReportTickets, type ReportTickets } from './report-tickets.js';

/** A lookup takes so long at least: longer than any work it has, so that its time tells nothing of what was found. */
const LOOKUP_MS = 200;
/** In characters, as stored: what its author may add to a report ends here; delegates may write on. */
const LARGEST_OF_AUTHOR = 6_000_000;

export interface ReportFollowUpUpkeep {
  /** Overwrites what tickets hold once they are over. */
  forgetTickets(): void;
}

export function createReportFollowUp(parts: ReportParts): ReportFollowUp & ReportFollowUpUpkeep {
  const { store, change, clock, lines, pause = setTimeout } = parts;
  const { loadShown } = createReportReceipts(parts);
  const attempts = parts.attempts ?? createReceiptAttempts({ clock });
  const tickets = createReportTickets({ clock, lines });
  const look = createLookup(parts, tickets);

  async function find(receipt: string, conversationId: string): ReturnType<ReportFollowUp['find']> {
    if (!(await attempts.begin(conversationId))) return 'too-many-attempts';
    try {
      const [found] = await Promise.all([look(receipt), pause(LOOKUP_MS)]);
      if (found) await attempts.forgive(conversationId);
      return found ?? 'unknown';
    } catch (error) {
      await attempts.forgive(conversationId);
      throw error;
    }
  }

  return {
    find,
    async add(ticket, text, cause) {
      await tickets.learn(ticket);
      const reportId = tickets.reportOf(ticket);
      const mark = tickets.markOf(ticket, cause);
      if (reportId === undefined || mark === undefined) return false;
      await sealAddition(parts, reportId, { text, cause: mark });
      return true;
    },
    async notifyIn(ticket, conversationId) {
      await tickets.learn(ticket);
      const reportId = tickets.reportOf(ticket);
      if (reportId === undefined) return false;
      await change(reportId, (report) => withNotice(report, conversationId));
      return true;
    },
    async notifyAfterSending(receiptRef, conversationId) {
      const receipt = await loadShown(receiptRef);
      const report = receipt && (await store.load(receipt.reportId));
      if (report?.receiptRef !== receiptRef) return false;
      try {
        await change(report.id, (found) => withNotice(found, conversationId));
        return true;
      } catch (error) {
        if (isDomainError(error, 'report-gone')) return false;
        throw error;
      }
    },
    forgetTickets: () => tickets.forgetOver(),
  };
}

/** The same work for a receipt that is known and for one that is not, save what its holder is given. */
function createLookup({ store, sealing }: ReportParts, tickets: ReportTickets) {
  const openReplies = createOpenReplies(sealing);

  return async (receipt: string): Promise<FollowUp | undefined> => {
    const author = await sealing.keysOfReceipt(receipt);
    const report = await store.findByLookup(lookupHashOf(author.lookupId));
    const entries = await openReplies(author, report);
    if (!report || report.status === 'draft') return undefined;
    return {
      ticket: tickets.issue(report.id, author.lookupId),
      status: report.status,
      submittedAt: report.submittedAt ?? report.createdAt,
      changedAt: report.changedAt,
      entries,
      notifies: report.notifies !== undefined,
    };
  };
}

/** Under a key of its own, which is wiped at once. A report that was closed is open again, so that somebody looks. */
async function sealAddition(
  parts: ReportParts,
  reportId: string,
  { text, cause }: { readonly text: string; readonly cause: string },
): Promise<void> {
  let inHand: KeyInHand | undefined;
  try {
    await parts.change(reportId, async (report, at) => {
      if (report.status === 'draft') throw reportGone();
      if (report.events.some((event) => event.cause === cause)) return undefined;
      if (JSON.stringify(report).length > LARGEST_OF_AUTHOR) throw reportFull();
      if (inHand) wipe(inHand.key);
      inHand = await makeKey(parts, report, at);
      const { keyId, key } = inHand;
      const head = { kind: 'addition', at, keyId, cause } as const;
      return reopened(await withSealedEvent(parts.sealing, inHand.report, { head, body: { text }, key }));
    });
  } finally {
    if (inHand) wipe(inHand.key);
  }
}

function reopened({ closedAt: _, ...report }: Report): Report {
  const status: Report['status'] = report.status === 'closed' ? ('received' satisfies SentStatus) : report.status;
  return { ...report, status };
}
