import type { ReportCard } from '../api/types.js';

/** What the list shows. */
export type ReportFilter = 'unread' | 'current' | 'closed';

type Compare = (one: ReportCard, other: ReportCard) => number;

/** What nobody has read, the longest waiting first; what the reader has not; then what changed last. */
export function orderReports(cards: Iterable<ReportCard>): readonly ReportCard[] {
  // Ties by id, so that two screens agree.
  const byRank: Compare = (one, other) =>
    rankOf(one) - rankOf(other) || within(one, other) || (one.id < other.id ? -1 : 1);
  return [...cards].sort(byRank);
}

/** Nobody has read all that its author wrote, or the reader has not. */
export function isToRead({ isUnread, isNewToCaller }: ReportCard): boolean {
  return isUnread || isNewToCaller;
}

/** A closed report to which its author has added something is among those at hand again. */
export function filterReports(cards: readonly ReportCard[], filter: ReportFilter): readonly ReportCard[] {
  if (filter === 'unread') return cards.filter(isToRead);
  return cards.filter((card) => (card.status === 'closed' && !isToRead(card)) === (filter === 'closed'));
}

/** What to read after this one; undefined when there is nothing. */
export function nextToRead(cards: readonly ReportCard[], id: string): ReportCard | undefined {
  return orderReports(cards).find((card) => card.id !== id && isToRead(card));
}

/** Since when something unread waits: since its author wrote last, whatever delegates have written since. */
export function waitsSince({ lastWordAt }: ReportCard): number {
  return lastWordAt;
}

function rankOf(card: ReportCard): number {
  if (card.isUnread) return 0;
  return card.isNewToCaller ? 1 : 2;
}

const within: Compare = (one, other) =>
  one.isUnread ? waitsSince(one) - waitsSince(other) : other.changedAt - one.changedAt;
