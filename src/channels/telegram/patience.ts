import type { Timers } from '../../domain/timers.js';
import { ApiFault } from './api.js';
import type { Connection } from './connection.js';

/** Waits and tries again, until it is ended: then nothing is waited for any more. */
export interface Patience {
  readonly isOver: boolean;
  /** Aborted at the end, at the latest. */
  readonly end: AbortSignal;
  /**
   * Resolves after so long, or at the end.
   * @param event resolves it sooner.
   */
  wait(ms: number, event?: Promise<unknown>): Promise<void>;
  /**
   * Calls until it succeeds.
   * @param tell tells the operator why it does not; what the fault says by itself unless given.
   * @returns undefined at the end.
   */
  until<Result>(call: () => Promise<Result>, tell?: (fault: unknown) => void): Promise<Result | undefined>;
  finish(): void;
}

export interface PatienceDependencies {
  readonly timers: Timers;
  /** In [0, 1). */
  readonly random: () => number;
  readonly connection: Pick<Connection, 'failed'>;
  /** False: another process goes on, and the patience is over. */
  readonly isHeld?: () => boolean;
}

const FIRST_MS = 1_000;
/** Of a network that is away, which may be back at any moment; and of a token, which waits for a person. */
const LONGEST_MS = 30_000;
const LONGEST_REFUSED_MS = 5 * 60_000;

export function createPatience({ timers, random, connection, isHeld }: PatienceDependencies): Patience {
  const ending = new AbortController();
  const isOver = (): boolean => ending.signal.aborted || isHeld?.() === false;

  function wait(ms: number, event?: Promise<unknown>): Promise<void> {
    return new Promise((resolve) => {
      if (isOver()) return resolve();
      const done = (): void => {
        cancel();
        ending.signal.removeEventListener('abort', done);
        resolve();
      };
      const cancel = timers.set(done, ms);
      ending.signal.addEventListener('abort', done);
      event?.then(done, done);
    });
  }

  return {
    get isOver() {
      return isOver();
    },
    end: ending.signal,
    wait,
    async until(call, tell = connection.failed) {
      for (let tries = 1; !isOver(); tries++) {
        try {
          return await call();
        } catch (fault) {
          if (isOver()) break;
          tell(fault);
          await wait(pauseMs(tries, random(), fault));
        }
      }
      return undefined;
    },
    finish: () => ending.abort(),
  };
}

/** Doubling from one second, with up to a quarter more at random; never before Telegram wants it. */
export function pauseMs(tries: number, random: number, fault?: unknown): number {
  const { kind, retryAfterMs = 0 } = fault instanceof ApiFault ? fault : {};
  const longest = kind === 'refused' ? LONGEST_REFUSED_MS : LONGEST_MS;
  const pause = Math.min(longest, FIRST_MS * 2 ** Math.min(tries - 1, 20)) * (1 + random / 4);
  return Math.max(Math.round(pause), retryAfterMs);
}
