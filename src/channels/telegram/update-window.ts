/** Which of the updates that were handed out are over: the place from which the next ones are asked for follows from it. */
export interface UpdateWindow {
  /** One more than the last update before which, itself included, all are over; undefined before the first one. */
  offset(): number | undefined;
  /** The updates that were handed out now: what failed and is not among them has expired. */
  handedOut(ids: readonly number[]): void;
  /** False for one that is under way or over. */
  begin(id: number): boolean;
  /** It resolves when it is over; it is to be begun again when it rejects. */
  follow(id: number, task: Promise<void>): void;
  running(): readonly Promise<void>[];
  /** Why those failed that are still to be begun again. */
  faults(): readonly unknown[];
}

type State = { readonly kind: 'running' | 'over' } | { readonly kind: 'failed'; readonly fault: unknown };

/**
 * Numbers may begin anew, and lower, after a quiet week (https://core.telegram.org/bots/api#update): those that are
 * handed out count, not the highest that ever was.
 */
export function createUpdateWindow(): UpdateWindow {
  const states = new Map<number, State>();
  const tasks = new Map<number, Promise<void>>();
  let next: number | undefined;

  function settle(id: number, state: State): void {
    states.set(id, state);
    tasks.delete(id);
  }

  return {
    offset() {
      for (const [id, state] of [...states].sort(([one], [other]) => one - other)) {
        if (state.kind !== 'over') {
          if (next !== undefined) next = Math.min(next, id);
          break;
        }
        next = id + 1;
        states.delete(id);
      }
      return next;
    },
    handedOut(ids) {
      const known = new Set(ids);
      for (const [id, state] of states) if (state.kind === 'failed' && !known.has(id)) states.delete(id);
    },
    begin(id) {
      const { kind = 'failed' } = states.get(id) ?? {};
      if (kind !== 'failed') return false;
      states.set(id, { kind: 'running' });
      return true;
    },
    follow(id, task) {
      const outcome = task.then(
        () => settle(id, { kind: 'over' }),
        (fault: unknown) => settle(id, { kind: 'failed', fault }),
      );
      tasks.set(id, outcome);
    },
    running: () => [...tasks.values()],
    faults: () => [...states.values()].flatMap((state) => (state.kind === 'failed' ? [state.fault] : [])),
  };
}
