/** Time, so that tests can hold it. */
export interface Timers {
  /** Runs the task once, `ms` from now; it keeps no process alive. Returns the function that calls it off. */
  set(task: () => void, ms: number): () => void;
}

export const realTimers: Timers = {
  set(task, ms) {
    const timer = setTimeout(task, ms).unref();
    return () => clearTimeout(timer);
  },
};

/** One alarm for each key. */
export interface Alarms {
  /** In place of an earlier one of the key. */
  set(key: string, ms: number): void;
  has(key: string): boolean;
  cancel(key: string): void;
  cancelAll(): void;
}

export function createAlarms(timers: Timers, ring: (key: string) => void): Alarms {
  const cancels = new Map<string, () => void>();

  function cancel(key: string): void {
    cancels.get(key)?.();
    cancels.delete(key);
  }

  return {
    set(key, ms) {
      cancel(key);
      cancels.set(
        key,
        timers.set(() => {
          cancels.delete(key);
          ring(key);
        }, ms),
      );
    },
    has: (key) => cancels.has(key),
    cancel,
    cancelAll() {
      for (const key of [...cancels.keys()]) cancel(key);
    },
  };
}
