import { isDomainError } from '../domain/errors.js';
import type { LeaseName } from '../domain/leases.js';
import type { LeaseStore, StoredLease } from '../storage/ports/process-store.js';

/** A lease as this process has written it. */
export interface Term {
  readonly token: number;
  /** By the steady clock of this process: until then nobody else takes it. */
  readonly until: number;
}

/** One lease in storage, as this process sees it. Its calls reject when storage is away. */
export interface LeaseRow {
  /** Undefined while another process has it, or comes first. */
  take(): Promise<Term | undefined>;
  /** Shows that the holder lives. Undefined when another process has taken it over. */
  keep(token: number): Promise<Term | undefined>;
  /** Nobody holds it any more, unless another process has taken it over. */
  free(token: number): Promise<void>;
}

export interface LeaseRowParts {
  readonly name: LeaseName;
  /** Of this process. */
  readonly self: string;
  readonly store: LeaseStore;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
}

/** A holder believes for so long, from before it sent the last write that went through. */
export const TRUST_MS = 10_000;
/**
 * Another process takes over when it has seen nothing new for so long, from when it had the answer. Clocks are compared with
 * nobody's: they need only go equally fast, to half as much again.
 */
export const TAKEOVER_MS = 15_000;
/** Each round but the first is for a write of one's own that seemed to have failed. */
const MOST_ROUNDS = 4;

export function createLeaseRow({ name, self, store, now }: LeaseRowParts): LeaseRow {
  let seen: { readonly token: number | undefined; readonly since: number } | undefined;

  function isToBeTaken(stored: StoredLease | undefined): boolean {
    const at = now();
    if (seen?.token !== stored?.token) seen = undefined;
    seen ??= { token: stored?.token, since: at };
    // What this process wrote, and believes in no more, nobody else has written over.
    return stored?.holder === undefined || stored.holder === self || at - seen.since >= TAKEOVER_MS;
  }

  async function write(holder: string | undefined, expectedToken: number | undefined): Promise<Term | undefined> {
    let expected = expectedToken;
    for (let round = 1; round <= MOST_ROUNDS; round += 1) {
      const sentAt = now();
      try {
        return { token: await store.write(name, holder, expected), until: sentAt + TRUST_MS };
      } catch (error) {
        if (!isDomainError(error, 'revision-conflict')) throw error;
      }
      const stored = await store.load(name);
      if (stored?.holder !== self) return undefined;
      expected = stored.token;
    }
    return undefined;
  }

  return {
    async take() {
      const stored = await store.load(name);
      return isToBeTaken(stored) ? write(self, stored?.token) : undefined;
    },
    keep: (token) => write(self, token),
    async free(token) {
      await write(undefined, token);
    },
  };
}
