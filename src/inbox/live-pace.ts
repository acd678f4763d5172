import { setTimeout as wait } from 'node:timers/promises';

export interface Pace {
  /** Runs the task for this key: now, or `gapMs` after its last run when that is later. */
  wake(key: string): void;
  stop(): void;
}

/**
 * Gathers calls: a task never runs twice at once for one key, and whatever comes while it runs or rests is one more run.
 * @param run must not reject.
 */
export function createPace(gapMs: number, run: (key: string) => Promise<void>): Pace {
  const wanted = new Map<string, boolean>();
  const stopping = new AbortController();

  async function keepRunning(key: string): Promise<void> {
    while (wanted.get(key) && !stopping.signal.aborted) {
      wanted.set(key, false);
      await run(key);
      await rest();
    }
    wanted.delete(key);
  }

  async function rest(): Promise<void> {
    // Ended early by `stop`, which is no fault.
    await wait(gapMs, undefined, { ref: false, signal: stopping.signal }).catch(() => undefined);
  }

  return {
    wake(key) {
      const isRunning = wanted.has(key);
      wanted.set(key, true);
      if (!isRunning) void keepRunning(key);
    },
    stop: () => stopping.abort(),
  };
}
