import { useCallback, useRef, useState } from 'react';
import { type ApiProblem, isAbort, problemFrom } from './problem.js';

export interface Action<Args extends readonly unknown[], Result> {
  readonly isBusy: boolean;
  readonly problem: ApiProblem | undefined;
  /** Does nothing while it is already under way. The result; undefined when it was refused: see `problem`. */
  readonly run: (...args: Args) => Promise<Result | undefined>;
  readonly clear: () => void;
}

/** Something that a press of a button does: one at a time, and its refusal kept to be shown in place. */
export function useAction<Args extends readonly unknown[], Result>(
  action: (...args: Args) => Promise<Result>,
): Action<Args, Result> {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  const underWay = useRef(false);
  const latest = useRef(action);
  latest.current = action;

  const run = useCallback(async (...args: Args) => {
    if (underWay.current) return undefined;
    underWay.current = true;
    setBusy(true);
    setProblem(undefined);
    try {
      return await latest.current(...args);
    } catch (fault) {
      if (!isAbort(fault)) setProblem(problemFrom(fault));
      return undefined;
    } finally {
      underWay.current = false;
      setBusy(false);
    }
  }, []);
  const clear = useCallback(() => setProblem(undefined), []);
  return { isBusy, problem, run, clear };
}
