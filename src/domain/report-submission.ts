import { randomBytes } from 'node:crypto';
import type { WaitingReceipt } from '../storage/ports/report-store.js';
import type { Report } from './report.js';
import { withSealedEvent } from './report-events.js';
import type { ReportIntake } from './report-intake.js';
import { type KeyInHand, takeKey } from './report-intake-keys.js';
import { wipe } from './report-keys.js';
import { lookupHashOf } from './report-lookup.js';
import { type ReportParts, reportGone } from './report-parts.js';
import type { ReporterKeys } from './report-sealing.js';

const REF_BYTES = 24;

/**
 * Sends a draft. In this order, so that the process may be killed anywhere:
 *
 *   1. the receipt is stored under a new name. Killed after it: the draft is as it was, nobody was told the name, and the
 *      receipt opens nothing; it is swept in time.
 *   2. the draft is replaced by the report, which names its receipt: one compare-and-set. Killed after it: sending again
 *      finds a report, and gives the receipt that it names.
 *   3. a receipt that another call was quicker than is removed.
 *
 * Only what is stored by 2 is ever given out, and 2 succeeds once. Whether 2 took place may be unknown when the database
 * fails to answer: then both are left as they are, and sending again finds out.
 */
export function createSubmission(parts: ReportParts): ReportIntake['submit'] {
  const { store, sealing, now } = parts;

  return async (reportId) => {
    const found = await store.load(reportId);
    if (!found) throw reportGone();
    if (found.status !== 'draft') return receiptOf(found);
    if (parts.isOver(found, now())) throw reportGone();

    const receipt = { ref: newRef(), code: sealing.makeReceipt(), reportId, createdAt: now() };
    const author = await sealing.keysOfReceipt(receipt.code);
    await store.saveReceipt(receipt);
    const report = await send(parts, receipt, author);
    parts.keys.forget(reportId);
    if (report.receiptRef !== receipt.ref) await store.removeReceipt(receipt.ref);
    return receiptOf(report);
  };
}

async function send(parts: ReportParts, receipt: WaitingReceipt, author: ReporterKeys): Promise<Report> {
  let inHand: KeyInHand | undefined;
  try {
    const { report } = await parts.change(receipt.reportId, async (draft, at) => {
      if (draft.status !== 'draft') return undefined;
      if (inHand) wipe(inHand.key);
      inHand = await takeKey(parts, draft, at);
      const { keyId, key } = inHand;
      const head = { kind: 'submitted', at, keyId } as const;
      const body = { submitted: draft.events.map(({ digest }) => digest) };
      return toSent(await withSealedEvent(parts.sealing, inHand.report, { head, body, key }), { receipt, author, at });
    });
    return report;
  } finally {
    if (inHand) wipe(inHand.key);
  }
}

/** Nothing that leads back to the conversation is left in it. */
function toSent(
  { conversationId: _, ...draft }: Report,
  { receipt, author, at }: { receipt: WaitingReceipt; author: ReporterKeys; at: number },
): Report {
  return {
    ...draft,
    status: 'received',
    submittedAt: at,
    events: draft.events.map(({ cause: __, ...event }) => event),
    lookupHash: lookupHashOf(author.lookupId),
    reporterKey: author.publicKey,
    receiptRef: receipt.ref,
  };
}

/** Once the receipt is over, a name under which nothing is shown. */
function receiptOf({ receiptRef = newRef() }: Report): { readonly receiptRef: string } {
  return { receiptRef };
}

function newRef(): string {
  return randomBytes(REF_BYTES).toString('base64url');
}
