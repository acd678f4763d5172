export interface KeyedQueue {
  /** Runs the task after the earlier ones of the same key; different keys run side by side. */
  run<Result>(key: string, task: () => Promise<Result>): Promise<Result>;
  /** Resolves when nothing runs or waits. */
  drain(): Promise<void>;
}

/**
 * Turns of one conversation in the order they came. It saves conflicts within a process; the compare-and-set of the
 * commit is what keeps several processes apart.
 */
export function createKeyedQueue(): KeyedQueue {
  const tails = new Map<string, Promise<unknown>>();

  return {
    run(key, task) {
      const result = (tails.get(key) ?? Promise.resolve()).then(task);
      // The tail only orders: a failed task is reported to its own caller, not to the next one's.
      const tail = result.then(
        () => undefined,
        () => undefined,
      );
      tails.set(key, tail);
      tail.then(() => {
        if (tails.get(key) === tail) tails.delete(key);
      });
      return result;
    },
    async drain() {
      while (tails.size > 0) await Promise.all(tails.values());
    },
  };
}
