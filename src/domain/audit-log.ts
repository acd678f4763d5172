import { createHash } from 'node:crypto';
import type { AuditStore } from '../storage/ports/audit-store.js';
import type { AuditAction, AuditEntry } from './audit.js';
import type { Clock } from './clock.js';
import type { DelegateId } from './desk-state.js';
import { isDomainError } from './errors.js';

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

/** How often one entry may be overtaken by other processes: each round one of theirs gets through. */
const MAX_TRIES = 100;
const BATCH = 500;

export function createAuditLog({ store, clock }: { store: AuditStore; clock: Clock }): AuditLog {
  let queue: Promise<unknown> = Promise.resolve();

  async function append(event: AuditEvent): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      const last = await store.last();
      const entry = { ...defined(event), seq: (last?.seq ?? 0) + 1, at: clock().getTime() };
      try {
        return await store.append({ ...entry, hash: hashOf(entry, last?.hash) });
      } catch (error) {
        if (!isDomainError(error, 'duplicate') || tries === MAX_TRIES) throw error;
      }
    }
  }

  return {
    record(event) {
      // One after another in this process; only other processes can come first.
      const appended = queue.then(() => append(event));
      queue = appended.catch(() => undefined);
      return appended;
    },
    page: (before, limit) => store.before(before, limit),
    verify: () => verify(store),
  };
}

async function verify(store: AuditStore): Promise<AuditVerdict> {
  let entries = 0;
  let lastHash: string | undefined;
  for (;;) {
    const batch = await store.after(entries, BATCH);
    for (const entry of batch) {
      if (entry.seq !== entries + 1 || entry.hash !== hashOf(entry, lastHash)) {
        return { entries, brokenAt: entries + 1, ...(lastHash !== undefined && { lastHash }) };
      }
      entries += 1;
      lastHash = entry.hash;
    }
    if (batch.length === 0) return { entries, ...(lastHash !== undefined && { lastHash }) };
  }
}

/** SHA-256 over a form in which each entry has one spelling: members in a fixed order, details in that of their names. */
function hashOf({ seq, at, actor, action, subject, details }: Omit<AuditEntry, 'hash'>, previous = ''): string {
  const sorted = Object.entries(details ?? {}).sort(([one], [other]) => (one < other ? -1 : 1));
  const content = JSON.stringify([previous, seq, at, actor ?? null, action, subject ?? null, sorted]);
  return createHash('sha256').update(content).digest('base64url');
}

function defined({ action, actor, subject, details }: AuditEvent): AuditEvent {
  return {
    action,
    ...(actor !== undefined && { actor }),
    ...(subject !== undefined && { subject }),
    ...(details !== undefined && { details }),
  };
}
