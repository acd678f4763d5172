import type { Card, Colleague, Detail, LiveEvent, Message, Opened, ReportNews } from './wire.js';

/** How the page stands with the server. `since`: when it was last heard of, by the device's clock. */
export type Connection =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'cut'; readonly since: number }
  | { readonly kind: 'over' };

export interface Typing {
  readonly author: 'resident' | 'delegate';
  readonly name?: string;
  /** By the device's clock. */
  readonly until: number;
}

/** The conversation on the screen. */
export interface Thread {
  readonly id: string;
  readonly phase: 'loading' | 'ready' | 'failed';
  /** Why it could not be opened, in French; empty when nothing answered. */
  readonly problem?: string;
  readonly detail?: Detail;
  /** In order of `seq`. */
  readonly messages: readonly Message[];
  readonly hasEarlier: boolean;
  readonly earlier: 'idle' | 'loading' | 'failed';
  readonly typing: readonly Typing[];
  /** How far it had been read when it was opened. */
  readonly firstReadSeq: number;
  readonly draft?: string;
}

export interface LiveState {
  readonly connection: Connection;
  /** Absent until the first whole picture has come. */
  readonly cards?: ReadonlyMap<string, Card>;
  readonly team: readonly Colleague[];
  readonly readSeqs: Readonly<Record<string, number>>;
  /** To be added to the device's clock to have the server's. */
  readonly clockOffset: number;
  /** All that a locked page knows. */
  readonly locked?: { readonly waiting: number; readonly emergencies: number };
  readonly thread?: Thread;
  /** How many reports nobody has read, and when one last changed; absent until it has been told. A new object for each news. */
  readonly reports?: ReportNews;
}

export const NEW_LIVE_STATE: LiveState = {
  connection: { kind: 'connecting' },
  team: [],
  readSeqs: {},
  clockOffset: 0,
};

/** How long « … écrit » is shown after the last sign of it. */
const TYPING_MS = 6_000;

/** The state after an event of the stream. `now` is the device's clock. `session-over` changes nothing here. */
export function applyEvent(state: LiveState, event: LiveEvent, now: number): LiveState {
  switch (event.name) {
    case 'queue': {
      const { cards, team, readSeqs, now: serverNow } = event.data;
      const isQueued = (card: Card): boolean => card.list === 'queue';
      const { locked: _, ...rest } = state;
      return {
        ...rest,
        cards: new Map(cards.filter(isQueued).map((card) => [card.id, card])),
        team,
        readSeqs: mergeReadSeqs(readSeqs, state.readSeqs),
        clockOffset: serverNow - now,
      };
    }
    case 'card':
      return applyCard(state, event.data);
    case 'card-gone':
      return withoutCard(state, event.data.id);
    case 'team':
      return { ...state, team: event.data.team };
    case 'messages':
      return changeThread(state, event.data.conversationId, (thread) => addMessages(thread, event.data.messages));
    case 'detail':
      return applyDetail(state, event.data.detail);
    case 'typing': {
      const { conversationId, author, name } = event.data;
      const typing: Typing = { author, ...(name !== undefined && { name }), until: now + TYPING_MS };
      return changeThread(state, conversationId, (thread) => ({ ...thread, typing: addTyping(thread.typing, typing) }));
    }
    case 'reports':
      return { ...state, reports: event.data };
    case 'waiting':
      return { ...state, locked: event.data };
    default:
      return state;
  }
}

/** A card as an event or the answer to a call gives it; one older than what is known changes nothing. */
export function applyCard(state: LiveState, card: Card): LiveState {
  if (!state.cards || (state.cards.get(card.id)?.rev ?? -1) > card.rev) return state;
  if (card.list !== 'queue') return withoutCard(state, card.id);
  return { ...state, cards: new Map(state.cards).set(card.id, card) };
}

/** The details of the open conversation, and its card with them. */
export function applyDetail(state: LiveState, detail: Detail): LiveState {
  const withCard = applyCard(state, detail.card);
  return changeThread(withCard, detail.card.id, (thread) =>
    (thread.detail?.card.rev ?? -1) > detail.card.rev ? thread : { ...thread, detail },
  );
}

