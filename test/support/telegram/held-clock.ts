import type { Clock } from '../../../src/domain/clock.js';

export interface HeldClock {
  readonly clock: Clock;
  pass(ms: number): void;
}

/** Stands still until it is moved. */
export function createHeldClock(start = '2026-11-23T10:00:00Z'): HeldClock {
  let now = new Date(start).getTime();
  return {
    clock: () => new Date(now),
    pass(ms) {
      now += ms;
    },
  };
}
