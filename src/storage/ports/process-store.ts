import type { DelegateId, Millis } from '../../domain/desk-state.js';
import type { LeaseName } from '../../domain/leases.js';

export interface StoredLease {
  /** Grows with each write. */
  readonly token: number;
  /** `self` of a process; absent: nobody holds it. */
  readonly holder?: string;
}

/** Who does what is done by one process at a time. Times are no part of it: clocks of processes differ. */
export interface LeaseStore {
  load(name: LeaseName): Promise<StoredLease | undefined>;
  /**
   * Writes the holder over what stands at `expectedToken` (undefined: nothing stands yet).
   * @returns the new token, greater than the one before.
   * @throws DomainError `revision-conflict` when another process came first.
   */
  write(name: LeaseName, holder: string | undefined, expectedToken: number | undefined): Promise<number>;
}

/** A delegate's open page. */
export interface Visit {
  readonly delegateId: DelegateId;
  readonly conversationId?: string;
}

/** A process that lives, or did lately. */
export interface StoredProcess {
  /** `self` of the process. */
  readonly id: string;
  /** Grows with each write: a process whose beat stands still is gone. */
  readonly beat: number;
  readonly at: Millis;
  readonly visits: readonly Visit[];
  /** Delegates who left its pages, and when. */
  readonly left: Readonly<Record<DelegateId, Millis>>;
  /** Sessions whose pages have called it lately, and when: their streams may be another process's. */
  readonly heard?: Readonly<Record<string, Millis>>;
}

export interface ProcessStore {
  /** In place of the earlier one of the same id. */
  save(process: StoredProcess): Promise<void>;
  list(): Promise<readonly StoredProcess[]>;
  remove(id: string): Promise<boolean>;
  /** Removes those last written before; returns how many. */
  removeBefore(at: Millis): Promise<number>;
}
