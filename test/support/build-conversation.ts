import { randomUUID } from 'node:crypto';
import type { Conversation, ConversationChange } from '../../src/domain/conversation.js';
import { NEW_DESK_STATE } from '../../src/domain/desk-state.js';
import type { Message } from '../../src/domain/message.js';

const AT = new Date('2026-03-04T14:00:00.000Z');

/** A fresh conversation without messages. */
export function buildConversation(overrides: Partial<Conversation> = {}): Conversation {
  return {
    id: randomUUID(),
    channel: 'directline',
    rev: 0,
    lastSeq: 0,
    status: 'bot',
    dialogState: {},
    desk: NEW_DESK_STATE,
    inboxList: 'none',
    createdAt: AT,
    lastMessageAt: AT,
    ...overrides,
  };
}

/** A resident's message; `text` is a shorthand for its content. */
export function buildMessage({ text = 'Bonjour', ...overrides }: Partial<Message> & { text?: string } = {}): Message {
  const seq = overrides.seq ?? 1;
  return { seq, externalId: `in:${seq}`, author: 'resident', at: AT, content: { kind: 'text', text }, ...overrides };
}

/** `count` messages with the positions that follow `lastSeq`. */
export function buildMessages(count: number, lastSeq = 0): Message[] {
  return Array.from({ length: count }, (_, index) =>
    buildMessage({ seq: lastSeq + 1 + index, text: `Message ${lastSeq + 1 + index}` }),
  );
}

export function buildChange(overrides: Partial<ConversationChange> & { id: string }): ConversationChange {
  return {
    expectedRev: 0,
    status: 'bot',
    dialogState: {},
    desk: NEW_DESK_STATE,
    inboxList: 'none',
    messages: [],
    at: AT,
    ...overrides,
  };
}
