import type { Timers } from '../domain/timers.js';
import { faultOf } from '../http/error-handler.js';
import type { ChannelLog } from './channel.js';
import type { Known } from './outbox-merge.js';

export interface LeftoverDependencies {
  /** @throws when storage does not take it. */
  readonly merge: (known: Known) => Promise<void>;
  readonly timers: Timers;
  readonly log: ChannelLog;
}

/** What was sent under a right that is lost, and could not be stored before it was. */
export interface Leftovers {
  /** Tries at once, then again and again. Resolves after the first try. */
  add(known: readonly Known[]): Promise<void>;
  /** Gives up what storage has still not taken. */
  close(): Promise<void>;
}

const PAUSE_MS = 5_000;
/** Beyond, what is oldest stays in doubt. */
const MOST_KNOWN = 1_000;

export function createLeftovers({ merge, timers, log }: LeftoverDependencies): Leftovers {
  const left = new Set<Known>();
  let trying: Promise<void> | undefined;
  let cancel: (() => void) | undefined;
  let isClosed = false;

  async function tryAll(): Promise<void> {
    for (const known of [...left]) {
      try {
        await merge(known);
        left.delete(known);
      } catch (error) {
        log.warn(faultOf(error), 'What became of a send waits for storage');
        break;
      }
    }
    trying = undefined;
    if (left.size > 0 && !isClosed) cancel = timers.set(() => void settle(), PAUSE_MS);
  }

  function settle(): Promise<void> {
    cancel?.();
    trying ??= tryAll();
    return trying;
  }

  return {
    async add(known) {
      for (const one of known) left.add(one);
      for (const oldest of [...left].slice(0, -MOST_KNOWN)) left.delete(oldest);
      if (known.length > 0) await settle();
    },
    async close() {
      isClosed = true;
      cancel?.();
      await trying;
    },
  };
}
