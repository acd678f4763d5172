import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { RateLimiterRes } from 'rate-limiter-flexible';
import { createMemoryLimiters, type Limiters, limiterKey } from '../../http/limiters.js';
import { networkOf } from '../../http/network-of.js';
import { Refusal } from '../../http/refusal.js';

export interface Pacer {
  /**
   * Resolves when the key's next call may go on, at most `longestDelayMs` later. Clients crash on a 429, so calls
   * are held back in place of being refused.
   * @throws Refusal `TooBusy` when it would have to wait for longer than that.
   */
  pass(key: string): Promise<void>;
}

export interface PacerOptions {
  /** Calls that may come at once. */
  readonly burst: number;
  /** Time between two calls past the burst, in ms. */
  readonly spacingMs: number;
  readonly longestDelayMs: number;
  /** A clock that never jumps, in ms, and a way to wait: replaced by tests. */
  readonly now?: () => number;
  readonly wait?: (ms: number) => Promise<unknown>;
}

const FIRST_SWEEP = 1000;

/**
 * Of this process: a client's calls that a balancer spreads over several are held back less.
 * Each key has a schedule (the generic cell rate algorithm): the time at which all its calls so far are
 * paid for.
 */
export function createPacer(options: PacerOptions): Pacer {
  const { burst, spacingMs, longestDelayMs, now = () => performance.now(), wait: pause = wait } = options;
  const paidAt = new Map<string, number>();
  let sweepAt = FIRST_SWEEP;

  function forgetIdleKeys(at: number): void {
    if (paidAt.size < sweepAt) return;
    for (const [key, time] of paidAt) if (time + burst * spacingMs < at) paidAt.delete(key);
    sweepAt = Math.max(FIRST_SWEEP, paidAt.size * 2);
  }

  return {
    async pass(key) {
      const at = now();
      const due = Math.max(paidAt.get(key) ?? Number.NEGATIVE_INFINITY, at - burst * spacingMs) + spacingMs;
      if (due - at > longestDelayMs) throw new Refusal('TooBusy');
      forgetIdleKeys(at);
      paidAt.set(key, due);
      if (due > at) await pause(due - at);
    },
  };
}

export interface Throttle {
  /** True at most once in the throttle's time for each key. */
  isDue(key: string): boolean;
}

/** @param now a clock that never jumps, in ms. */
export function createThrottle(everyMs: number, now: () => number = () => performance.now()): Throttle {
  const passedAt = new Map<string, number>();
  let sweepAt = FIRST_SWEEP;

  function forgetIdleKeys(at: number): void {
    if (passedAt.size < sweepAt) return;
    for (const [key, time] of passedAt) if (at - time >= everyMs) passedAt.delete(key);
    sweepAt = Math.max(FIRST_SWEEP, passedAt.size * 2);
  }

  return {
    isDue(key) {
      const at = now();
      if (at - (passedAt.get(key) ?? Number.NEGATIVE_INFINITY) < everyMs) return false;
      forgetIdleKeys(at);
      passedAt.set(key, at);
      return true;
    },
  };
}

/** Whose calls are counted, and where. */
export interface CapOptions {
  /** Of the counter, unique in the program. */
  readonly name: string;
  /** Those that the processes share; absent: this one counts alone. */
  readonly limiters?: Limiters | undefined;
}

export interface AddressCap {
  /** Undefined when the address may go on; otherwise the seconds after which it may try again. */
  secondsToWait(address: string | undefined): Promise<number | undefined>;
}

const CAP_SECONDS = 600;
const BUCKETS = 2 ** 16;

/**
 * At most `calls` in ten minutes for one address. Addresses share 65,536 buckets by a salted hash: memory is bounded
 * whatever comes, and no address is kept.
 */
export function createAddressCap(calls: number, { name, limiters = ownLimiters() }: CapOptions): AddressCap {
  const limiter = limiters.create(name, { points: calls, duration: CAP_SECONDS });

  function bucketOf(address: string): number {
    return limiterKey(limiters, networkOf(address)).readUInt32BE() % BUCKETS;
  }

  return {
    async secondsToWait(address = '') {
      try {
        await limiter.consume(bucketOf(address));
        return undefined;
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
        throw refused;
      }
    },
  };
}

function ownLimiters(): Limiters {
  return createMemoryLimiters(randomBytes(16));
}
