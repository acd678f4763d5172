import type { Clock } from '../../src/domain/clock.js';
import type { Timers } from '../../src/domain/timers.js';

/** Whoever waits for a short time is told at once that it is over, and the clock goes on; long waits end when the test says so. */
export interface HurriedTime {
  readonly clock: Clock;
  readonly timers: Timers;
  /** The waits that are too long to be hurried end now. */
  ring(): void;
}

const LONGEST_MS = 5 * 60_000;

export function createHurriedTime(start = new Date('2026-11-23T10:00:00Z')): HurriedTime {
  let now = start.getTime();
  const long = new Map<() => void, number>();

  function end(task: () => void, at: number): void {
    now = Math.max(now, at);
    task();
  }

  return {
    clock: () => new Date(now),
    timers: {
      set(task, ms) {
        const at = now + ms;
        if (ms >= LONGEST_MS) {
          long.set(task, at);
          return () => void long.delete(task);
        }
        const immediate = setImmediate(() => end(task, at));
        return () => clearImmediate(immediate);
      },
    },
    ring() {
      const due = [...long];
      long.clear();
      for (const [task, at] of due) end(task, at);
    },
  };
}
