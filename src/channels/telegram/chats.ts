import type { ChannelAddress, Conversation } from '../../domain/conversation.js';
import type { Conversations } from '../../domain/conversations.js';
import { newConversationId } from '../conversation-id.js';
import type { Outbox } from '../outbox.js';
import { readAddress } from './sender.js';

/** The conversations of private chats with one bot: another bot's chats with the same people are others. */
export interface Chats {
  /** Opened when there is none. `isFresh`: nobody has said anything in it but the welcome. */
  open(chatId: number): Promise<{ readonly conversation: Conversation; readonly isFresh: boolean }>;
  find(chatId: number): Promise<Conversation | undefined>;
  /** Undefined for a conversation that is none of this bot's. */
  chatOf(conversationId: string): Promise<number | undefined>;
}

export interface ChatsDependencies {
  readonly conversations: Pick<Conversations, 'openByAddress' | 'findByAddress' | 'find'>;
  readonly outbox: Pick<Outbox, 'begin'>;
  readonly botId: number;
}

export function createChats({ conversations, outbox, botId }: ChatsDependencies): Chats {
  const addressOf = (chatId: number): ChannelAddress => ({
    key: `${botId}:${chatId}`,
    details: { botId, chatId },
  });

  return {
    async open(chatId) {
      const { conversation } = await conversations.openByAddress('telegram', addressOf(chatId), newConversationId());
      // From its start, also when the process that opened it died before it could begin.
      await outbox.begin(conversation, true);
      return { conversation, isFresh: conversation.rev === 0 };
    },
    find: (chatId) => conversations.findByAddress('telegram', addressOf(chatId).key),
    async chatOf(conversationId) {
      const address = readAddress((await conversations.find(conversationId))?.address?.details);
      return address?.botId === botId ? address.chatId : undefined;
    },
  };
}
