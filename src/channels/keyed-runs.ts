export interface KeyedRuns<Result> {
  /**
   * Runs the task for the key, never twice at once: a call that comes meanwhile has it run once more after that, for all
   * such calls together, and each gets the result of a run that began after it was made.
   */
  run(key: string): Promise<Result>;
  /** Resolves when none is under way. */
  idle(): Promise<void>;
}

export function createKeyedRuns<Result>(task: (key: string) => Promise<Result>): KeyedRuns<Result> {
  const running = new Map<string, { readonly present: Promise<Result>; next?: Promise<Result> }>();

  function start(key: string): Promise<Result> {
    const present = task(key).finally(() => {
      if (running.get(key)?.next === undefined) running.delete(key);
    });
    running.set(key, { present });
    return present;
  }

  return {
    run(key) {
      const run = running.get(key);
      if (!run) return start(key);
      run.next ??= run.present.then(
        () => start(key),
        () => start(key),
      );
      return run.next;
    },
    async idle() {
      while (running.size > 0) {
        await Promise.allSettled([...running.values()].map(({ present, next }) => next ?? present));
      }
    },
  };
}
