import { useCallback, useRef, useState } from 'react';
import { call } from '../api/client.js';
import { problemFrom } from '../api/problem.js';
import { useDesk } from '../live/hooks.js';
import type { Detail } from '../live/wire.js';
import { useAnnounce } from '../ui/announcer.js';
import { NOW } from './strings.js';

/** What the last action came to, shown above what to do now. */
export interface Outcome {
  readonly kind: 'success' | 'danger';
  readonly text: string;
  /** The way back, where there is one. */
  readonly undo?: () => void;
}

export interface DeskActions {
  /** The action under way. */
  readonly pending: string | undefined;
  readonly outcome: Outcome | undefined;
  readonly dismiss: () => void;
  /** Does it at once; true when the server took it. One at a time. */
  readonly run: (name: string, request: () => Promise<Detail>, done?: DoneWords) => Promise<boolean>;
}

export interface DoneWords {
  readonly text: string;
  readonly undo?: { readonly request: () => Promise<Detail>; readonly text: string };
}

/** Refusals that mean: the page shows something that is not so any more. */
const STALE = new Set(['HeldByColleague', 'NotInThisState', 'ChangedMeanwhile']);

/** What delegates do with one conversation: at once, with a way back; a refusal is said in words, with what is true now. */
export function useDeskActions(id: string): DeskActions {
  const { live, me } = useDesk();
  const announce = useAnnounce();
  const [pending, setPending] = useState<string>();
  const [outcome, setOutcome] = useState<Outcome>();
  const isBusy = useRef(false);

  const explain = useCallback(
    async (fault: unknown): Promise<string> => {
      const problem = problemFrom(fault);
      if (!STALE.has(problem.code)) return problem.detail;
      const opened = await call('openConversation', { params: { id } }).catch(() => undefined);
      if (opened) live.take(opened.detail, opened.messages);
      const holder = opened?.detail.card.holder;
      if (problem.code !== 'HeldByColleague' || holder?.id === me) return problem.detail;
      return holder ? NOW.taken(holder.displayName) : NOW.takenByUnknown;
    },
    [id, live, me],
  );

  const run = useCallback<DeskActions['run']>(
    async (name, request, done) => {
      if (isBusy.current) return false;
      isBusy.current = true;
      setPending(name);
      setOutcome(undefined);
      const show = (shown: Outcome): void => {
        setOutcome(shown);
        announce(shown.text, shown.kind === 'danger' ? 'assertive' : 'polite');
      };
      try {
        live.take(await request());
        const undo = done?.undo;
        if (done) show({ kind: 'success', text: done.text, ...(undo && { undo: () => void runAgain(undo) }) });
        return true;
      } catch (fault) {
        show({ kind: 'danger', text: await explain(fault) });
        return false;
      } finally {
        isBusy.current = false;
        setPending(undefined);
      }

      function runAgain({ request: back, text }: NonNullable<DoneWords['undo']>): Promise<boolean> {
        return run('undo', back, { text });
      }
    },
    [announce, explain, live],
  );

  const dismiss = useCallback(() => setOutcome(undefined), []);
  return { pending, outcome, dismiss, run };
}
