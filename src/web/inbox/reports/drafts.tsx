import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react';
import type { SentStatus } from '../../../domain/report.js';
import { useRouter, useUnsavedGuard } from '../app/router.js';

/** What is being written. */
export interface Draft {
  readonly text: string;
  readonly status?: SentStatus;
}

/** For an answer, a note, and a status with its sentence. */
export interface Drafts {
  readonly reply: Draft;
  readonly note: Draft;
  readonly status: Draft;
}

export const NOTHING: Draft = { text: '' };
const EMPTY: Drafts = { reply: NOTHING, note: NOTHING, status: NOTHING };

type Change = (reportId: string, kind: keyof Drafts, by: (before: Draft) => Draft) => void;

interface Held {
  readonly all: Readonly<Record<string, Drafts>>;
  readonly change: Change;
}

const DraftsContext = createContext<Held | undefined>(undefined);

/** Of one report. @throws Error outside of `ReportDraftsProvider`. */
export function useDrafts(reportId: string): { readonly drafts: Drafts; readonly change: Change } {
  const held = use(DraftsContext);
  if (!held) throw new Error('No ReportDraftsProvider');
  return { drafts: held.all[reportId] ?? EMPTY, change: held.change };
}

/**
 * Holds what is being written in a report, in memory only. It stands above the lock, so that the words are there again
 * after it; they go when the report is left, which is asked about first, and with the session.
 */
export function ReportDraftsProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const { route } = useRouter();
  const [all, setAll] = useState<Held['all']>({});
  const shown = route.name === 'report' ? route.id : undefined;

  useEffect(() => {
    setAll((before) => {
      const kept = Object.entries(before).filter(([id]) => id === shown);
      return kept.length === Object.keys(before).length ? before : Object.fromEntries(kept);
    });
  }, [shown]);
  useUnsavedGuard(Object.values(all).some((drafts) => hasText(drafts)));

  const change = useCallback<Change>((reportId, kind, by) => {
    setAll((before) => {
      const drafts = before[reportId] ?? EMPTY;
      return { ...before, [reportId]: { ...drafts, [kind]: by(drafts[kind]) } };
    });
  }, []);
  const held = useMemo(() => ({ all, change }), [all, change]);
  return <DraftsContext value={held}>{children}</DraftsContext>;
}

function hasText({ reply, note, status }: Drafts): boolean {
  return [reply, note, status].some(({ text }) => text.trim() !== '');
}
