import type { Timers } from '../domain/timers.js';

/** A task that comes round, one run at a time. */
export interface Round {
  /** Runs it within `ms`, or as soon as the run under way has ended. Calls until then are one. */
  soon(ms: number): void;
  /** No run begins any more; resolves when the last one has ended. */
  close(): Promise<void>;
}

export interface RoundOptions {
  readonly timers: Timers;
  /** From the end of a run to the next. */
  readonly everyMs: () => number;
  /** Never rejects. */
  readonly run: () => Promise<void>;
}

/** The first run is due after `everyMs`. */
export function createRound({ timers, everyMs, run }: RoundOptions): Round {
  let running: Promise<void> | undefined;
  let soonMs: number | undefined;
  let isClosed = false;
  let cancel = timers.set(begin, everyMs());

  function begin(): void {
    soonMs = undefined;
    running = run().finally(() => {
      running = undefined;
      if (!isClosed) cancel = timers.set(begin, soonMs ?? everyMs());
    });
  }

  return {
    soon(ms) {
      if (isClosed || (soonMs !== undefined && soonMs <= ms)) return;
      soonMs = ms;
      if (running) return;
      cancel();
      cancel = timers.set(begin, ms);
    },
    async close() {
      isClosed = true;
      cancel();
      await running;
    },
  };
}

/** The task, never rejecting: of faults that follow each other the first is reported. */
export function onceReported(report: (error: unknown) => void, task: () => Promise<void>): () => Promise<void> {
  let hasFailed = false;
  return async () => {
    try {
      await task();
      hasFailed = false;
    } catch (error) {
      if (!hasFailed) report(error);
      hasFailed = true;
    }
  };
}
