import type { Call } from '../api/client.js';
import { problemFrom } from '../api/problem.js';
import type { ReportCard } from '../api/types.js';
import type { Open } from './opening.js';
import { forEachOf } from './pool.js';
import { NO_REPORTS, type ReportListState, unreadOf, withFirstPage, withNextPage } from './report-pages.js';
import { type Summary, signatureOf, summaryOf } from './summary.js';

export interface ReportListDependencies {
  readonly call: Call;
  readonly open: Open;
  readonly now: () => number;
}

/** The reports that the page knows, opened in this browser; for `useSyncExternalStore`. It forgets all of it at `stop`. */
export interface ReportListStore {
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: () => ReportListState;
  /** Reads the first page again. `isBackground`: nobody asked for it. */
  load(options?: { readonly isBackground?: boolean }): Promise<void>;
  /** Reads the page after those that are known. */
  more(): Promise<void>;
  /** Reads and opens everything there is. @throws ApiProblem; DOMException `AbortError`. */
  readAll(signal: AbortSignal): Promise<void>;
  /** The answer of a call tells the card anew. */
  take(card: ReportCard): void;
  stop(): void;
}

/** Opened at the same time: enough to keep the processor busy, few enough for the page to stay quick. */
const AT_ONCE = 6;

export function createReportList({ call, open, now }: ReportListDependencies): ReportListStore {
  const listeners = new Set<() => void>();
  const life = new AbortController();
  const signatures = new Map<string, string>();
  let state = NO_REPORTS;
  let round = 0;
  let opening: Promise<void> = Promise.resolve();
  let loading: Promise<void> | undefined;

  function change(part: Partial<ReportListState>): void {
    if (life.signal.aborted) return;
    state = { ...state, ...part };
    for (const listener of listeners) listener();
  }

  function load({ isBackground = false } = {}): Promise<void> {
    loading = loadFirst(isBackground);
    return loading;
  }

  async function loadFirst(isBackground: boolean): Promise<void> {
    const mine = ++round;
    try {
      const page = await call('listReports', { isBackground }, life.signal);
      if (mine !== round) return;
      change(withFirstPage(state, page, now()));
      await openAll();
      // What nobody has read comes first, however old: it may be on a page that has not been read yet.
      while (mine === round && state.next !== undefined && unreadOf(state) < state.unread) await readNext(life.signal);
    } catch (fault) {
      if (mine === round) fail(fault);
    }
  }

  function fail(fault: unknown): void {
    change({ phase: state.phase === 'ready' ? 'ready' : 'failed', problem: problemFrom(fault) });
  }

  async function readNext(signal: AbortSignal): Promise<void> {
    const page = await call('listReports', { query: { before: state.next } }, signal);
    change(withNextPage(state, page));
    await openAll();
  }

  async function more(): Promise<void> {
    if (state.next === undefined || state.isReadingMore) return;
    change({ isReadingMore: true });
    await readNext(life.signal).catch(fail);
    change({ isReadingMore: false });
  }

  async function readAll(signal: AbortSignal): Promise<void> {
    const both = AbortSignal.any([signal, life.signal]);
    if (!loading || state.phase === 'failed') void load();
    // One that is asked for again meanwhile takes the place of the one before.
    while (state.phase === 'loading' && !both.aborted) await loading;
    if (state.phase === 'failed') throw state.problem;
    await openAll();
    while (state.next !== undefined) await readNext(both);
    both.throwIfAborted();
  }

  /** One after the other, so that nothing is opened twice. */
  function openAll(): Promise<void> {
    opening = opening.then(openNew, openNew);
    return opening;
  }

  async function openNew(): Promise<void> {
    const fresh = [...state.cards.values()].filter((card) => signatures.get(card.id) !== signatureOf(card));
    if (fresh.length === 0) return;
    let done = 0;
    const opened = new Map<string, Summary>();
    change({ opening: { done, total: fresh.length } });
    const show = (): void => {
      change({ summaries: new Map([...state.summaries, ...opened]), opening: { done, total: fresh.length } });
      opened.clear();
    };
    await forEachOf(fresh, { atOnce: AT_ONCE, signal: life.signal }, async (card) => {
      const { items } = await open({ reportId: card.id, keys: card.keys, events: card.summary });
      opened.set(card.id, summaryOf(items));
      signatures.set(card.id, signatureOf(card));
      done += 1;
      if (done % AT_ONCE === 0) show();
    });
    show();
    change({ opening: undefined });
  }

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => state,
    load,
    more,
    readAll,
    take(card) {
      if ((state.cards.get(card.id)?.rev ?? -1) > card.rev) return;
      change({ cards: new Map(state.cards).set(card.id, card) });
      void openAll().catch(fail);
    },
    stop() {
      life.abort();
      state = NO_REPORTS;
      signatures.clear();
    },
  };
}
