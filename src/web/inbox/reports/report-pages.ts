import type { ApiProblem } from '../api/problem.js';
import type { ReportCard, ReportList } from '../api/types.js';
import type { Summary } from './summary.js';

/** What the page knows of the reports. */
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

export const NO_REPORTS: ReportListState = {
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

/** A card that the first page no longer has, though it would belong there, is gone; those of the pages after it stay. */
export function withFirstPage(state: ReportListState, page: ReportList, now: number): Partial<ReportListState> {
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

/** What comes after the pages that are known. */
export function withNextPage(
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

/** How many of those that are known nobody has read. */
export function unreadOf({ cards }: ReportListState): number {
  return [...cards.values()].filter(({ isUnread }) => isUnread).length;
}
