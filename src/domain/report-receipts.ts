import type { ReportStore, WaitingReceipt } from '../storage/ports/report-store.js';
import type { Millis } from './desk-state.js';
import { AlteredError, isDomainError } from './errors.js';
import type { ReportParts } from './report-parts.js';

const MINUTE_MS = 60 * 1000;
/** Long enough to write it down; from the first time that it was shown. */
export const RECEIPT_SHOWN_MS = 10 * MINUTE_MS;
/** One that was never shown waits so long: its author may be offline. */
export const RECEIPT_WAITS_MS = 24 * 60 * MINUTE_MS;

export interface ReportReceipts {
  /** See `ReportIntake`. */
  readReceipt(receiptRef: string): Promise<string | undefined>;
  peekReceipt(receiptRef: string): Promise<string | undefined>;
  /** The receipt itself, as long as it may be shown. */
  loadShown(receiptRef: string): Promise<WaitingReceipt | undefined>;
  /** Removes those that are shown no more, and what leads to them from their reports; returns how many. */
  sweepReceipts(): Promise<number>;
}

export function createReportReceipts({
  store,
  change,
  now,
}: Pick<ReportParts, 'store' | 'change' | 'now'>): ReportReceipts {
  async function loadShown(receiptRef: string): Promise<WaitingReceipt | undefined> {
    const receipt = await store.loadReceipt(receiptRef);
    return receipt && !isPast(receipt, now()) ? receipt : undefined;
  }

  return {
    loadShown,
    async readReceipt(receiptRef) {
      const receipt = await loadShown(receiptRef);
      if (receipt && receipt.shownAt === undefined) await store.saveReceipt({ ...receipt, shownAt: now() });
      return receipt?.code;
    },
    peekReceipt: async (receiptRef) => (await loadShown(receiptRef))?.code,
    async sweepReceipts() {
      const altered = await store.removeUnreadableReceipts(now() - RECEIPT_WAITS_MS + 1);
      const past = (await store.listReceipts()).filter((receipt) => isPast(receipt, now()));
      for (const receipt of past) await removeReceipt(store, change, receipt);
      return altered + past.length;
    },
  };
}

function isPast({ createdAt, shownAt }: WaitingReceipt, now: Millis): boolean {
  return now - createdAt >= RECEIPT_WAITS_MS || (shownAt !== undefined && now - shownAt >= RECEIPT_SHOWN_MS);
}

/** The report first: killed in between, the receipt is found again; the other way round, its name would stay in the report. */
async function removeReceipt(
  store: Pick<ReportStore, 'removeReceipt'>,
  change: ReportParts['change'],
  { ref, reportId }: WaitingReceipt,
): Promise<void> {
  try {
    await change(reportId, ({ receiptRef, ...report }) => (receiptRef === ref ? report : undefined));
  } catch (error) {
    // A report that was altered leads nowhere; the code must not outlast its time for that.
    if (!isDomainError(error, 'report-gone') && !(error instanceof AlteredError)) throw error;
  }
  await store.removeReceipt(ref);
}
