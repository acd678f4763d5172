import type { Peers } from '../domain/peers.js';
import type { Timers } from '../domain/timers.js';
import type { ProcessStore } from '../storage/ports/process-store.js';
import type { LinePeers } from './line-peers.js';
import type { RedisLine } from './redis-line.js';

const EVERY_MS = 5_000;
/** Calls in a row that one does not answer: a process that has just started, or lost the line for a moment, is no stranger. */
const MOST_UNANSWERED = 2;
/** Calls in a row at which its beat had not moved: four beats long it wrote nothing. */
const CALLS_TO_DEATH = 4;

interface Stranger {
  readonly beat: number;
  /** Calls that it lived through without being heard. */
  readonly unanswered: number;
  /** Calls since its beat moved. */
  readonly still: number;
}

export interface RollCallDependencies {
  readonly store: Pick<ProcessStore, 'list'>;
  readonly peers: Pick<Peers, 'self'> & Pick<LinePeers<RedisLine>, 'isHeard' | 'setOutOfHearing'>;
  readonly timers: Timers;
}

/**
 * Finds processes that live, as their beat in storage moves, and are not on the line: the operator gave them another
 * REDIS_URL or none, or only theirs is cut. What they do is seen by looking at storage, as if this one's were cut.
 * Resolves nothing and throws nothing: while storage is away nobody does anything that could be missed.
 */
export function startRollCall({ store, peers, timers }: RollCallDependencies): { stop(): void } {
  let strangers: ReadonlyMap<string, Stranger> = new Map();
  let isStopped = false;
  let cancel = timers.set(() => void call(), EVERY_MS);

  async function count(): Promise<void> {
    const rows = (await store.list()).filter(({ id }) => id !== peers.self && !peers.isHeard(id));
    strangers = new Map(rows.map(({ id, beat }) => [id, seen(strangers.get(id), beat)]));
    if (!isStopped) peers.setOutOfHearing([...strangers.values()].some(isOut));
  }

  async function call(): Promise<void> {
    // Beats that could not be read are read again.
    await count().catch(() => undefined);
    if (!isStopped) cancel = timers.set(() => void call(), EVERY_MS);
  }

  return {
    stop() {
      isStopped = true;
      cancel();
    },
  };
}

function seen(before: Stranger | undefined, beat: number): Stranger {
  if (before === undefined) return { beat, unanswered: 0, still: 0 };
  if (before.beat !== beat) return { beat, unanswered: before.unanswered + 1, still: 0 };
  return { ...before, still: before.still + 1 };
}

function isOut({ unanswered, still }: Stranger): boolean {
  return unanswered >= MOST_UNANSWERED && still < CALLS_TO_DEATH;
}
