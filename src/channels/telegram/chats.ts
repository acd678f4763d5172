import type { ChannelAddress, Conversation } from '../../domain/conversation.js';
import type { Conversations } from '../../domain/conversations.js';
import { newConversationId } from '../conversation-id.js';
import type { Deliveries } from '../deliveries.js';
import type { Outbox } from '../outbox.js';
import { readNotes } from './notes.js';
import { readAddress } from './sender.js';

/** The conversations of private chats with one bot: another bot's chats with the same people are others. */
export interface Chats {
  /**
   * Opened when there is none.
   * @param messageId of what is written in it now. `isFresh`: the welcome answers it; it is still to be read, or it was the
   * answer when the same message came for the first time.
   */
  open(chatId: number, messageId: number): Promise<{ readonly conversation: Conversation; readonly isFresh: boolean }>;
  find(chatId: number): Promise<Conversation | undefined>;
  /** Undefined for a conversation that is none of this bot's. */
  chatOf(conversationId: string): Promise<number | undefined>;
}

export interface ChatsDependencies {
  readonly conversations: Pick<Conversations, 'openByAddress' | 'findByAddress' | 'find'>;
  readonly outbox: Pick<Outbox, 'begin'>;
  readonly deliveries: Pick<Deliveries, 'load'>;
  readonly botId: number;
}

export function createChats({ conversations, outbox, deliveries, botId }: ChatsDependencies): Chats {
  const addressOf = (chatId: number): ChannelAddress => ({
    key: `${botId}:${chatId}`,
    details: { botId, chatId },
  });

  async function isWelcomed({ id, rev, lastSeq }: Conversation, messageId: number): Promise<boolean> {
    if (rev > 0) return true;
    const { deliveredSeq = 0, notes = {} } = (await deliveries.load(id)) ?? {};
    // What was there when the welcome was sent is noted with it.
    const isAnswered = (readNotes(notes).ids ?? []).some(([answeredId]) => answeredId === messageId);
    return deliveredSeq >= lastSeq && !isAnswered;
  }

  return {
    async open(chatId, messageId) {
      const { conversation } = await conversations.openByAddress('telegram', addressOf(chatId), newConversationId());
      // From its start, also when the process that opened it died before it could begin.
      await outbox.begin(conversation, true);
      return { conversation, isFresh: !(await isWelcomed(conversation, messageId)) };
    },
    find: (chatId) => conversations.findByAddress('telegram', addressOf(chatId).key),
    async chatOf(conversationId) {
      const address = readAddress((await conversations.find(conversationId))?.address?.details);
      return address?.botId === botId ? address.chatId : undefined;
    },
  };
}
