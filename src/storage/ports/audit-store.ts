import type { AuditEntry } from '../../domain/audit.js';

/** Append-only. Details are sealed at rest. */
export interface AuditStore {
  /** @throws DomainError `duplicate` when another entry took this `seq` first. */
  append(entry: AuditEntry): Promise<void>;
  last(): Promise<AuditEntry | undefined>;
  /** Entries with `seq > after`, ascending, at most `limit`. */
  after(seq: number, limit: number): Promise<readonly AuditEntry[]>;
  /** Entries with `seq < before`, the newest first, at most `limit`; from the last one when `before` is absent. */
  before(seq: number | undefined, limit: number): Promise<readonly AuditEntry[]>;
}
