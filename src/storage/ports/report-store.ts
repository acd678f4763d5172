import type { Millis } from '../../domain/desk-state.js';
import type { Report } from '../../domain/report.js';

/** A receipt from the moment a report is sent until its author has seen it. Sealed at rest. */
export interface WaitingReceipt {
  /** Unguessable; messages name the receipt by it. */
  readonly ref: string;
  readonly code: string;
  readonly reportId: string;
  readonly createdAt: Millis;
  /** The first time that it was shown. */
  readonly shownAt?: Millis;
}

/** Reports. A draft goes with its conversation, and is erased with it; what was sent goes with none. */
export interface ReportStore {
  /** Stored at rev 0. @throws DomainError `duplicate` when the conversation has a draft already. */
  create(report: Report): Promise<void>;
  load(id: string): Promise<Report | undefined>;
  draftOf(conversationId: string): Promise<Report | undefined>;
  findByLookup(lookupHash: string): Promise<Report | undefined>;
  /**
   * Replaces the report stored at `report.rev`; the stored rev becomes one more.
   * @param options.isErasing something of it is gone for good: it leaves the database's log too, as when a report is removed.
   * @throws DomainError `revision-conflict`, or `report-gone`.
   */
  replace(report: Report, options?: { readonly isErasing?: boolean }): Promise<void>;
  /**
   * Those sent, the last changed first unless `order` says otherwise. One that was altered is passed over.
   * @param options.before only those whose `changedAt` is earlier; `after`: later.
   * @param options.limit no more, save those that changed at the same instant as the last of them: `before` or `after`
   * would pass them over. A page with fewer is the last.
   */
  listSent(options?: {
    readonly order?: 'ascending' | 'descending';
    readonly before?: Millis;
    readonly after?: Millis;
    readonly limit?: number;
  }): Promise<readonly Report[]>;
  /** Drafts whose `changedAt` is earlier, the oldest first. One that was altered is passed over. */
  listDrafts(before: Millis): Promise<readonly Report[]>;
  /** Removes drafts whose `changedAt` is earlier and that were altered: nobody can go on with them. Returns how many. */
  removeUnreadableDrafts(before: Millis): Promise<number>;
  /** @param rev removes it only as it was at this rev. False when it is gone, or has changed since. */
  remove(id: string, rev?: number): Promise<boolean>;

  /** Stores it in place of an earlier one with the same ref. */
  saveReceipt(receipt: WaitingReceipt): Promise<void>;
  loadReceipt(ref: string): Promise<WaitingReceipt | undefined>;
  /** The oldest first. One that was altered is passed over. */
  listReceipts(): Promise<readonly WaitingReceipt[]>;
  /** Removes those whose `createdAt` is earlier and that were altered. Returns how many. */
  removeUnreadableReceipts(before: Millis): Promise<number>;
  removeReceipt(ref: string): Promise<boolean>;
}
