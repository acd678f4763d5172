/** Those who wait until storage knows what is due in a conversation. */
export interface Noted {
  /** Resolves once a run that has read up to `seq`, or that begins after this, has noted something. */
  wait(id: string, seq: number): Promise<true>;
  /** A run begins. */
  begin(id: string): void;
  /** The run under way has read up to there: what it notes from now on is noted of all of that. */
  read(id: string, seq: number): void;
  /** The run under way has noted that something is due. */
  note(id: string): void;
  end(id: string): void;
}

interface Run {
  readSeq: number;
  hasNoted: boolean;
}

interface Waiter {
  readonly seq: number;
  readonly resolve: (isNoted: true) => void;
  /** The run under way began after it: what it reads is no older. */
  isAnswered: boolean;
}

export function createNoted(): Noted {
  const waiters = new Map<string, readonly Waiter[]>();
  const runs = new Map<string, Run>();

  function keep(id: string, kept: readonly Waiter[]): void {
    if (kept.length > 0) waiters.set(id, kept);
    else waiters.delete(id);
  }

  function tell(id: string): void {
    const run = runs.get(id);
    if (!run?.hasNoted) return;
    const isToldOf = ({ isAnswered, seq }: Waiter): boolean => isAnswered || seq <= run.readSeq;
    const waiting = waiters.get(id) ?? [];
    for (const waiter of waiting.filter(isToldOf)) waiter.resolve(true);
    keep(
      id,
      waiting.filter((waiter) => !isToldOf(waiter)),
    );
  }

  return {
    wait(id, seq) {
      const { promise, resolve } = Promise.withResolvers<true>();
      keep(id, [...(waiters.get(id) ?? []), { seq, resolve, isAnswered: false }]);
      tell(id);
      return promise;
    },
    begin(id) {
      runs.set(id, { readSeq: 0, hasNoted: false });
      for (const waiter of waiters.get(id) ?? []) waiter.isAnswered = true;
    },
    read(id, seq) {
      // What was noted of earlier messages went when the last of them had left.
      if (runs.has(id)) runs.set(id, { readSeq: seq, hasNoted: false });
    },
    note(id) {
      const run = runs.get(id);
      if (run) run.hasNoted = true;
      tell(id);
    },
    end(id) {
      runs.delete(id);
      keep(
        id,
        (waiters.get(id) ?? []).filter(({ isAnswered }) => !isAnswered),
      );
    },
  };
}
