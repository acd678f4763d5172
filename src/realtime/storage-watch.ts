import type { Clock } from '../domain/clock.js';
import type { Peers } from '../domain/peers.js';
import type { Timers } from '../domain/timers.js';
import type { WakeUps } from '../domain/wake-ups.js';
import type { ConversationStore } from '../storage/ports/conversation-store.js';
import { listAllChangedSince } from './list-changed-since.js';

const LOOK_EVERY_MS = 2_000;
/** What others said while only their line was down did not arrive, though this one's was up: so long it goes on looking. */
const LINGER_LOOKS = 5;
/** Clocks of processes may differ by so much. */
const MARGIN_MS = 60_000;

export interface StorageWatchDependencies {
  readonly store: Pick<ConversationStore, 'listChangedSince'>;
  /** Those of this process only. */
  readonly wakeUps: Pick<WakeUps, 'notify'>;
  readonly peers: Pick<Peers, 'state' | 'watch'>;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Storage was away; it is looked at again. Told once until it answers. */
  readonly onFailed: (error: unknown) => void;
}

export interface StorageWatch {
  stop(): void;
}

/**
 * While the line to the others is down, looks at storage every two seconds and wakes this process's readers of every
 * conversation that a message was added to. What changes without a message, and what was removed, is found by those who
 * hold it: streams look every 15 s, the delegates' queue every 20 s.
 */
export function watchStorage({
  store,
  wakeUps,
  peers,
  clock,
  timers,
  onFailed,
}: StorageWatchDependencies): StorageWatch {
  /** Revs as last seen, of what changed within the margin. */
  let seen: ReadonlyMap<string, number> = new Map();
  let lookedAt = clock().getTime();
  let looksLeft = 0;
  let isLooking = false;
  let hasFailed = false;
  let isStopped = false;
  let cancel = (): void => undefined;

  async function look(): Promise<void> {
    const at = clock().getTime();
    const found = await listAllChangedSince(store, new Date(Math.min(at, lookedAt) - MARGIN_MS));
    if (isStopped) return;
    for (const [id, rev] of found) if (seen.get(id) !== rev) wakeUps.notify(id, { kind: 'changed' });
    seen = found;
    lookedAt = at;
    hasFailed = false;
  }

  async function lookGuarded(): Promise<void> {
    if (isLooking || isStopped) return;
    isLooking = true;
    try {
      await look();
      if (peers.state() !== 'apart') looksLeft -= 1;
    } catch (error) {
      if (!hasFailed) onFailed(error);
      hasFailed = true;
    } finally {
      isLooking = false;
    }
    schedule();
  }

  function schedule(): void {
    cancel();
    if (isStopped) return;
    if (peers.state() === 'apart') looksLeft = LINGER_LOOKS;
    if (looksLeft > 0) cancel = timers.set(() => void lookGuarded(), LOOK_EVERY_MS);
    else seen = new Map();
  }

  const unwatch = peers.watch((state) => {
    if (state === 'sole') return;
    // What was said in the moment of the change may be lost: the first look is at once, and goes back by the margin.
    if (looksLeft <= 0) lookedAt = clock().getTime();
    looksLeft = LINGER_LOOKS;
    void lookGuarded();
  });
  schedule();

  return {
    stop() {
      isStopped = true;
      unwatch();
      cancel();
    },
  };
}
