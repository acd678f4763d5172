import type { Clock } from '../../domain/clock.js';
import type { Conversation } from '../../domain/conversation.js';
import type { Conversations } from '../../domain/conversations.js';
import { DomainError } from '../../domain/errors.js';
import type { ChannelLog } from '../channel.js';
import type { AskShelf, DeliveryShelf } from '../deliveries.js';
import type { Outbox } from '../outbox.js';
import type { News } from '../outbox-news.js';
import { ApiFault, type TelegramApi } from './api.js';
import { marksOf } from './ask-notes.js';
import type { Chats } from './chats.js';
import type { RecentMessages } from './deletions.js';
import { codeOfFault } from './faults.js';
import { readNotes } from './notes.js';
import type { Notices } from './notices.js';
import type { ChatMemberUpdate } from './updates.js';
import type { TelegramWords } from './words.js';

/** Where the bot is, and is not. */
export interface Membership {
  /** A person has blocked the bot, or has it again. */
  changed(update: ChatMemberUpdate): Promise<void>;
  /** Something of a group or a channel has come: the bot says that it works in private only, and goes. Never rejects. */
  leave(chatId: number): Promise<void>;
}

export interface MembershipDependencies {
  readonly api: Pick<TelegramApi, 'call'>;
  readonly chats: Pick<Chats, 'find'>;
  readonly conversations: Pick<Conversations, 'remove' | 'eraseHistory'>;
  readonly deliveries: Pick<DeliveryShelf, 'load'>;
  readonly asks: Pick<AskShelf, 'load'>;
  readonly recent: Pick<RecentMessages, 'of'>;
  readonly outbox: Pick<Outbox, 'learn'>;
  readonly notices: Notices;
  readonly words: Pick<TelegramWords, 'privateOnly'>;
  readonly clock: Clock;
  readonly log: ChannelLog;
}

/** A group that does not let the bot go is not asked again before that, whatever is written there. */
const LEAVE_AGAIN_MS = 10 * 60_000;
const MOST_GROUPS = 1_000;

export function createMembership(deps: MembershipDependencies): Membership {
  const { api, chats, conversations, deliveries, asks, recent, outbox, notices, words, clock, log } = deps;
  /** When each group was left, or was to be, by this process: each of several says once that it goes. */
  const left = new Map<number, number>();

  /**
   * As they were promised: who goes takes their words along. What delegates have to do for them stays until it is done, and
   * a block, which nobody lifts by going and coming back.
   */
  async function onBlocked(chatId: number, at: Date): Promise<void> {
    const conversation = await chats.find(chatId);
    if (!conversation || (await hasSpokenSince(conversation, at))) return;
    const { id, inboxList, desk } = conversation;
    if (inboxList === 'queue') await learn(id, 'blocked');
    else if (desk.block) await conversations.eraseHistory(id, at);
    else await conversations.remove(id);
  }

  /** By Telegram's clock. Then what is told is old, and they have been back: nobody writes to, or hears from, who is away. */
  async function hasSpokenSince({ id }: Conversation, at: Date): Promise<boolean> {
    const [delivery, ask] = await Promise.all([deliveries.load(id), asks.load(id)]);
    // What another process has taken in lately stands in what it asks.
    const marks = [...(readNotes(delivery?.notes ?? {}).ids ?? []), ...marksOf(ask?.notes), ...recent.of(id)];
    return marks.some(([, sentAt]) => sentAt > at.getTime());
  }

  async function onBack(chatId: number): Promise<void> {
    const conversation = await chats.find(chatId);
    if (conversation) await learn(conversation.id, 'reachable');
  }

  /** Telegram tells it once: it is told again where it is not stored. */
  async function learn(id: string, news: News): Promise<void> {
    if (!(await outbox.learn(id, news))) throw new DomainError('storage-unavailable', 'The news is not stored');
  }

  async function leave(chatId: number): Promise<void> {
    const now = clock().getTime();
    const leftAt = left.get(chatId);
    if (leftAt !== undefined && now - leftAt < LEAVE_AGAIN_MS) return;
    if (left.size >= MOST_GROUPS) left.clear();
    left.set(chatId, now);
    // Said once: where the bot may not write, or cannot leave, nobody is told again and again.
    if (leftAt === undefined) await quietly(() => notices.say(chatId, words.privateOnly));
    await quietly(() => api.call('leaveChat', { chat_id: chatId }));
  }

  async function quietly(act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
    } catch (fault) {
      if (!(fault instanceof ApiFault)) throw fault;
      log.warn({ code: codeOfFault(fault) }, 'A group was not left as it should be');
    }
  }

  return {
    async changed({ chat, date, new_chat_member: { status } }) {
      if (chat.type !== 'private') {
        // Gone already; it may be asked in again.
        if (status === 'left' || status === 'kicked') left.delete(chat.id);
        else await leave(chat.id);
      } else if (status === 'kicked') await onBlocked(chat.id, new Date(date * 1000));
      else if (status === 'member') await onBack(chat.id);
    },
    leave,
  };
}
