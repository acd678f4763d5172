import type { Conversation } from '../../src/domain/conversation.js';
import { DomainError } from '../../src/domain/errors.js';
import type { Message } from '../../src/domain/message.js';
import type { ConversationStore } from '../../src/storage/ports/conversation-store.js';

interface Held {
  conversation: Conversation;
  messages: Message[];
}

/** The port's promises in memory, for tests of what stands above storage. The contract suite runs on it too. */
export function createMemoryConversationStore(): ConversationStore {
  const held = new Map<string, Held>();
  const byAddress = (channel: string, key: string): Held | undefined =>
    [...held.values()].find(({ conversation: c }) => c.channel === channel && c.address?.key === key);

  return {
    async create(conversation, messages) {
      const { id, channel, address } = conversation;
      if (held.has(id) || (address && byAddress(channel, address.key))) throw new DomainError('duplicate', 'taken');
      held.set(id, { conversation: structuredClone(conversation), messages: structuredClone([...messages]) });
    },
    load: async (id) => structuredClone(held.get(id)?.conversation),
    findByAddress: async (channel, key) => structuredClone(byAddress(channel, key)?.conversation),
    async commit({ id, expectedRev, status, dialogState, messages, erasesHistory, at }) {
      const entry = held.get(id);
      if (!entry) throw new DomainError('conversation-gone', 'gone');
      if (entry.conversation.rev !== expectedRev) throw new DomainError('revision-conflict', 'overtaken');
      const kept = erasesHistory ? [] : entry.messages;
      if (messages.some((message) => kept.some(({ externalId }) => externalId === message.externalId))) {
        throw new DomainError('duplicate', 'stored already');
      }
      entry.messages = [...kept, ...structuredClone([...messages])];
      entry.conversation = {
        ...entry.conversation,
        rev: expectedRev + 1,
        lastSeq: messages.at(-1)?.seq ?? entry.conversation.lastSeq,
        status,
        dialogState: structuredClone(dialogState),
        lastMessageAt: at,
      };
    },
    messagesAfter: async (id, after, limit) =>
      structuredClone((held.get(id)?.messages ?? []).filter(({ seq }) => seq > after).slice(0, limit)),
    findMessage: async (id, externalId) =>
      structuredClone(held.get(id)?.messages.find((message) => message.externalId === externalId)),
    countMessages: async (id) => held.get(id)?.messages.length ?? 0,
    remove: async (id) => held.delete(id),
    async removeInactiveSince(before, limit) {
      const old = [...held.values()].filter(({ conversation }) => conversation.lastMessageAt < before).slice(0, limit);
      for (const { conversation } of old) held.delete(conversation.id);
      return old.length;
    },
  };
}
