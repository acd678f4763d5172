import type { ChannelAddress, Conversation } from '../../domain/conversation.js';
import type { Conversations } from '../../domain/conversations.js';
import { newConversationId } from '../conversation-id.js';
import type { DeliveryShelf } from '../deliveries.js';
import type { Outbox } from '../outbox.js';
import { readNotes } from './notes.js';
import { readAddress } from './sender.js';

/** The conversations of private chats with one bot: another bot's chats with the same people are others. */
export interface Chats {
  /** Opened when there is none. */
  open(chatId: number): Promise<Conversation>;
  /**
   * True when the welcome is all that « start » is to be answered by: it is still to be read, or it was the answer to this
   * very message, which has come again.
   */
  isWelcomedBy(conversation: Conversation, messageId: number): Promise<boolean>;
  find(chatId: number): Promise<Conversation | undefined>;
  /** Undefined for a conversation that is none of this bot's. */
  chatOf(conversationId: string): Promise<number | undefined>;
}

export interface ChatsDependencies {
  readonly conversations: Pick<Conversations, 'openByAddress' | 'findByAddress' | 'find'>;
  readonly outbox: Pick<Outbox, 'begin'>;
  readonly deliveries: Pick<DeliveryShelf, 'load'>;
  readonly botId: number;
}

export function createChats({ conversations, outbox, deliveries, botId }: ChatsDependencies): Chats {
  const addressOf = (chatId: number): ChannelAddress => ({
    key: `${botId}:${chatId}`,
    details: { botId, chatId },
  });

  return {
    async open(chatId) {
      const { conversation } = await conversations.openByAddress('telegram', addressOf(chatId), newConversationId());
      // From its start, also when the process that opened it died before it could begin.
      await outbox.begin(conversation, true);
      return conversation;
    },
    async isWelcomedBy({ id: conversationId, rev, lastSeq }, messageId) {
      const { deliveredSeq = 0, notes = {} } = (await deliveries.load(conversationId)) ?? {};
      // What the welcome answered was noted with it, and has the lowest number of all.
      const noted = readNotes(notes).ids ?? [];
      const isFirst = noted.length > 0 && noted.every(([id]) => id >= messageId);
      return isFirst || (rev === 0 && deliveredSeq < lastSeq);
    },
    find: (chatId) => conversations.findByAddress('telegram', addressOf(chatId).key),
    async chatOf(conversationId) {
      const address = readAddress((await conversations.find(conversationId))?.address?.details);
      return address?.botId === botId ? address.chatId : undefined;
    },
  };
}
