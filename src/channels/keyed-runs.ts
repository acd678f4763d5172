export interface KeyedRuns<Result> {
  /**
   * Runs the task for the key, never twice at once: a call that comes meanwhile has it run once more after that, for all
   * such calls together. When the first run ends in a result after which there is no going on, that is theirs too.
   */
  run(key: string): Promise<Result>;
  /** Resolves when none is under way. */
  idle(): Promise<void>;
}

/** @param task must not reject. */
export function createKeyedRuns<Result>(
  task: (key: string) => Promise<Result>,
  mayGoOn: (result: Result) => boolean,
): KeyedRuns<Result> {
  const running = new Map<string, Run<Result>>();

  function start(key: string): Promise<Result> {
    const present = task(key);
    const run: Run<Result> = { present };
    running.set(key, run);
    void present.then((result) => {
      if (!run.next || !mayGoOn(result)) running.delete(key);
    });
    return present;
  }

  return {
    run(key) {
      const run = running.get(key);
      if (!run) return start(key);
      run.next ??= run.present.then((result) => (mayGoOn(result) ? start(key) : result));
      return run.next;
    },
    async idle() {
      while (running.size > 0) {
        await Promise.all([...running.values()].map(({ present, next }) => next ?? present));
      }
    },
  };
}

interface Run<Result> {
  readonly present: Promise<Result>;
  next?: Promise<Result>;
}
