import type { ChannelName, Conversation, ConversationChange } from '../../domain/conversation.js';
import type { Message } from '../../domain/message.js';

export interface ChangedConversation {
  readonly id: string;
  readonly rev: number;
  readonly lastMessageAt: Date;
}

/**
 * Conversations and their messages. Message text, dialog state and addresses are encrypted at rest.
 * A failing database surfaces as DomainError `storage-unavailable`; no driver error passes this port.
 */
export interface ConversationStore {
  /**
   * Stores a conversation at rev 0 together with its first messages, or nothing.
   * @throws DomainError `duplicate` when the id, or the address within the channel, is taken.
   */
  create(conversation: Conversation, messages: readonly Message[]): Promise<void>;
  load(id: string): Promise<Conversation | undefined>;
  findByAddress(channel: ChannelName, key: string): Promise<Conversation | undefined>;
  /**
   * One conditional write: applies the whole change when the stored rev is `expectedRev`, or nothing.
   * Once it resolves, the change survives a crash of the process.
   * @throws DomainError `revision-conflict`, `conversation-gone`, or `duplicate` for an externalId already stored.
   */
  commit(change: ConversationChange): Promise<void>;
  /** Messages with `seq > after`, ascending, at most `limit`. Empty for an unknown conversation. */
  messagesAfter(id: string, after: number, limit: number): Promise<readonly Message[]>;
  /**
   * The message that came in under this id, unless it was erased. Call it after `load`: a message that is in
   * neither was not committed at the loaded rev.
   */
  findMessage(id: string, externalId: string): Promise<Message | undefined>;
  /** How many messages `messagesAfter(id, 0)` would give in all. */
  countMessages(id: string): Promise<number>;
  /** Removes the conversation and all its messages. False when there was none. */
  remove(id: string): Promise<boolean>;
  /** Every conversation of the `queue` list, the one that was written in longest ago first, at most `limit`. */
  listQueue(limit: number): Promise<readonly Conversation[]>;
  /**
   * Those of the `past` list, the last written in first, at most `limit`.
   * @param before continues after this one, the last of the page before.
   */
  listPast(
    limit: number,
    before?: { readonly lastMessageAt: Date; readonly id: string },
  ): Promise<readonly Conversation[]>;
  /** Those of all lists, the last written in first, at most `limit`. */
  listRecent(limit: number): Promise<readonly Conversation[]>;
  /**
   * Those that a message was added to at `since` or later, in the order of the last one, at most `limit`: without opening
   * them. Clocks of processes differ: ask for some time more than you need.
   */
  listChangedSince(since: Date, limit: number): Promise<readonly ChangedConversation[]>;
  /** Removes up to `limit` conversations whose last message is older than `before`; returns their ids. */
  removeInactiveSince(before: Date, limit: number): Promise<readonly string[]>;
}
