import type { Call } from '../api/client.js';
import { type ApiProblem, problemFrom } from '../api/problem.js';
import type { ReportCard, ReportList } from '../api/types.js';
import type { Open } from './opening.js';
import { forEachOf } from './pool.js';
import { type Summary, signatureOf, summaryOf } from './summary.js';

export interface ReportListState {
  readonly phase: 'loading' | 'ready' | 'failed';
  /** Why it could not be read; what is known stays beside it. */
  readonly problem: ApiProblem | undefined;
  readonly cards: ReadonlyMap<string, ReportCard>;
  /** What was opened of them, by id. */
  readonly summaries: ReadonlyMap<string, Summary>;
  /** While summaries are being opened. */
  readonly opening: { readonly done: number; readonly total: number } | undefined;
  /** There is more to read, from here on. */
  readonly next: number | undefined;
  readonly isReadingMore: boolean;
  readonly unread: number;
  readonly overdue: number;
  /** To be added to the device's clock to have the server's. */
  readonly clockOffset: number;
}

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

const EMPTY: ReportListState = {
  phase: 'loading',
  problem: undefined,
  cards: new Map(),
  summaries: new Map(),
  opening: undefined,
  next: undefined,
  isReadingMore: false,
  unread: 0,
  overdue: 0,
  clockOffset: 0,
};

export function createReportList({ call, open, now }: ReportListDependencies): ReportListStore {
  const listeners = new Set<() => void>();
  const life = new AbortController();
  const signatures = new Map<string, string>();
  let state = EMPTY;
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
      state = EMPTY;
      signatures.clear();
    },
  };
}

/** A card that the first page no longer has, though it would belong there, is gone; those of the pages after it stay. */
function withFirstPage(state: ReportListState, page: ReportList, now: number): Partial<ReportListState> {
  const { reports, next, unread, overdue } = page;
  const listed = new Set(reports.map(({ id }) => id));
  // When all of it is new, more may have come between it and what is known.
  const isJoined = reports.some(({ id }) => state.cards.has(id));
  const after = [...state.cards.values()].filter(
    ({ id, changedAt }) => isJoined && !listed.has(id) && next !== undefined && changedAt <= next,
  );
  return {
    phase: 'ready',
    problem: undefined,
    cards: new Map([...after, ...reports.map((card) => newerOf(state, card))].map((card) => [card.id, card])),
    next: after.length > 0 ? state.next : next,
    ...{ unread, overdue, clockOffset: page.now - now },
  };
}

function withNextPage(
  state: ReportListState,
  { reports, next, unread, overdue }: ReportList,
): Partial<ReportListState> {
  const added = reports.map((card): [string, ReportCard] => [card.id, newerOf(state, card)]);
  return { problem: undefined, cards: new Map([...state.cards, ...added]), next, unread, overdue };
}

/** The answer to another call may have told of it later. */
function newerOf({ cards }: ReportListState, card: ReportCard): ReportCard {
  const known = cards.get(card.id);
  return known && known.rev > card.rev ? known : card;
}

function unreadOf({ cards }: ReportListState): number {
  return [...cards.values()].filter(({ isUnread }) => isUnread).length;
}
