import type { DatabaseSync } from 'node:sqlite';

export interface GroupCommit {
  /**
   * Runs `work` in a transaction; once it resolves, what was written is on disk. A work that throws leaves nothing, and
   * rejects with what it threw, untranslated.
   */
  run<Result>(work: () => Result, options: { readonly isErasing: boolean }): Promise<Result>;
  /** Ends at once what waits. */
  flush(): void;
}

interface Entry {
  readonly isErasing: boolean;
  readonly work: () => unknown;
  readonly resolve: (result: never) => void;
  readonly reject: (error: unknown) => void;
}

type Outcome = { readonly result: unknown } | { readonly error: unknown };

/** Others are let in after so many. */
const LARGEST_GROUP = 200;

/**
 * Writes that come in the same turn of the event loop share one transaction, and so one wait for the disk, which is what
 * bounds their number. Each has a savepoint of its own.
 * @param afterCommit told whether rows were removed.
 */
export function createGroupCommit(db: DatabaseSync, afterCommit: (hasErased: boolean) => void): GroupCommit {
  let waiting: Entry[] = [];
  let isDue = false;

  function schedule(): void {
    if (isDue) return;
    isDue = true;
    setImmediate(() => {
      isDue = false;
      flushGroup();
    });
  }

  function flushGroup(): void {
    const group = waiting.slice(0, LARGEST_GROUP);
    waiting = waiting.slice(LARGEST_GROUP);
    if (waiting.length > 0) schedule();
    if (group.length > 0) settle(group, commit(db, group));
  }

  function settle(group: readonly Entry[], outcomes: readonly Outcome[]): void {
    const isWritten = (index: number): boolean => 'result' in (outcomes[index] ?? {});
    if (outcomes.some((outcome) => 'result' in outcome)) {
      afterCommit(group.some(({ isErasing }, index) => isErasing && isWritten(index)));
    }
    for (const [index, entry] of group.entries()) {
      const outcome = outcomes[index] ?? { error: new Error('A write without an outcome') };
      if ('result' in outcome) entry.resolve(outcome.result as never);
      else entry.reject(outcome.error);
    }
  }

  return {
    run: (work, { isErasing }) =>
      new Promise((resolve, reject) => {
        waiting.push({ work, isErasing, resolve, reject });
        schedule();
      }),
    flush() {
      while (waiting.length > 0) flushGroup();
    },
  };
}

/** One outcome for each entry, in order. */
function commit(db: DatabaseSync, group: readonly Entry[]): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  try {
    db.exec('BEGIN IMMEDIATE');
    for (const entry of group) outcomes.push(group.length === 1 ? attempt(entry) : attemptApart(db, entry));
    db.exec('COMMIT');
    return outcomes;
  } catch (error) {
    // SQLite has already rolled back by itself after some failures, such as a full disk.
    if (db.isOpen && db.isTransaction) db.exec('ROLLBACK');
    return group.map((_, index) => failed(outcomes[index], error));
  }
}

/** What an entry had failed of already is its own. */
function failed(outcome: Outcome | undefined, error: unknown): Outcome {
  return outcome && 'error' in outcome ? outcome : { error };
}

function attempt({ work }: Entry): Outcome {
  return { result: work() };
}

function attemptApart(db: DatabaseSync, entry: Entry): Outcome {
  db.exec('SAVEPOINT entry');
  try {
    const outcome = attempt(entry);
    db.exec('RELEASE entry');
    return outcome;
  } catch (error) {
    // Without its transaction, nothing of the whole group was written.
    if (!db.isTransaction) throw error;
    db.exec('ROLLBACK TO entry; RELEASE entry');
    return { error };
  }
}
