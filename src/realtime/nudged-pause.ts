import type { Timers } from '../domain/timers.js';

export interface NudgedPause {
  /** Resolves after so long, or when nudged; at once when it was nudged since the last pause. One at a time. */
  pause(ms: number): Promise<void>;
  nudge(): void;
}

export function createNudgedPause(timers: Timers): NudgedPause {
  let isNudged = false;
  let wake: (() => void) | undefined;

  return {
    async pause(ms) {
      if (!isNudged) {
        await new Promise<void>((resolve) => {
          const cancel = timers.set(resolve, ms);
          wake = () => {
            cancel();
            resolve();
          };
        });
      }
      wake = undefined;
      isNudged = false;
    },
    nudge() {
      isNudged = true;
      wake?.();
    },
  };
}

/** The result, unless it takes longer: then what becomes of it is left to itself. */
export function within<Result>(timers: Timers, ms: number, result: Promise<Result>): Promise<Result | 'late'> {
  return new Promise((resolve, reject) => {
    const cancel = timers.set(() => resolve('late'), ms);
    result.then(resolve, reject).finally(cancel);
  });
}
