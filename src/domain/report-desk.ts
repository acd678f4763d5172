import type { DelegateId } from './desk-state.js';
import type { Report, ReportKey, SealedDataKey, SentStatus } from './report.js';

/** What a delegate's browser sealed. The server checks its place, and can check nothing else. */
export interface DelegateEvent {
  readonly kind: 'reply' | 'note' | 'status';
  /** One more than the last event that the browser has seen. */
  readonly seq: number;
  /** As sealed to its place; within five minutes of the server's clock. */
  readonly at: number;
  readonly keyId: string;
  /** Set when the browser made a new key for it: the last one is retired, or not sealed to the whole team. */
  readonly newKey?: Pick<ReportKey, 'sealedTo'>;
  readonly sealed: string;
  /** Needed for a reply, and for the sentence that goes with a status. */
  readonly toReporter?: string;
  /** Of a status. */
  readonly status?: SentStatus;
}

/** A delegate with keys, as others seal to them. */
export interface Reader {
  readonly delegateId: DelegateId;
  /** base64url. */
  readonly publicKey: string;
}

export interface KeyGrant {
  readonly keyId: string;
  readonly sealedTo: SealedDataKey;
}

/**
 * Called with what is about to be stored, when it is fit and not there already; what it rejects with is told, and nothing is
 * stored. More than once when other changes come first.
 */
export type BeforeStoring = (planned: Report) => Promise<void>;

/** What delegates do with reports. Rejects with DomainErrors: `report-gone`, `report-changed`, `storage-unavailable`. */
export interface ReportDesk {
  /** The whole team that can read: active accounts, each with its public key. */
  readers(): Promise<readonly Reader[]>;
  list(options?: { readonly before?: number; readonly limit?: number }): Promise<readonly Report[]>;
  /** @throws DomainError `report-gone`, for a draft too. */
  load(id: string): Promise<Report>;
  /** Notes how far it has been read; never back. */
  markRead(id: string, delegateId: DelegateId, seq: number): Promise<Report>;
  /**
   * The same event again changes nothing.
   * @throws DomainError `report-changed` when an event came meanwhile, its time is not now, or its key is not sealed to the
   * whole team and nobody else; `not-in-this-state` for what no event may be; `too-many-attempts` when the report is full.
   */
  append(id: string, author: DelegateId, event: DelegateEvent, beforeStoring?: BeforeStoring): Promise<Report>;
  assign(id: string, assigneeId: DelegateId | undefined, beforeStoring?: BeforeStoring): Promise<Report>;
  /** Lets colleagues open keys. Only readers of now, under their keys of now, get any; the rest is passed over. */
  grant(id: string, grants: readonly KeyGrant[]): Promise<Report>;
  /**
   * Takes away every sealed key whose public key is no reader's any more, and retires those keys; returns of how many reports.
   * What nobody of now can open is retired but stays: it would be lost even to a colleague whose account is enabled again.
   * With the same team as ten minutes ago or less, it does nothing.
   * @param onRevoked called after each report: those before a failure have changed too.
   */
  revokeFormerReaders(onRevoked?: () => void): Promise<number>;
  /** Reports that nobody has read for longer than the limit. */
  listOverdue(): Promise<readonly Report[]>;
  /** Called after each change in this process. Returns the function that ends it. */
  subscribe(listener: () => void): () => void;
}
