import type { Card } from '../live/wire.js';

/** The parts of the queue, in the order of the screen. */
export type SectionName = 'emergency' | 'waiting' | 'to-do' | 'mine' | 'others';

export interface QueueItem {
  readonly card: Card;
  /** A transfer offers it: to the reader, or to a colleague. */
  readonly offer?: 'me' | 'colleague';
  readonly isSnoozed: boolean;
  /** Messages since the reader last looked; `new` when they never have. */
  readonly unread: number | 'new';
}

export interface Section {
  readonly name: SectionName;
  readonly items: readonly QueueItem[];
}

export interface QueueInput {
  readonly cards: Iterable<Card>;
  readonly readSeqs: Readonly<Record<string, number>>;
  /** The reader's account. */
  readonly me: string;
  /** By the server's clock. */
  readonly now: number;
}

const ORDER: readonly SectionName[] = ['emergency', 'waiting', 'to-do', 'mine', 'others'];

/**
 * The queue as one list: dangers, then who waits, the longest first and what is offered to a colleague after the rest,
 * then missed requests and call-backs, then the reader's own, then the others'. Parts without a card are left out.
 */
export function orderQueue(input: QueueInput): readonly Section[] {
  const items = [...input.cards].map((card) => toItem(card, input));
  return ORDER.map((name) => ({
    name,
    items: items.filter((item) => sectionOf(item, input.me) === name).sort(COMPARE[name]),
  })).filter((section) => section.items.length > 0);
}

/** How many people wait now, and how many dangers nobody has seen yet. */
export function countWaiting(sections: readonly Section[]): { readonly waiting: number; readonly emergencies: number } {
  const cards = sections.flatMap(({ items }) => items.filter(({ isSnoozed }) => !isSnoozed).map(({ card }) => card));
  return {
    waiting: cards.filter(({ status }) => status === 'waiting').length,
    emergencies: cards.filter(({ emergencyAt }) => emergencyAt !== undefined).length,
  };
}

function toItem(card: Card, { readSeqs, me, now }: QueueInput): QueueItem {
  const read = readSeqs[card.id];
  const offer = card.offeredTo && (card.offeredTo.id === me ? 'me' : 'colleague');
  return {
    card,
    ...(offer && { offer }),
    isSnoozed: card.snoozedUntil !== undefined && card.snoozedUntil > now,
    unread: read ? Math.max(0, card.lastSeq - read) : 'new',
  };
}

function sectionOf({ card, isSnoozed }: QueueItem, me: string): SectionName {
  if (card.emergencyAt !== undefined) return 'emergency';
  if (card.status === 'waiting' && !isSnoozed) return 'waiting';
  if (card.holder?.id === me) return 'mine';
  if (card.holder || isSnoozed) return 'others';
  if (card.missedAt !== undefined || card.openCallbacks > 0) return 'to-do';
  return 'others';
}

type Compare = (a: QueueItem, b: QueueItem) => number;

/** Ties are broken by id, so that two screens show the same order. */
function by(...keys: readonly ((item: QueueItem) => number)[]): Compare {
  return (a, b) => {
    for (const key of keys) {
      const difference = key(a) - key(b);
      if (difference !== 0) return difference;
    }
    return a.card.id < b.card.id ? -1 : 1;
  };
}

const isHigh = ({ card }: QueueItem): number => (card.priority === 'high' ? 0 : 1);
const isElsewhere = ({ offer }: QueueItem): number => (offer === 'colleague' ? 1 : 0);
const hasNews = ({ unread }: QueueItem): number => (unread === 0 ? 1 : 0);
const newest = ({ card }: QueueItem): number => -card.lastMessageAt;

const COMPARE: Readonly<Record<SectionName, Compare>> = {
  emergency: by(({ card }) => card.emergencyAt ?? 0),
  waiting: by(isElsewhere, ({ card }) => card.waitingSince ?? card.lastMessageAt),
  'to-do': by(isHigh, ({ card }) => card.missedAt ?? card.lastMessageAt),
  mine: by(hasNews, isHigh, newest),
  others: by(
    ({ isSnoozed }) => (isSnoozed ? 1 : 0),
    isHigh,
    ({ card }) => card.snoozedUntil ?? -card.lastMessageAt,
  ),
};
