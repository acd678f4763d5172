import type { Timers } from '../../src/domain/timers.js';
import type { ManualClock } from './directline-server.js';

/** Timers that ring when the test moves the clock. */
export interface ManualTimers extends Timers {
  /** Moves the clock, and lets what is due by then happen, in its order. */
  advance(seconds: number): void;
  /** How many have not rung yet. */
  pending(): number;
}

export function createManualTimers(clock: ManualClock): ManualTimers {
  const tasks = new Map<number, { readonly task: () => void; readonly at: number }>();
  let lastId = 0;

  function nextBefore(end: number): number | undefined {
    const due = [...tasks].filter(([, { at }]) => at <= end);
    return due.sort(([, one], [, other]) => one.at - other.at)[0]?.[0];
  }

  return {
    set(task, ms) {
      const id = ++lastId;
      tasks.set(id, { task, at: clock.now().getTime() + ms });
      return () => void tasks.delete(id);
    },
    advance(seconds) {
      const end = clock.now().getTime() + seconds * 1000;
      for (let id = nextBefore(end); id !== undefined; id = nextBefore(end)) {
        const due = tasks.get(id);
        tasks.delete(id);
        if (!due) continue;
        clock.advance(Math.max(0, due.at - clock.now().getTime()) / 1000);
        due.task();
      }
      clock.advance((end - clock.now().getTime()) / 1000);
    },
    pending: () => tasks.size,
  };
}
