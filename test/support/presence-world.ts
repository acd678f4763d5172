import { setImmediate as settled } from 'node:timers/promises';
import { DomainError } from '../../src/domain/errors.js';
import { openSharedPresence, type SharedPresence } from '../../src/realtime/shared-presence.js';
import type { ProcessStore, StoredProcess } from '../../src/storage/ports/process-store.js';
import { createManualClock } from './directline-server.js';
import { createManualTimers } from './directline-timers.js';
import { createPeerLine, type JoinedPeers } from './peers.js';

export interface PresenceProcess extends SharedPresence {
  readonly peers: JoinedPeers;
  /** What its storage said no to, as it was reported. */
  readonly faults: unknown[];
  /** How often who is there was told. */
  told(): number;
  /** Without a word, as by `kill -9`; or for a while, as by SIGSTOP. */
  freeze(): void;
  thaw(): void;
  /** Its way to storage. */
  setStorage(isThere: boolean): void;
}

/** Processes with one storage, one line and one held time, in which each may have a clock that is wrong. */
export function createPresenceWorld() {
  const clock = createManualClock();
  const line = createPeerLine(createManualTimers(clock));
  const stored = new Map<string, StoredProcess>();
  const moves: ((seconds: number) => void)[] = [];
  const counts = { list: 0, save: 0 };

  function storeOf(isThere: () => boolean): ProcessStore {
    const reach = (): void => {
      if (!isThere()) throw new DomainError('storage-unavailable', 'away');
    };
    return {
      async save(process) {
        counts.save += 1;
        reach();
        stored.set(process.id, structuredClone(process));
      },
      async list() {
        counts.list += 1;
        reach();
        return [...stored.values()].toReversed();
      },
      async remove(id) {
        reach();
        return stored.delete(id);
      },
      async removeBefore() {
        throw new Error('Clocks of processes differ');
      },
    };
  }

  /** Lets what follows from each timer run, step by step. */
  async function advance(seconds: number, step = 0.05): Promise<void> {
    for (let passed = 0; passed < seconds - step / 2; passed += step) {
      for (const move of moves) move(step);
      clock.advance(step);
      await settled();
    }
  }

  return {
    line,
    stored,
    counts,
    now: clock.now,
    advance,
    async start({ offsetSeconds = 0, name }: { offsetSeconds?: number; name?: string } = {}): Promise<PresenceProcess> {
      const peers = line.join(name);
      const own = createManualClock(new Date(clock.now().getTime() + offsetSeconds * 1000));
      const timers = createManualTimers(own);
      const faults: unknown[] = [];
      const state = { isFrozen: false, isStorageThere: true, told: 0, missedSeconds: 0 };
      moves.push((seconds) => {
        if (state.isFrozen) state.missedSeconds += seconds;
        else timers.advance(seconds);
      });
      const shared = await openSharedPresence({
        store: storeOf(() => state.isStorageThere),
        peers,
        clock: own.now,
        timers,
        elapsed: () => own.now().getTime(),
        onListenerError: (error) => faults.push(error),
        onFault: (error) => faults.push(error),
      });
      shared.presence.subscribe(() => {
        state.told += 1;
      });
      return {
        ...shared,
        peers,
        faults,
        told: () => state.told,
        freeze() {
          state.isFrozen = true;
          peers.cut();
        },
        thaw() {
          state.isFrozen = false;
          // Its clock went on; what was due meanwhile is late.
          own.advance(state.missedSeconds);
          state.missedSeconds = 0;
          peers.heal();
        },
        setStorage(isThere) {
          state.isStorageThere = isThere;
        },
      };
    },
  };
}

export type PresenceWorld = ReturnType<typeof createPresenceWorld>;
