import type { ConversationStore } from '../storage/ports/conversation-store.js';
import type { Clock } from './clock.js';
import type { ChannelAddress, ChannelName, Conversation } from './conversation.js';
import { createEraseHistory } from './conversation-erasure.js';
import { NEW_DESK_STATE } from './desk-state.js';
import { isDomainError } from './errors.js';
import type { Content, Message } from './message.js';
import type { StatisticsRecorder } from './statistics.js';
import type { Signal, WakeUps } from './wake-ups.js';

/** What channels may do with conversations, besides handing in turns. */
export interface Conversations {
  /**
   * Opens a conversation with the welcome as its first messages.
   * @param opening.id a fresh unguessable id (see `newConversationId`), or one the channel's token already names.
   */
  open(opening: { id: string; channel: ChannelName; address?: ChannelAddress }): Promise<Conversation>;
  /** The same, unless one with that id exists: then that one. Safe to call twice at once. */
  openOnce(opening: { id: string; channel: ChannelName }): Promise<{ conversation: Conversation; isNew: boolean }>;
  /** The conversation of this address, opened when there is none. Safe to call twice at once. */
  openByAddress(
    channel: ChannelName,
    address: ChannelAddress,
    id: string,
  ): Promise<{ conversation: Conversation; isNew: boolean }>;
  find(id: string): Promise<Conversation | undefined>;
  /** @param key that of `ChannelAddress`. */
  findByAddress(channel: ChannelName, key: string): Promise<Conversation | undefined>;
  messagesAfter(id: string, after: number, limit: number): Promise<readonly Message[]>;
  /** Removes the conversation with all its messages, and tells its readers. False when there was none. */
  remove(id: string): Promise<boolean>;
  /**
   * Erases all that was said, and what is stored beside it; what delegates decided (a block) stays.
   * @param writtenAt when it was asked for, by the channel's clock.
   */
  eraseHistory(id: string, writtenAt: Date): Promise<void>;
  subscribe(id: string, listener: (signal: Signal) => void): () => void;
  /** Tells the readers of the conversation what a resident's client does: it types, it has shown what was said. */
  signal(id: string, signal: Signal): void;
}

export interface ConversationsDependencies {
  readonly store: ConversationStore;
  readonly wakeUps: WakeUps;
  readonly clock: Clock;
  readonly welcome: () => readonly Content[];
  readonly statistics?: StatisticsRecorder;
  /** Removes what is stored beside a removed conversation (notes, drafts). What fails here, the daily purge removes. */
  readonly eraseBeside?: (conversationId: string) => Promise<unknown>;
}

export function createConversations(deps: ConversationsDependencies): Conversations {
  const { store, wakeUps, clock, welcome, statistics } = deps;
  const eraseHistory = createEraseHistory(deps);

  async function open(opening: { id: string; channel: ChannelName; address?: ChannelAddress }): Promise<Conversation> {
    const now = clock();
    const messages = welcome().map(
      (content, index): Message => ({
        seq: index + 1,
        externalId: `out:${index + 1}`,
        author: 'bot',
        at: now,
        content,
      }),
    );
    const conversation: Conversation = {
      ...opening,
      rev: 0,
      lastSeq: messages.length,
      status: 'bot',
      dialogState: {},
      desk: NEW_DESK_STATE,
      inboxList: 'none',
      createdAt: now,
      lastMessageAt: now,
    };
    await store.create(conversation, messages);
    statistics?.count('conversations');
    return conversation;
  }

  async function openUnless(
    existing: () => Promise<Conversation | undefined>,
    opening: Parameters<typeof open>[0],
  ): Promise<{ conversation: Conversation; isNew: boolean }> {
    const found = await existing();
    if (found) return { conversation: found, isNew: false };
    try {
      return { conversation: await open(opening), isNew: true };
    } catch (error) {
      const winner = isDomainError(error, 'duplicate') ? await existing() : undefined;
      if (!winner) throw error;
      return { conversation: winner, isNew: false };
    }
  }

  return {
    open,
    openOnce: (opening) => openUnless(() => store.load(opening.id), opening),
    openByAddress: (channel, address, id) =>
      openUnless(() => store.findByAddress(channel, address.key), { id, channel, address }),
    find: (id) => store.load(id),
    findByAddress: (channel, key) => store.findByAddress(channel, key),
    messagesAfter: (id, after, limit) => store.messagesAfter(id, after, limit),
    async remove(id) {
      const removed = await store.remove(id);
      if (removed) wakeUps.notify(id, { kind: 'removed' });
      await deps.eraseBeside?.(id);
      return removed;
    },
    async eraseHistory(id, writtenAt) {
      await eraseHistory(id, writtenAt);
      await deps.eraseBeside?.(id);
    },
    subscribe: (id, listener) => wakeUps.subscribe(id, listener),
    signal: (id, signal) => wakeUps.notify(id, signal),
  };
}
