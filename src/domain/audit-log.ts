import type { AuditAction, AuditEntry } from './audit.js';
import type { DelegateId } from './desk-state.js';

export interface AuditEvent {
  readonly action: AuditAction;
  /** Absent: the operator, or nobody who is known. */
  readonly actor?: DelegateId;
  readonly subject?: string;
  readonly details?: Readonly<Record<string, string | number | boolean>>;
}

export interface AuditVerdict {
  readonly entries: number;
  /** `seq` of the first entry that is missing or does not fit the one before it; absent when the chain is whole. */
  readonly brokenAt?: number;
  /** Of the last entry: whoever keeps it elsewhere can tell later whether the end was cut off. */
  readonly lastHash?: string;
}

/** The log of who did what: append-only, each entry bound to the one before. */
export interface AuditLog {
  /** Resolves when the entry is stored. @throws DomainError `storage-unavailable`. */
  record(event: AuditEvent): Promise<void>;
  /** The newest first; from the last one when `before` is absent. */
  page(before: number | undefined, limit: number): Promise<readonly AuditEntry[]>;
  verify(): Promise<AuditVerdict>;
}
