import { DomainError } from '../../src/domain/errors.js';
import type { Lease, Leases } from '../../src/domain/leases.js';
import type { Peers } from '../../src/domain/peers.js';
import type { Timers } from '../../src/domain/timers.js';
import { createStorageLeases } from '../../src/realtime/storage-leases.js';
import type { LeaseStore, StoredLease } from '../../src/storage/ports/process-store.js';

/** A process as the world knows it. */
export interface LeaseProcess {
  readonly self: string;
  readonly isAlive: boolean;
  /** As the process itself believes at this moment. */
  isHeld(): boolean;
  /** What it holds, or held last. */
  readonly lease: Lease | undefined;
  /** Nothing of it runs until then, its clock goes on; what it had sent to storage arrives all the same. */
  pause(ms: number): void;
  /** It is gone without a word. */
  kill(): void;
  /** It lets go and ends. */
  release(): Promise<void>;
}

/** What becomes of a call to storage. `lost`: it is applied, and the answer never comes back. */
export type StorageFate = 'well' | 'refused' | 'lost' | 'late';

export interface LeaseWorld {
  /** Of the world, which no process sees. In milliseconds. */
  now(): number;
  start(options?: { readonly rate?: number; readonly hasFrozenClock?: boolean }): LeaseProcess;
  /** Runs what happens in so long, and looks after each event whether all is well. */
  run(ms: number): Promise<void>;
  /** Of each call from now on. */
  fate: (self: string) => StorageFate;
  readonly processes: readonly LeaseProcess[];
  /** Every taking, in order. */
  readonly takings: readonly { readonly self: string; readonly token: number; readonly at: number }[];
  /** What may never be. */
  readonly faults: readonly string[];
  /** True: what is told between processes arrives. */
  isLineUp: boolean;
  readonly row: () => StoredLease | undefined;
}

interface Event {
  readonly at: number;
  readonly of: Mutable | undefined;
  readonly task: () => void;
}

interface Mutable {
  isAlive: boolean;
  pausedUntil: number;
}

const LATE_MS = 40_000;
const NAME = 'upkeep';

