import type { Clock } from '../domain/clock.js';
import type { Peers } from '../domain/peers.js';
import type { Timers } from '../domain/timers.js';
import type { ProcessStore, StoredProcess, Visit } from '../storage/ports/process-store.js';
import type { InProcessPresence } from './in-process-presence.js';
import { createRound, onceReported } from './round.js';

/** This process, as the others read it. */
export interface PresenceRecord {
  /** It is written soon, and the others are told. */
  changed(): void;
  /** Removes it, and tells. Never rejects. */
  close(): Promise<void>;
}

export interface PresenceRecordDependencies {
  readonly store: Pick<ProcessStore, 'save' | 'remove'>;
  readonly peers: Pick<Peers, 'self' | 'tell'>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly local: Pick<InProcessPresence, 'visits' | 'left'>;
  readonly heard: () => ReadonlyMap<string, number>;
  readonly onFault: (error: unknown) => void;
}

const BEAT_MS = 5_000;
/** A page that goes from one conversation to the next leaves and comes: one change. */
const GATHER_MS = 100;
/** Processes that live have read by then who left. */
const LEFT_KEPT_MS = 60 * 60_000;

export function createPresenceRecord(deps: PresenceRecordDependencies): PresenceRecord {
  const { store, peers, clock, timers, local, heard, onFault } = deps;
  let beat = 0;
  let told = JSON.stringify([]);

  function read(): StoredProcess {
    const at = clock().getTime();
    beat += 1;
    return {
      id: peers.self,
      beat,
      at,
      visits: distinct(local.visits()),
      left: Object.fromEntries(
        [...local.left()].flatMap(([id, left]) => (at - left.getTime() < LEFT_KEPT_MS ? [[id, left.getTime()]] : [])),
      ),
      heard: Object.fromEntries(heard()),
    };
  }

  const write = onceReported(onFault, async () => {
    const record = read();
    await store.save(record);
    const visits = JSON.stringify(record.visits);
    if (visits === told) return;
    told = visits;
    peers.tell('presence', {});
  });

  const writes = createRound({ timers, everyMs: () => BEAT_MS, run: write });
  writes.soon(0);

  return {
    changed: () => writes.soon(GATHER_MS),
    async close() {
      await writes.close();
      try {
        await store.remove(peers.self);
        peers.tell('presence', {});
      } catch (error) {
        onFault(error);
      }
    },
  };
}

/** Two tabs on one conversation are one visit. */
function distinct(visits: readonly Visit[]): readonly Visit[] {
  const byPlace = new Map(visits.map((visit) => [JSON.stringify([visit.delegateId, visit.conversationId]), visit]));
  return [...byPlace.entries()].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, visit]) => visit);
}
