import type { Millis } from './desk-state.js';
import type { SentStatus } from './report.js';
import type { ReportAnswer, ReportStep } from './report-answers.js';

/** A report that is being written, as far as it can still be read. */
export interface ReportDraft {
  readonly id: string;
  /** Answered or passed over, in the order of the questions. */
  readonly answered: readonly ReportStep[];
  /**
   * What can still be read: after half an hour of silence, or when no process has its key in memory any more, what came before
   * is sealed for good. An answer of several parts is one here; it `isFurther` when some of them cannot be read.
   */
  readonly known: Partial<Readonly<Record<ReportStep, ReportAnswer>>>;
  /** When something was last answered. */
  readonly changedAt: Millis;
  /** When it will be erased unless something is answered. */
  readonly expiresAt: Millis;
}

/** A question that a message answers, wholly or in part. */
export interface AnsweredBy {
  readonly step: ReportStep;
  /** False when others answer a part of the same question. */
  readonly isAlone: boolean;
}

/**
 * Takes reports in. Each call is one write, or none, and may be made again for the same message (`cause`): it then changes
 * nothing. Rejects with DomainErrors: `storage-unavailable`, `report-gone` (erased meanwhile, or past its time), `no-reader`.
 */
export interface ReportIntake {
  /** False while no delegate has keys: nothing may be asked then. */
  canBeRead(): Promise<boolean>;
  draftOf(conversationId: string): Promise<ReportDraft | undefined>;
  /** Begins one, or goes on with the one that waits. @throws DomainError `no-reader`. */
  open(conversationId: string): Promise<ReportDraft>;
  /**
   * Seals answers as they come; a second answer to a question replaces the first, whose words are gone at once, unless it
   * `isFurther`. One message answers each question once.
   * @throws DomainError `too-many-attempts` after some 200 answers: it can still be sent, or discarded.
   */
  answer(conversationId: string, answers: readonly ReportAnswer[], cause: string): Promise<ReportDraft>;
  /** The questions that the message `cause` answers in the draft as it stands; none once its answers were replaced. */
  answeredBy(conversationId: string, cause: string): Promise<readonly AnsweredBy[]>;
  /** Erases the draft, if there is one. */
  discard(conversationId: string): Promise<void>;
  /**
   * Sends it. The same draft sent again gives the same receipt.
   * @param reportId of the draft: it is found again once it has been sent.
   * @returns under what name `readReceipt` shows the receipt.
   */
  submit(reportId: string): Promise<{ readonly receiptRef: string }>;
  /** The receipt to be shown; undefined once it has been shown for ten minutes, or after a day. */
  readReceipt(receiptRef: string): Promise<string | undefined>;
  /** The same, before it is known that anybody sees it: the ten minutes do not begin. */
  peekReceipt(receiptRef: string): Promise<string | undefined>;
}

export interface FollowUpEntry {
  readonly at: Millis;
  readonly kind: 'status' | 'reply' | 'addition';
  /** Of a status. */
  readonly status?: SentStatus;
  /** What a delegate wrote to the author. Never what the author wrote: that is sealed to the delegates. */
  readonly text?: string;
}

/** What the holder of a receipt is shown. */
export interface FollowUp {
  /** Names it for `add` and `notifyIn`, for ten minutes, in the memory of processes only. */
  readonly ticket: string;
  readonly status: SentStatus;
  readonly submittedAt: Millis;
  readonly changedAt: Millis;
  /** In their order. */
  readonly entries: readonly FollowUpEntry[];
  /** True when its author is told of answers in some conversation. */
  readonly notifies: boolean;
}

/** Lets the holder of a receipt come back. Known and unknown receipts take the same work. */
export interface ReportFollowUp {
  /** @param conversationId attempts are counted by it. */
  find(receipt: string, conversationId: string): Promise<FollowUp | 'unknown' | 'too-many-attempts'>;
  /**
   * Makes the report unread, and one that was closed `received` again, so that somebody looks. False when the ticket is over:
   * the receipt must be given again.
   * @throws DomainError `no-reader`; `too-many-attempts` when the report holds no more.
   */
  add(ticket: string, text: string, cause: string): Promise<boolean>;
  /** Where its author is told that there is an answer; undefined: nowhere. False when the ticket is over. */
  notifyIn(ticket: string, conversationId: string | undefined): Promise<boolean>;
  /** The same, just after sending, by the receipt that is still shown. */
  notifyAfterSending(receiptRef: string, conversationId: string): Promise<boolean>;
}