/** Processes that take one lease from each other, in a time of the test's own. @param random in [0, 1). */
export function createLeaseWorld(random: () => number): LeaseWorld {
  let now = 0;
  let row: StoredLease | undefined;
  const events: Event[] = [];
  const processes: LeaseProcess[] = [];
  const takings: { self: string; token: number; at: number }[] = [];
  const faults: string[] = [];
  const ears = new Map<string, (content: unknown) => void>();

  const world: LeaseWorld = {
    now: () => now,
    start,
    run,
    fate: () => 'well',
    processes,
    takings,
    faults,
    isLineUp: true,
    row: () => row,
  };
  return world;

  function plan(at: number, of: Mutable | undefined, task: () => void): () => void {
    const event = { at, of, task };
    events.push(event);
    return () => {
      const index = events.indexOf(event);
      if (index >= 0) events.splice(index, 1);
    };
  }

  function nextBefore(end: number): Event | undefined {
    let next: Event | undefined;
    for (const event of events) if (event.at <= end && (!next || event.at < next.at)) next = event;
    if (next) events.splice(events.indexOf(next), 1);
    return next;
  }

  async function run(ms: number): Promise<void> {
    const end = now + ms;
    for (let event = nextBefore(end); event; event = nextBefore(end)) {
      now = Math.max(now, event.at);
      if (event.of && !event.of.isAlive) continue;
      if (event.of && event.of.pausedUntil > now) plan(event.of.pausedUntil, event.of, event.task);
      else event.task();
      await settled();
      look();
    }
    now = end;
  }

  function look(): void {
    const holders = processes.filter((process) => process.isAlive && process.isHeld());
    if (holders.length > 1) faults.push(`${holders.length} hold it at ${now}`);
  }

  function storeOf(self: string, of: Mutable): LeaseStore {
    /** The request travels by itself; its answer waits until the process runs. */
    function call<Result>(apply: () => Result): Promise<Result> {
      return new Promise((resolve, reject) => {
        const fate = world.fate(self);
        const refuse = (): void => reject(new DomainError('storage-unavailable', 'away'));
        if (fate === 'refused') {
          plan(now + 200 * random(), of, refuse);
          return;
        }
        plan(now + (fate === 'late' ? LATE_MS : 50) * random(), undefined, () => {
          const outcome = attempt(apply);
          const answer = fate === 'lost' ? refuse : () => outcome(resolve, reject);
          plan(now + (fate === 'lost' ? 3_000 : 50) * random(), of, answer);
        });
      });
    }

    return {
      load: () => call(() => row),
      write: (_name, holder, expectedToken) =>
        call(() => {
          if (row?.token !== expectedToken) throw new DomainError('revision-conflict', 'Another process came first');
          row = { token: (expectedToken ?? 0) + 1, ...(holder !== undefined && { holder }) };
          return row.token;
        }),
    };
  }

  function start({ rate = 1, hasFrozenClock = false } = {}): LeaseProcess {
    const self = `process ${processes.length + 1}`;
    const of: Mutable = { isAlive: true, pausedUntil: 0 };
    const startedAt = now;
    const own = (): number => 1_000 + (now - startedAt) * rate;
    let lease: Lease | undefined;
    // As in Node, no timer rings within a millisecond.
    const timers: Timers = { set: (task, ms) => plan(now + Math.max(1, ms) / rate, of, task) };
    const leases: Leases = createStorageLeases({
      store: storeOf(self, of),
      peers: peersOf(self, of),
      timers,
      // Sabotage: it does not notice that it was stopped.
      now: hasFrozenClock ? () => own() - Math.max(0, now - Math.min(now, frozenAt)) * rate : own,
      log: { info: () => undefined, warn: () => undefined },
    });
    let frozenAt = Number.POSITIVE_INFINITY;
    const holding = leases.hold(NAME, {
      begin(taken) {
        if (taken.token <= (takings.at(-1)?.token ?? 0)) faults.push(`The token ${taken.token} was not new at ${now}`);
        lease = taken;
        takings.push({ self, token: taken.token, at: now });
      },
      end: () => {
        if (!lease?.over.aborted) faults.push(`The end was not told at ${now}`);
        return new Promise((resolve) => plan(now + 4_000 * random(), of, resolve));
      },
    });
    const process: LeaseProcess = {
      self,
      get isAlive() {
        return of.isAlive;
      },
      isHeld: holding.isHeld,
      get lease() {
        return lease;
      },
      pause(ms) {
        of.pausedUntil = now + ms;
        frozenAt = now;
        plan(of.pausedUntil, undefined, () => {
          frozenAt = Number.POSITIVE_INFINITY;
        });
      },
      kill() {
        of.isAlive = false;
        ears.delete(self);
      },
      async release() {
        await leases.close();
        process.kill();
      },
    };
    processes.push(process);
    return process;
  }

  function peersOf(self: string, of: Mutable): Pick<Peers, 'self' | 'tell' | 'listen'> {
    return {
      self,
      tell(_topic, content) {
        if (!world.isLineUp) return;
        for (const [other, hear] of ears) if (other !== self) plan(now + 5 * random(), undefined, () => hear(content));
      },
      listen(_topic, listener) {
        ears.set(self, (content) => {
          if (of.isAlive && of.pausedUntil <= now) listener(content, 'another');
        });
        return () => void ears.delete(self);
      },
    };
  }
}

function attempt<Result>(apply: () => Result) {
  try {
    const result = apply();
    return (resolve: (result: Result) => void, _reject: (error: unknown) => void): void => resolve(result);
  } catch (error) {
    return (_resolve: (result: Result) => void, reject: (error: unknown) => void): void => reject(error);
  }
}

/** What follows from an event without any time passing. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
