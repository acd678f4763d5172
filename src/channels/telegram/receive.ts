import type { Conversation } from '../../domain/conversation.js';
import type { Enclosed, Inbound, TurnHandler } from '../../pipeline/turn.js';
import type { Outbox } from '../outbox.js';
import type { Albums } from './albums.js';
import type { Chats } from './chats.js';
import { readCommand, readStart } from './commands.js';
import type { RecentMessages } from './deletions.js';
import type { Files } from './files.js';
import type { Membership } from './membership.js';
import type { Notices } from './notices.js';
import type { Presses } from './presses.js';
import { readMessage, type Said } from './read-message.js';
import type { Typing } from './typing.js';
import { type CallbackQuery, chatOf, type Update, type UpdateMessage } from './updates.js';
import type { TelegramWords } from './words.js';

/** What became of an update whose effects are stored. */
export interface Receipt {
  /** Resolves true once what is to be answered is sure to be sent, whatever becomes of this process. Never rejects. */
  readonly isKept: Promise<boolean>;
}

export interface ReceiveParts {
  readonly chats: Chats;
  readonly turns: TurnHandler;
  readonly outbox: Pick<Outbox, 'deliver' | 'undertake'>;
  readonly presses: Pick<Presses, 'read' | 'refuse'>;
  readonly typing: Pick<Typing, 'during'>;
  readonly files: Files;
  readonly albums: Albums;
  readonly membership: Membership;
  readonly notices: Notices;
  readonly recent: Pick<RecentMessages, 'note'>;
  readonly words: TelegramWords;
}

const NOTHING_TO_KEEP: Receipt = { isKept: Promise.resolve(true) };

/**
 * What an update brings about. It may be called again for the same one: what it did is done once.
 * @throws DomainError, or ApiFault, when it is to be called again.
 */
export function createReceive(parts: ReceiveParts): (update: Update) => Promise<Receipt> {
  const { chats, turns, outbox, membership, notices, words } = parts;

  async function turn(chatId: number, { id }: Conversation, inbound: Inbound): Promise<Receipt> {
    await parts.typing.during(chatId, () => turns.handle(id, inbound));
    return { isKept: outbox.undertake(id) };
  }

  async function onMessage(update: Update, message: UpdateMessage): Promise<Receipt> {
    const chatId = message.chat.id;
    const read = readMessage(update, (text) => readCommand(text, words));
    if (read.kind === 'nothing') return NOTHING_TO_KEEP;
    const conversation = await chats.open(chatId);
    parts.recent.note(conversation.id, [message.message_id, message.date * 1000]);
    if (read.kind === 'not-taken') {
      return { isKept: refuse(chatId, conversation, words.notTaken[read.reason]) };
    }
    const isStart = isPlainStart(message, words);
    const isWelcomed = isStart && (await chats.isWelcomedBy(conversation, message.message_id));
    if (isWelcomed || (await isOfAnsweredAlbum(conversation, read.said))) {
      return { isKept: outbox.undertake(conversation.id) };
    }
    return turn(chatId, conversation, await toInbound(conversation, read.said));
  }

  /** A stranger is greeted first. The next message does not wait: one notice may do for both. */
  async function refuse(chatId: number, { id }: Conversation, text: string): Promise<boolean> {
    const isTold = await notices.undertake(chatId, text, outbox.deliver(id));
    return isTold && (await outbox.undertake(id));
  }

  /** Several pictures sent at once are several messages: with nobody there to see them, one answer is enough. */
  async function isOfAnsweredAlbum({ id, status }: Conversation, { inbound, enclosed }: Said): Promise<boolean> {
    if (enclosed?.album === undefined || status === 'assigned' || inbound.edits !== undefined) return false;
    const picture = { conversationId: id, album: enclosed.album, externalId: inbound.externalId };
    return !(await parts.albums.isFirst(picture)) && inbound.text === '';
  }

  async function toInbound(conversation: Conversation, { inbound, enclosed }: Said): Promise<Inbound> {
    if (!enclosed) return inbound;
    // Of a correction only the words are new.
    const isFetched = conversation.status === 'assigned' && inbound.edits === undefined;
    const outcome = isFetched && (await parts.files.keep(conversation.id, inbound.externalId, enclosed.file));
    const thing: Enclosed = { kind: enclosed.kind, mark: enclosed.mark, ...(outcome && { outcome }) };
    return { ...inbound, enclosed: thing };
  }

  async function onPress(press: CallbackQuery): Promise<Receipt> {
    const chatId = press.message?.chat.id;
    const conversation = chatId === undefined ? undefined : await chats.find(chatId);
    if (chatId === undefined || !conversation) {
      parts.presses.refuse(press);
      return NOTHING_TO_KEEP;
    }
    const said = await parts.presses.read(press, conversation.id);
    // What it said before it came again may be due.
    return said ? turn(chatId, conversation, said) : { isKept: outbox.undertake(conversation.id) };
  }

  return async (update) => {
    const chat = chatOf(update);
    const message = update.message ?? update.edited_message;
    if (update.my_chat_member) await membership.changed(update.my_chat_member);
    else if (chat && chat.type !== 'private') await membership.leave(chat.id);
    else if (update.callback_query) return onPress(update.callback_query);
    else if (message) return onMessage(update, message);
    return NOTHING_TO_KEEP;
  };
}

/** « Start », by itself or from a poster: the welcome says already all that the menu would. */
function isPlainStart({ text = '' }: UpdateMessage, words: TelegramWords): boolean {
  const command = readCommand(text, words);
  const isRead = command !== undefined && command.unread === undefined;
  return isRead && readStart(text) !== undefined && command.says === readCommand('/start', words)?.says;
}
