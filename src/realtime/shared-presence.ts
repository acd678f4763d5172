import type { Clock } from '../domain/clock.js';
import type { Presence } from '../domain/desk.js';
import { createPageCalls, type PageCalls } from '../domain/page-calls.js';
import type { Peers } from '../domain/peers.js';
import type { Timers } from '../domain/timers.js';
import type { ProcessStore } from '../storage/ports/process-store.js';
import { createInProcessPresence, createListeners, delegatesOf, viewersAmong } from './in-process-presence.js';
import { createOthersPresence } from './presence-of-others.js';
import { createPresenceRecord } from './presence-record.js';
import { createRound, onceReported } from './round.js';

/** Who is connected to any process, and which pages have called. */
export interface SharedPresence {
  readonly presence: Presence;
  readonly pageCalls: PageCalls;
  /** Takes this process's record away, and says so. To be called when its pages are gone. Never rejects. */
  close(): Promise<void>;
}

export interface SharedPresenceDependencies {
  readonly store: ProcessStore;
  readonly peers: Pick<Peers, 'self' | 'state' | 'watch' | 'tell' | 'listen'>;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Milliseconds that only ever go forward, at the pace of a clock. */
  readonly elapsed: () => number;
  readonly onListenerError: (error: unknown) => void;
  /** Storage did not answer, for the first time since it last did; the next round makes up for it. */
  readonly onFault: (error: unknown) => void;
}

const LOOK_MS = 5_000;
/** When nobody tells. */
const LOOK_APART_MS = 2_000;
/** Several processes may tell of one thing: a delegate who goes from page to page. */
const TOLD_MS = 50;
/** A session's calls are told this often at most. */
const HEARD_MS = 5_000;
const HEARD_KEPT_MS = 15_000;
const MOST_HEARD = 1_000;

/**
 * Each process keeps a record of its pages in storage, and reads those of the others: when they tell, and every few seconds
 * anyway. Resolves after the first reading; one that fails is no reason not to start.
 *
 * While storage is away, what was read last counts on, and everybody counts as seen just now: nobody loses hold by it.
 */
export async function openSharedPresence(deps: SharedPresenceDependencies): Promise<SharedPresence> {
  const { store, peers, clock, timers, elapsed } = deps;
  const local = createInProcessPresence(clock, deps.onListenerError);
  const others = createOthersPresence(peers.self, elapsed);
  const listeners = createListeners(deps.onListenerError);
  const calls = createSharedCalls(deps);
  const record = createPresenceRecord({ ...deps, local, heard: calls.lately });

  const look = onceReported(deps.onFault, async () => {
    const readFrom = elapsed();
    const { isNews, heard, gone } = others.observe(await store.list(), readFrom);
    for (const sessionId of heard) calls.hearFromOthers(sessionId);
    if (isNews) listeners.tell();
    for (const id of gone) await store.remove(id);
  });

  await look();
  const looks = createRound({
    timers,
    everyMs: () => (peers.state() === 'apart' ? LOOK_APART_MS : LOOK_MS),
    run: look,
  });
  const endings = [
    local.subscribe(() => {
      listeners.tell();
      record.changed();
    }),
    peers.watch(() => looks.soon(0)),
    peers.listen('presence', (told) => {
      const sessionId = heardIn(told);
      if (sessionId === undefined) looks.soon(TOLD_MS);
      else calls.hearFromOthers(sessionId);
    }),
  ];

  return {
    presence: createPresenceOfAll(),
    pageCalls: calls.pageCalls,
    async close() {
      for (const end of endings) end();
      await Promise.all([looks.close(), record.close()]);
    },
  };

  function createPresenceOfAll(): Presence {
    const isConnected = (delegateId: string): boolean =>
      local.isConnected(delegateId) || others.visits().some((visit) => visit.delegateId === delegateId);
    const visits = () => [...local.visits(), ...others.visits()];
    return {
      enter: local.enter,
      isConnected,
      connected: () => delegatesOf(visits()),
      viewersOf: (conversationId) => viewersAmong(visits(), conversationId),
      lastSeen(delegateId) {
        if (isConnected(delegateId)) return clock();
        const elsewhere = clock().getTime() - (elapsed() - others.lastSeen(delegateId));
        return new Date(Math.max(local.lastSeen(delegateId).getTime(), elsewhere));
      },
      subscribe: listeners.subscribe,
    };
  }
}

/** Told on the line, and by the record for when the line is cut. */
function createSharedCalls({ peers, clock }: SharedPresenceDependencies) {
  const here = createPageCalls();
  const lately = new Map<string, number>();
  const now = (): number => clock().getTime();

  function forgetOld(): void {
    for (const [sessionId, at] of lately) {
      if (Math.abs(now() - at) < HEARD_KEPT_MS && lately.size <= MOST_HEARD) return;
      lately.delete(sessionId);
    }
  }

  const pageCalls: PageCalls = {
    heard(sessionId) {
      here.heard(sessionId);
      const told = lately.get(sessionId);
      if (told !== undefined && Math.abs(now() - told) < HEARD_MS) return;
      // The latest comes last.
      lately.delete(sessionId);
      lately.set(sessionId, now());
      forgetOld();
      peers.tell('presence', { heard: sessionId });
    },
    listen: here.listen,
  };
  return {
    pageCalls,
    hearFromOthers: here.heard,
    lately(): ReadonlyMap<string, number> {
      forgetOld();
      return lately;
    },
  };
}

function heardIn(told: unknown): string | undefined {
  if (typeof told !== 'object' || told === null || !('heard' in told)) return undefined;
  return typeof told.heard === 'string' ? told.heard : undefined;
}
