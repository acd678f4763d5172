import type { Clock } from '../domain/clock.js';

/** Enough for a team's working hours; the oldest go first. */
const MOST_KEYS = 2000;

/**
 * Does a thing once per key within `ttlMs`. A second call meanwhile waits for the first; one that failed is done again.
 * Of this process: what must never happen twice needs storage.
 */
export function createOnce(clock: Clock, ttlMs: number): (key: string, task: () => Promise<void>) => Promise<void> {
  const done = new Map<string, { readonly at: number; readonly result: Promise<void> }>();

  function forgetOld(now: number): void {
    for (const [key, { at }] of done) {
      if (now - at < ttlMs && done.size < MOST_KEYS) return;
      done.delete(key);
    }
  }

  return async (key, task) => {
    const now = clock().getTime();
    forgetOld(now);
    const earlier = done.get(key);
    if (earlier) return earlier.result;
    const result = task();
    done.set(key, { at: now, result });
    try {
      await result;
    } catch (error) {
      if (done.get(key)?.result === result) done.delete(key);
      throw error;
    }
  };
}
