import type { BinaryFile } from '../../src/inbox/handler.js';
import type { Action, Card, Colleague, Detail, LiveEvent, Message, Person } from '../../src/web/inbox/live/wire.js';
import { buildCard, JEAN, ME } from './inbox-queue-builders.js';

/** A desk in memory: just enough of the server's for the page of the delegates. */
export interface FakeConversation {
  card: Card;
  messages: Message[];
  notes: Detail['notes'];
  callbacks: Detail['callbacks'];
  block?: Detail['block'];
  delivery: Detail['delivery'];
  viewers: Person[];
  createdAt: number;
}

export interface World {
  readonly conversations: Map<string, FakeConversation>;
  readonly people: readonly Person[];
  /** By delegate and conversation. */
  readonly drafts: Map<string, string>;
  readonly reads: Map<string, number>;
  /** By their id. */
  readonly files: Map<string, BinaryFile>;
  /** Puts a conversation into the queue. */
  add(card: Partial<Card>, messages?: readonly Partial<Message>[], more?: Partial<FakeConversation>): FakeConversation;
  /** Somebody says something. */
  say(id: string, message: Partial<Message>): Message;
  change(id: string, card: Partial<Card>): void;
  detailFor(id: string, delegate: string): Detail;
  /** Told of every change, as the stream tells it. */
  onEvent?: (event: LiveEvent, conversationId?: string) => void;
}

const HELD: readonly Action[] = ['reply', 'give-back', 'transfer', 'close', 'snooze', 'block'];
const FREE: readonly Action[] = ['take', 'reply', 'give-back', 'close', 'snooze', 'block'];

export function createWorld(): World {
  const conversations = new Map<string, FakeConversation>();

  function find(id: string): FakeConversation {
    const found = conversations.get(id);
    if (!found) throw new Error(`No conversation ${id}`);
    return found;
  }

  function tell(id: string, messages: readonly Message[] = []): void {
    const { card } = find(id);
    if (messages.length > 0)
      world.onEvent?.({ name: 'messages', data: { conversationId: id, messages: [...messages] } }, id);
    world.onEvent?.(card.list === 'queue' ? { name: 'card', data: card } : { name: 'card-gone', data: { id } });
  }

  const world: World = {
    conversations,
    people: [ME, JEAN],
    drafts: new Map(),
    reads: new Map(),
    files: new Map(),
    add(card, messages = [], more = {}) {
      const id = card.id ?? 'c1';
      const now = Date.now();
      const stored = messages.map((message, index) =>
        toMessage(message, index + 1, now - (messages.length - index) * 30_000),
      );
      const conversation: FakeConversation = {
        card: buildCard({
          id,
          waitingSince: now - 3 * 60_000,
          lastSeq: stored.length,
          lastMessageAt: now - 30_000,
          ...card,
        }),
        messages: stored,
        notes: [],
        callbacks: [],
        delivery: { deliveredSeq: stored.length, isResidentConnected: true },
        viewers: [],
        createdAt: now - 20 * 60_000,
        ...more,
      };
      conversations.set(id, conversation);
      tell(id);
      return conversation;
    },
    say(id, part) {
      const conversation = find(id);
      const message = toMessage(part, conversation.card.lastSeq + 1, Date.now());
      conversation.messages.push(message);
      conversation.card = {
        ...conversation.card,
        rev: conversation.card.rev + 1,
        lastSeq: message.seq,
        lastMessageAt: message.at,
        ...(message.text !== '' && { last: { author: message.author, excerpt: message.text.slice(0, 120) } }),
      };
      tell(id, [message]);
      return message;
    },
    change(id, part) {
      const conversation = find(id);
      conversation.card = { ...conversation.card, rev: conversation.card.rev + 1, ...part };
      tell(id);
    },
    detailFor(id, delegate) {
      const { card, notes, callbacks, block, delivery, viewers, createdAt } = find(id);
      const actions = actionsFor(card, block !== undefined, delegate);
      return { card, notes, callbacks, delivery, viewers, createdAt, actions: [...actions], ...(block && { block }) };
    },
  };
  return world;
}

export function colleagues(people: readonly Person[]): Colleague[] {
  return people.map(({ id, displayName }) => ({ id, displayName, isConnected: true, isAvailable: true }));
}

function toMessage(part: Partial<Message>, seq: number, at: number): Message {
  return { seq, author: 'resident', at, text: '', ...part };
}

function actionsFor(card: Card, isBlocked: boolean, delegate: string): readonly Action[] {
  const urgent: Action[] = card.emergencyAt !== undefined || card.missedAt !== undefined ? ['acknowledge'] : [];
  if (isBlocked) return ['unblock', ...urgent];
  if (card.holder) return [...(card.holder.id === delegate ? HELD : (['reply'] as const)), ...urgent];
  if (card.status === 'waiting') {
    return [...FREE, ...(card.snoozedUntil === undefined ? [] : (['unsnooze'] as const)), ...urgent];
  }
  return ['reopen', ...urgent];
}
