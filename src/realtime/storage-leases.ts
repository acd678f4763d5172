import type { Duty, Holding, LeaseName, Leases } from '../domain/leases.js';
import type { Peers } from '../domain/peers.js';
import { realTimers, type Timers } from '../domain/timers.js';
import type { LeaseStore } from '../storage/ports/process-store.js';
import { createHeldLease, type LeaseLog } from './held-lease.js';
import { createLeaseRow } from './lease-row.js';
import { createSteadyClock } from './steady-clock.js';

export interface StorageLeasesDependencies {
  readonly store: LeaseStore;
  /** A lease that is let go of is told, so that the next process need not wait until it looks. */
  readonly peers: Pick<Peers, 'self' | 'tell' | 'listen'>;
  readonly log: LeaseLog;
  readonly timers?: Timers;
  /** Milliseconds of a clock that only goes forward. */
  readonly now?: () => number;
}

/**
 * Leases that processes on one database take from each other: by compare-and-set, and by a row whose token has stood still
 * for too long as the taker's own clock tells. No two processes believe at once that they hold one; while storage is away,
 * nobody does. A process that was stopped in the middle of an effect may still finish it: effects are conditional writes.
 */
export function createStorageLeases(deps: StorageLeasesDependencies): Leases {
  const { store, peers, log, timers = realTimers, now = createSteadyClock() } = deps;
  const held = new Map<LeaseName, ReturnType<typeof createHeldLease>>();
  const endListening = peers.listen('change', (content) => {
    const told = nameOf(content);
    for (const [own, lease] of held) if (own === told) lease.look();
  });

  return {
    hold(name: LeaseName, duty: Duty): Holding {
      const lease = createHeldLease({
        name,
        duty,
        row: createLeaseRow({ name, self: peers.self, store, now }),
        onFreed: () => peers.tell('change', { of: 'lease', name }),
        timers,
        now,
        log,
      });
      held.set(name, lease);
      return lease;
    },
    async close() {
      await Promise.all([...held.values()].map(({ release }) => release()));
      endListening();
    },
  };
}

/** Undefined for whatever else was told. */
function nameOf(content: unknown): unknown {
  if (typeof content !== 'object' || content === null) return undefined;
  const { of, name } = content as { readonly of?: unknown; readonly name?: unknown };
  return of === 'lease' ? name : undefined;
}
