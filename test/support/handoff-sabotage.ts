import type { Conversation } from '../../src/domain/conversation.js';
import type { ConversationStore } from '../../src/storage/ports/conversation-store.js';
import type { Role } from './handoff-record.js';

type Sabotage = (store: ConversationStore, role: Role) => ConversationStore;

/** Faults that a handoff might have, made by what its parts see and do; each must be found by playing. */
export const SABOTAGES: Readonly<Record<string, Sabotage>> = {
  'a gate that takes no notice of the holder': only('turns', (store) => ({
    ...store,
    load: async (id) => withoutHolder(await store.load(id)),
  })),
  'turns that write over what came meanwhile': only('turns', writingOver),
  'a desk that writes over what came meanwhile': only('desk', writingOver),
  'a sweep that writes over what came meanwhile': only('sweeper', writingOver),
  'a desk that takes no notice of the holder': only('desk', (store) => ({
    ...store,
    load: async (id) => withoutHolder(await store.load(id)),
  })),
  'turns that give up a message when something came meanwhile': only('turns', (store) => ({
    ...store,
    commit: (change) => store.commit(change).catch(() => undefined),
  })),
  'turns that do not know what they stored': only('turns', forgetful),
  'a desk that does not know what it stored': only('desk', forgetful),
  'a guard that sees no colleague': only('desk', (store) => ({ ...store, messagesAfter: async () => [] })),
};

function only(role: Role, sabotage: (store: ConversationStore) => ConversationStore): Sabotage {
  return (store, caller) => (caller === role ? sabotage(store) : store);
}

/** No compare-and-set: what was made from an old state is put on top of the present one. */
function writingOver(store: ConversationStore): ConversationStore {
  return {
    ...store,
    async commit(change) {
      const current = await store.load(change.id);
      if (!current) return;
      const messages = change.messages.map((message, index) => ({ ...message, seq: current.lastSeq + 1 + index }));
      await store.commit({ ...change, expectedRev: current.rev, messages: messages.map(namedAnew) });
    },
  };
}

function namedAnew<Named extends { readonly seq: number; readonly externalId: string }>(message: Named): Named {
  return message.externalId.startsWith('out:') ? { ...message, externalId: `out:${message.seq}` } : message;
}

function withoutHolder(conversation: Conversation | undefined): Conversation | undefined {
  if (conversation?.status !== 'assigned') return conversation;
  const { holder, heldSince, ...desk } = conversation.desk;
  return { ...conversation, status: 'bot', desk };
}

/** What was stored already is stored again, under another name. */
function forgetful(store: ConversationStore): ConversationStore {
  return {
    ...store,
    findMessage: async () => undefined,
    async commit(change) {
      const stored = await Promise.all(
        change.messages.map(({ externalId }) => store.findMessage(change.id, externalId)),
      );
      const messages = change.messages.map((message, index) =>
        stored[index] ? { ...message, externalId: `${message.externalId}~${message.seq}` } : message,
      );
      await store.commit({ ...change, messages });
    },
  };
}
