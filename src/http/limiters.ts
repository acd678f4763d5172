import { createHash } from 'node:crypto';
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** `points` calls in `duration` seconds. */
export interface Limit {
  readonly points: number;
  readonly duration: number;
}

/** As `rate-limiter-flexible` has them. `consume` rejects with a `RateLimiterRes` past the limit. */
export type Counter = Pick<RateLimiterAbstract, 'consume' | 'reward' | 'get' | 'set' | 'delete'>;

/** Makes the counters of calls and attempts; those of one name are shared by all processes where a line joins them. */
export interface Limiters {
  /** @param name unique in the program; it names the counter outside this process too. */
  create(name: string, limit: Limit): Counter;
  /** Keys are made of addresses and logins, which are kept nowhere: the same in all processes, unlike without this salt. */
  readonly salt: Buffer;
}

/** Counters of this process alone. */
export function createMemoryLimiters(salt: Buffer): Limiters {
  return { create: (_name, limit) => new RateLimiterMemory(limit), salt };
}

export interface SharedCounting {
  /** The same counter outside of this process. What it does may take for ever. */
  create(name: string, limit: Limit): Counter;
  /** Whether it can be asked now. */
  isUp(): boolean;
  /** It did not answer in time, or not at all. */
  onFailed(fault: unknown): void;
}

/** A call waits so long for a counter at most. */
const ANSWER_MS = 300;

/** Counters outside of this process as long as they answer; its own in the meantime, which begin at nought. */
export function createSharedLimiters(salt: Buffer, shared: SharedCounting): Limiters {
  return {
    salt,
    create(name, limit) {
      const outside = shared.create(name, limit);
      const own = new RateLimiterMemory(limit);
      const call = async <T>(ask: (counter: Counter) => Promise<T>): Promise<T> => {
        if (!shared.isUp()) return ask(own);
        try {
          return await inTime(ask(outside));
        } catch (error) {
          if (error instanceof RateLimiterRes) throw error;
          shared.onFailed(error);
          return ask(own);
        }
      };
      return {
        consume: (key, points) => call((counter) => counter.consume(key, points)),
        reward: (key, points) => call((counter) => counter.reward(key, points)),
        get: (key) => call((counter) => counter.get(key)),
        set: (key, points, seconds) => call((counter) => counter.set(key, points, seconds)),
        delete: (key) => call((counter) => counter.delete(key)),
      };
    },
  };
}

/** Under which a counter knows those parts. */
export function limiterKey({ salt }: Pick<Limiters, 'salt'>, ...parts: readonly string[]): Buffer {
  return createHash('sha256').update(salt).update(JSON.stringify(parts)).digest();
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  const limit = Promise.withResolvers<never>();
  const timer = setTimeout(() => limit.reject(new Error('SLOW')), ANSWER_MS);
  try {
    return await Promise.race([answer, limit.promise]);
  } finally {
    clearTimeout(timer);
  }
}
