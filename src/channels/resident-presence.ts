import type { Clock } from '../domain/clock.js';
import type { Peers } from '../domain/peers.js';
import type { WakeUps } from '../domain/wake-ups.js';
import { createPagesElsewhere } from './pages-elsewhere.js';

/** How far the pages of residents have got, for the delegate's screen. In memory, and lost with it. */
export interface ResidentPresence {
  /**
   * A page of the resident's is open now: it holds a stream, or has asked for news in the last ten seconds. Those of other
   * processes are asked for: what is not known yet is told when it is, and without a line to the others they do not count.
   */
  isConnected(conversationId: string): boolean;
  /** `seq` of the last message that reached a page of the resident's; 0 when none is known. */
  deliveredSeq(conversationId: string): number;
  /** Called when a page comes or goes, and when more has reached it. Returns the function that ends it. */
  subscribe(listener: (conversationId: string) => void): () => void;
}

export interface QueuePlace {
  /** From 1. */
  readonly position: number;
  readonly usualWaitMinutes?: number;
}

/** The channel's side of it. */
export interface ResidentPresenceRecorder extends ResidentPresence {
  /** A stream opened. Returns the function that tells its end. */
  enter(conversationId: string): () => void;
  /** A page without a stream asked for news. */
  poll(conversationId: string): void;
  /** A page has everything up to `seq`. True when that is news. */
  reach(conversationId: string, seq: number): boolean;
  /** What the resident was last told of their place in the queue. */
  placeOf(conversationId: string): QueuePlace | undefined;
}

const POLL_MS = 10_000;
/** Conversations of which something is known; beyond, the one heard of longest ago is forgotten. */
const MOST_KNOWN = 20_000;

interface Known {
  readonly streams: number;
  readonly polledAt: number;
  readonly deliveredSeq: number;
  readonly place?: QueuePlace;
}

const NOTHING: Known = { streams: 0, polledAt: Number.NEGATIVE_INFINITY, deliveredSeq: 0 };

/**
 * @param wakeUps tells what other processes delivered, and the place in the queue.
 * @param peers the other processes, which know of pages of their own.
 */
export function createResidentPresence(
  clock: Clock,
  wakeUps?: Pick<WakeUps, 'subscribeAll'>,
  peers?: Peers,
): ResidentPresenceRecorder {
  const known = new Map<string, Known>();
  const listeners = new Set<(conversationId: string) => void>();

  const get = (id: string): Known => known.get(id) ?? NOTHING;

  function set(id: string, change: Partial<Known>): void {
    const next = { ...get(id), ...change };
    // The last one changed comes last, so that the first one is the longest unheard of.
    known.delete(id);
    known.set(id, next);
    if (known.size > MOST_KNOWN) forgetOldest();
  }

  function forgetOldest(): void {
    for (const [id, { streams }] of known) {
      if (streams > 0) continue;
      known.delete(id);
      return;
    }
  }

  function tell(id: string): void {
    for (const listener of listeners) listener(id);
  }

  function isConnectedHere(id: string): boolean {
    const { streams, polledAt } = get(id);
    return streams > 0 || clock().getTime() - polledAt < POLL_MS;
  }

  function reach(id: string, seq: number): boolean {
    if (seq <= get(id).deliveredSeq) return false;
    set(id, { deliveredSeq: seq });
    tell(id);
    return true;
  }

  const elsewhere =
    peers &&
    createPagesElsewhere({
      peers,
      clock,
      here: { isConnected: isConnectedHere, deliveredSeq: (id) => get(id).deliveredSeq },
      onNews(id, seq) {
        if (!reach(id, seq)) tell(id);
      },
    });

  /** Pages of this process came or went. */
  function move(id: string): void {
    tell(id);
    elsewhere?.moved(id);
  }

  wakeUps?.subscribeAll((id, signal) => {
    if (signal.kind === 'delivered') reach(id, signal.seq);
    else if (signal.kind === 'removed') {
      known.delete(id);
      elsewhere?.forget(id);
    } else if (signal.kind === 'queue') {
      const { position, usualWaitMinutes } = signal;
      set(id, { place: { position, ...(usualWaitMinutes !== undefined && { usualWaitMinutes }) } });
    }
  });

  return {
    isConnected: (id) => isConnectedHere(id) || (elsewhere?.isConnected(id) ?? false),
    deliveredSeq: (id) => get(id).deliveredSeq,
    subscribe(listener) {
      const own = (id: string): void => listener(id);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    enter(id) {
      set(id, { streams: get(id).streams + 1 });
      if (get(id).streams === 1) move(id);
      return () => {
        set(id, { streams: Math.max(0, get(id).streams - 1) });
        if (get(id).streams === 0) move(id);
      };
    },
    poll(id) {
      const was = isConnectedHere(id);
      set(id, { polledAt: clock().getTime() });
      if (!was) move(id);
    },
    reach,
    placeOf: (id) => get(id).place,
  };
}