/** Details that an action was answered with: how far what was written has got, the stream may have told meanwhile. */
export function applyAnswered(state: LiveState, detail: Detail): LiveState {
  const known = state.thread?.detail;
  const isTold = known?.card.id === detail.card.id && known.card.rev === detail.card.rev;
  return applyDetail(state, isTold ? { ...detail, delivery: known.delivery } : detail);
}

export function openThread(state: LiveState, id: string): LiveState {
  const thread: Thread = {
    id,
    phase: 'loading',
    messages: [],
    hasEarlier: false,
    earlier: 'idle',
    typing: [],
    firstReadSeq: 0,
  };
  return { ...state, thread };
}

export function applyOpened(state: LiveState, opened: Opened): LiveState {
  const { detail, messages, hasEarlier, readSeq, draft } = opened;
  const filled = changeThread(state, detail.card.id, ({ problem: _, ...thread }) => ({
    ...thread,
    phase: 'ready',
    messages: [],
    hasEarlier,
    firstReadSeq: readSeq,
    ...(draft !== undefined && { draft }),
  }));
  const read = applyRead(filled, detail.card.id, readSeq);
  return applyDetail(
    changeThread(read, detail.card.id, (thread) => addMessages(thread, messages)),
    detail,
  );
}

export function applyRead(state: LiveState, id: string, seq: number): LiveState {
  if ((state.readSeqs[id] ?? -1) >= seq) return state;
  return { ...state, readSeqs: { ...state.readSeqs, [id]: seq } };
}

/** Changes the open conversation, when it is this one. */
export function changeThread(state: LiveState, id: string, change: (thread: Thread) => Thread): LiveState {
  if (state.thread?.id !== id) return state;
  const thread = change(state.thread);
  return thread === state.thread ? state : { ...state, thread };
}

/** Takes messages in by their `seq`, each once; an erasure takes away what was before it. */
export function addMessages(thread: Thread, arrived: readonly Message[]): Thread {
  const bySeq = new Map(thread.messages.map((message) => [message.seq, message]));
  for (const message of arrived) bySeq.set(message.seq, message);
  const sorted = [...bySeq.values()].sort((a, b) => a.seq - b.seq);
  const erasedAt = sorted.findLastIndex(({ event }) => event === 'erased');
  const messages = erasedAt > 0 ? sorted.slice(erasedAt) : sorted;
  const authors = new Set(arrived.map(({ author, by }) => by?.displayName ?? author));
  const typing = thread.typing.filter(({ author, name }) => !authors.has(name ?? author));
  return { ...thread, messages, typing, hasEarlier: thread.hasEarlier && erasedAt < 0 };
}

/** Takes away who has stopped typing. */
export function expireTyping(state: LiveState, now: number): LiveState {
  if (!state.thread?.typing.some(({ until }) => until <= now)) return state;
  return changeThread(state, state.thread.id, (thread) => ({
    ...thread,
    typing: thread.typing.filter(({ until }) => until > now),
  }));
}

export function lastSeqOf(thread: Thread | undefined): number {
  return thread?.messages.at(-1)?.seq ?? 0;
}

/**
 * The last message before the first gap, from which the stream is to go on: the answer to a call may bring a message before
 * those that were said meanwhile.
 */
export function resumeSeqOf(thread: Thread): number {
  const { messages } = thread;
  const gap = messages.findIndex(({ seq }, index) => index > 0 && seq !== (messages[index - 1]?.seq ?? 0) + 1);
  return (gap < 0 ? messages.at(-1) : messages[gap - 1])?.seq ?? 0;
}

function withoutCard(state: LiveState, id: string): LiveState {
  if (!state.cards?.has(id)) return state;
  const cards = new Map(state.cards);
  cards.delete(id);
  return { ...state, cards };
}

function addTyping(typing: readonly Typing[], added: Typing): readonly Typing[] {
  return [...typing.filter(({ author, name }) => author !== added.author || name !== added.name), added];
}

/** What this page has read may not have reached the server yet. */
function mergeReadSeqs(
  server: Readonly<Record<string, number>>,
  own: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const merged = { ...server };
  for (const [id, seq] of Object.entries(own)) merged[id] = Math.max(merged[id] ?? 0, seq);
  return merged;
}
