import type { DelegateId, Millis } from './desk-state.js';
import type { ReportStep } from './report-answers.js';

/** `draft`: not sent yet. The others are what delegates make of it, and what its author is told. */
export type ReportStatus = 'draft' | 'received' | 'in-progress' | 'forwarded' | 'closed';
export type SentStatus = Exclude<ReportStatus, 'draft'>;
export const SENT_STATUSES = [
  'received',
  'in-progress',
  'forwarded',
  'closed',
] as const satisfies readonly SentStatus[];

export type ReportEventKind = 'answer' | 'submitted' | 'addition' | 'reply' | 'note' | 'status';

/** A data key under the public key of one delegate: HPKE (RFC 9180), base64url of `enc` (32 bytes) and ciphertext (48). */
export interface SealedDataKey {
  readonly delegateId: DelegateId;
  /** X25519, base64url: an account that was given new keys opens only what was sealed to these. */
  readonly publicKey: string;
  readonly sealed: string;
}

/** One data key of a report. The key itself is not here: nobody but the delegates, and the intake while it runs, has it. */
export interface ReportKey {
  /** Unique in the report. */
  readonly id: string;
  readonly createdAt: Millis;
  readonly sealedTo: readonly SealedDataKey[];
  /** Somebody who could open it left the team: it seals nothing new. */
  readonly isRetired?: true;
}

/** One sealed thing that was said. Nothing but what is needed to find and order it is in clear. */
export interface ReportEvent {
  /** From 1, without gaps. */
  readonly seq: number;
  readonly kind: ReportEventKind;
  /** Of an answer. */
  readonly step?: ReportStep;
  /** Of what a delegate wrote. */
  readonly author?: DelegateId;
  readonly at: Millis;
  readonly keyId: string;
  /** SHA-256 of the bytes of `sealed`, base64url; the next event holds it sealed, so that none can be taken out. */
  readonly digest: string;
  /** See `sealEvent`. Null: an answer that its author replaced before sending; only its place in the chain is left. */
  readonly sealed: string | null;
  /** The same words under the key of the report's author, for a reply and for the sentence that goes with a status. */
  readonly toReporter?: string;
  /**
   * The message that brought it: the same message brings it once. Of an answer it is the message's id in the channel, dropped
   * when the report is sent; of an addition it is a hash that only the holder of the receipt could make.
   */
  readonly cause?: string;
}

/** How far a delegate has read, in their browser. */
export interface ReportReading {
  readonly delegateId: DelegateId;
  readonly seq: number;
  readonly at: Millis;
}

/** The unit of consistency: it changes by compare-and-set on `rev` only. Sealed a second time at rest. */
export interface Report {
  readonly id: string;
  readonly rev: number;
  readonly status: ReportStatus;
  /** Where a draft is written. Gone once it is sent: nothing leads from a report to a conversation. */
  readonly conversationId?: string;
  readonly createdAt: Millis;
  /** The last event, or the last change of status. */
  readonly changedAt: Millis;
  readonly submittedAt?: Millis;
  readonly closedAt?: Millis;
  readonly keys: readonly ReportKey[];
  readonly events: readonly ReportEvent[];
  /** SHA-256 of the `lookupId` that the receipt gives, base64url. */
  readonly lookupHash?: string;
  /** X25519 key that the receipt gives, base64url: what delegates answer is sealed to it. */
  readonly reporterKey?: string;
  /** Where the receipt lies until it has been shown. */
  readonly receiptRef?: string;
  /** The conversation in which its author asked to be told of answers. */
  readonly notifies?: string;
  readonly readings: readonly ReportReading[];
  readonly assigneeId?: DelegateId;
}

/** The last thing that its author wrote or sent. */
export function lastWordOfReporter({ events }: Pick<Report, 'events'>): number {
  return events.findLast(({ kind }) => kind === 'submitted' || kind === 'addition')?.seq ?? 0;
}

/** When its author wrote or sent something last. */
export function lastWordAt(report: Pick<Report, 'events' | 'changedAt'>): Millis {
  const seq = lastWordOfReporter(report);
  return report.events.find((event) => event.seq === seq)?.at ?? report.changedAt;
}

/** True while no delegate has read all that its author wrote. */
export function isUnread(report: Pick<Report, 'events' | 'readings' | 'status'>): boolean {
  const last = lastWordOfReporter(report);
  return report.status !== 'draft' && !report.readings.some(({ seq }) => seq >= last);
}
