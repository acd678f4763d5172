import { useCallback, useEffect, useRef, useState } from 'react';
import { type ApiProblem, isAbort, problemFrom } from './problem.js';

export interface Loaded<Data> {
  readonly data: Data | undefined;
  readonly problem: ApiProblem | undefined;
  readonly isLoading: boolean;
  /** Reads it again; what is there stays on the screen meanwhile. */
  readonly reload: () => void;
  /** Puts what a change has answered in its place. */
  readonly setData: (data: Data) => void;
}

/**
 * Reads something when the page is shown, and again when `key` changes: `useLoad('equipe', (signal) => call('readTeam', {}, signal))`.
 * What comes late, after the page has gone or asked for something else, is dropped.
 */
export function useLoad<Data>(key: string, load: (signal: AbortSignal) => Promise<Data>): Loaded<Data> {
  const [state, setState] = useState<{ key: string; data?: Data; problem?: ApiProblem }>({ key });
  const [isLoading, setLoading] = useState(true);
  const [round, setRound] = useState(0);
  const latest = useRef(load);
  latest.current = load;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round reads the same thing again.
  useEffect(() => {
    const abort = new AbortController();
    setLoading(true);
    latest.current(abort.signal).then(
      (data) => {
        if (abort.signal.aborted) return;
        setState({ key, data });
        setLoading(false);
      },
      (fault: unknown) => {
        if (abort.signal.aborted || isAbort(fault)) return;
        setState((before) => ({ ...(before.key === key ? before : { key }), problem: problemFrom(fault) }));
        setLoading(false);
      },
    );
    return () => abort.abort();
  }, [key, round]);

  const reload = useCallback(() => setRound((before) => before + 1), []);
  const setData = useCallback((data: Data) => setState({ key, data }), [key]);
  const current = state.key === key ? state : undefined;
  return { data: current?.data, problem: current?.problem, isLoading, reload, setData };
}
