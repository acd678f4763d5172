import type { Action, Card, Detail, Message, Opened } from '../../src/web/inbox/live/wire.js';

export const ME = { id: 'marie', displayName: 'Marie' };
export const JEAN = { id: 'jean', displayName: 'Jean' };

/** A conversation that waits, unless said otherwise. */
export function buildCard(overrides: Partial<Card> = {}): Card {
  return {
    id: 'c1',
    rev: 1,
    pseudonym: 'Résident B7K2',
    channel: 'directline',
    status: 'waiting',
    list: 'queue',
    waitingSince: 1_000,
    isBlocked: false,
    priority: 'normal',
    labels: [],
    openCallbacks: 0,
    lastSeq: 4,
    lastMessageAt: 1_000,
    last: { author: 'resident', excerpt: 'Je voudrais parler à quelqu’un' },
    ...overrides,
  };
}

export function buildMessage(overrides: Partial<Message> = {}): Message {
  return { seq: 1, author: 'resident', at: 1_000, text: 'Bonjour', ...overrides };
}

const ALL_ACTIONS: readonly Action[] = ['take', 'reply', 'give-back', 'snooze', 'block'];

export function buildDetail(overrides: Partial<Detail> = {}): Detail {
  return {
    card: buildCard(),
    callbacks: [],
    notes: [],
    delivery: { deliveredSeq: 4, isResidentConnected: true },
    viewers: [],
    actions: [...ALL_ACTIONS],
    createdAt: 500,
    ...overrides,
  };
}

export function buildOpened(overrides: Partial<Opened> = {}): Opened {
  return { detail: buildDetail(), messages: [buildMessage()], hasEarlier: false, readSeq: 0, ...overrides };
}
