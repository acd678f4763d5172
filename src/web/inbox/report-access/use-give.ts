import { useCallback, useEffect, useRef, useState } from 'react';
import { openDataKey, reportSealing } from '../../../sealing/index.js';
import { call } from '../api/client.js';
import { type ApiProblem, isAbort, problemFrom } from '../api/problem.js';
import type { OwnKey } from '../reports-key/index.js';
import { type GiveDependencies, type Given, giveAccess, type Recipient } from './give.js';

export type GivePhase =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly problem: ApiProblem }
  | { readonly kind: 'ended'; readonly given: Given };

export interface Giving {
  readonly phase: GivePhase;
  /** Reports given on this page, earlier runs included. */
  readonly done: number;
  readonly start: (own: OwnKey) => void;
  readonly stop: () => void;
}

/** One run at a time; it ends with the page. */
export function useGive(to: Recipient): Giving {
  const [phase, setPhase] = useState<GivePhase>({ kind: 'idle' });
  const [done, setDone] = useState(0);
  const run = useRef<AbortController>(undefined);
  const { id, publicKey } = to;

  const start = useCallback(
    (own: OwnKey) => {
      if (run.current) return;
      const abort = new AbortController();
      run.current = abort;
      setPhase({ kind: 'running' });
      let before = 0;
      const onProgress = (reports: number): void => {
        const added = reports - before;
        before = reports;
        setDone((earlier) => earlier + added);
      };
      giveAccess(dependenciesOf(own), { id, publicKey }, { signal: abort.signal, onProgress })
        .then(
          (given): GivePhase => ({ kind: 'ended', given }),
          (fault: unknown): GivePhase =>
            isAbort(fault) ? { kind: 'stopped' } : { kind: 'failed', problem: problemFrom(fault) },
        )
        .then((next) => {
          run.current = undefined;
          setPhase(next);
        });
    },
    [id, publicKey],
  );
  const stop = useCallback(() => run.current?.abort(), []);
  useEffect(() => () => run.current?.abort(), []);
  return { phase, done, start, stop };
}

function dependenciesOf(own: OwnKey): GiveDependencies {
  return {
    readMissing: (id, signal) => call('readMissingKeys', { params: { id } }, signal),
    grant: ({ id, publicKey }, grants, signal) =>
      call('grantKeys', { params: { id }, body: { publicKey, grants: [...grants] } }, signal),
    async reseal(sealed, place, publicKey) {
      const dataKey = await openDataKey(sealed, place, own);
      try {
        return await reportSealing.sealDataKey(dataKey, place, publicKey);
      } finally {
        dataKey.fill(0);
      }
    },
  };
}
