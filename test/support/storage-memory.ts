import type { Conversation } from '../../src/domain/conversation.js';
import type { InboxList } from '../../src/domain/desk-state.js';
import { DomainError } from '../../src/domain/errors.js';
import type { Message } from '../../src/domain/message.js';
import type { ConversationStore } from '../../src/storage/ports/conversation-store.js';

type Place = Pick<Conversation, 'id' | 'lastMessageAt'>;

interface Entry {
  readonly conversation: Conversation;
  readonly messages: readonly Message[];
}

/** The port's promises in the plainest terms: what adapters are compared with, and a fast store for other tests. */
export function createMemoryStore(): ConversationStore {
  const entries = new Map<string, Entry>();
  const byAddress = (channel: string, key: string) =>
    [...entries.values()].find(
      ({ conversation: { channel: other, address } }) => other === channel && address?.key === key,
    );

  const all = () => [...entries.values()].map(({ conversation }) => conversation);
  const listOf = (list: InboxList) =>
    all()
      .filter(({ inboxList }) => inboxList === list)
      .sort(compare);

  return {
    async create(conversation, messages) {
      const { id, channel, address } = conversation;
      const isTaken = entries.has(id) || (address && byAddress(channel, address.key)) || hasRepeats(messages);
      if (isTaken) throw new DomainError('duplicate', 'Already stored');
      entries.set(id, { conversation, messages });
    },
    load: async (id) => entries.get(id)?.conversation,
    findByAddress: async (channel, key) => byAddress(channel, key)?.conversation,
    async commit({ id, expectedRev, messages, erasesHistory, at, status, dialogState, desk, inboxList }) {
      const entry = entries.get(id);
      if (!entry) throw new DomainError('conversation-gone', 'The conversation does not exist');
      const { conversation } = entry;
      if (conversation.rev !== expectedRev) throw new DomainError('revision-conflict', 'Another turn came first');
      const stored = [...(erasesHistory ? [] : entry.messages), ...messages];
      if (hasRepeats(stored)) throw new DomainError('duplicate', 'Already stored');
      const lastSeq = conversation.lastSeq + messages.length;
      const lastMessageAt = messages.length > 0 ? at : conversation.lastMessageAt;
      const fields = { rev: expectedRev + 1, lastSeq, lastMessageAt, status, dialogState, desk, inboxList };
      entries.set(id, { conversation: { ...conversation, ...fields }, messages: stored });
    },
    messagesAfter: async (id, after, limit) =>
      (entries.get(id)?.messages ?? []).filter(({ seq }) => seq > after).slice(0, limit),
    findMessage: async (id, externalId) =>
      entries.get(id)?.messages.find((message) => message.externalId === externalId),
    countMessages: async (id) => entries.get(id)?.messages.length ?? 0,
    remove: async (id) => entries.delete(id),
    listQueue: async (limit) => listOf('queue').slice(0, limit),
    listPast: async (limit, before) =>
      listOf('past')
        .reverse()
        .filter((conversation) => !before || compare(conversation, before) < 0)
        .slice(0, limit),
    listRecent: async (limit) => all().sort(compare).reverse().slice(0, limit),
    listChangedSince: async (since, limit) =>
      all()
        .filter(({ lastMessageAt }) => lastMessageAt >= since)
        .sort(compare)
        .slice(0, limit)
        .map(({ id, rev, lastMessageAt }) => ({ id, rev, lastMessageAt })),
    async removeInactiveSince(before, limit) {
      const inactive = all()
        .filter(({ lastMessageAt }) => lastMessageAt < before)
        .sort((one, other) => one.lastMessageAt.getTime() - other.lastMessageAt.getTime())
        .slice(0, limit);
      for (const { id } of inactive) entries.delete(id);
      return inactive.map(({ id }) => id);
    },
  };
}

/** By the last message, then by id. */
function compare(one: Place, other: Place): number {
  const difference = one.lastMessageAt.getTime() - other.lastMessageAt.getTime();
  return difference || (one.id < other.id ? -1 : Number(one.id > other.id));
}

function hasRepeats(messages: readonly Message[]): boolean {
  return new Set(messages.map(({ externalId }) => externalId)).size < messages.length;
}
