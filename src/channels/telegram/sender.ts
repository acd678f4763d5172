import type { Clock } from '../../domain/clock.js';
import type { Conversation } from '../../domain/conversation.js';
import type { JsonObject } from '../../domain/json.js';
import type { Reveal } from '../../domain/message.js';
import type { AuthorNames } from '../author-names.js';
import type { ChannelLog } from '../channel.js';
import { SendFailure } from '../delivery-failures.js';
import type { Due, Dues, Sender } from '../outbox-letter.js';
import { revealed, revealNothing, type ShownMessage } from '../revealed.js';
import type { TelegramApi } from './api.js';
import { deleteMarked, mergeMarks, type RecentMessages } from './deletions.js';
import { messageIdOf, pressedSeqOf } from './external-ids.js';
import { codeOfFault, isOver } from './faults.js';
import { tagOf, toMarkup } from './keyboards.js';
import { type MessageMark, type Notes, readNotes, writeNotes } from './notes.js';
import type { Pace } from './pace.js';
import { canBeOne, type RenderForm, render } from './render.js';
import { sendParcel } from './send-parcel.js';
import type { TelegramWords } from './words.js';

export interface SenderDependencies {
  readonly api: TelegramApi;
  readonly pace: Pace;
  /** The bot's own: a chat with another bot is not this one's to write to. */
  readonly botId: number;
  readonly names: AuthorNames;
  /** Shows residents the words for which a stored message has a stand-in. Absent: the stand-ins are sent. */
  readonly reveal?: Reveal | undefined;
  /** Makes links of this server absolute. Absent: they are left out. */
  readonly publicUrl?: string | undefined;
  readonly words: TelegramWords;
  /** Knows of the resident's messages, for an erasure. */
  readonly recent: RecentMessages;
  readonly log: ChannelLog;
  readonly clock: Clock;
}

/** Where a chat is: `details` of the address of a conversation. */
export interface TelegramAddress {
  readonly botId: number;
  readonly chatId: number;
}

/** The buttons of an answered message are taken away beside what is sent: they are not waited for longer. */
const EDIT_MS = 3_000;

/** Messages of a conversation as messages of a Telegram chat: never twice, whatever becomes of the answer. */
export function createTelegramSender(deps: SenderDependencies): Sender {
  const { api, pace, recent, clock, log } = deps;

  const formOf = ({ id }: Conversation, notes: Notes = {}): RenderForm => ({
    names: deps.names,
    words: deps.words,
    publicUrl: deps.publicUrl,
    tag: tagOf(id),
    isMenuAway: notes.isMenuAway,
  });

  /** @throws SendFailure */
  async function erase(due: Due, chatId: number, notes: Notes): Promise<Notes> {
    const { conversation, message } = due;
    const until = writtenAtOf(due);
    const unnoted = recent.of(conversation.id).filter(([, sentAt]) => sentAt <= until);
    const own = markOf(message.externalId, until);
    await deleteMarked(chatId, [...(notes.ids ?? []), ...unnoted, ...own], deps);
    recent.settle(conversation.id, unnoted);
    // What stood under a message went with it, the menu perhaps too.
    const { ids: _, keyboard: __, ...rest } = notes;
    return { ...rest, isMenuAway: true };
  }

  /** The buttons that were open, once the resident has answered otherwise or others take their place. */
  async function closeKeyboard(chatId: number, { keyboard }: Notes): Promise<void> {
    if (!keyboard) return;
    const { messageId, links = [] } = keyboard;
    const left = { chat_id: chatId, message_id: messageId, reply_markup: toMarkup(links) };
    try {
      await api.call('editMessageReplyMarkup', left, EDIT_MS);
    } catch (error) {
      // What can still be pressed says what it always said, or that it is of no use.
      if (!isOver(error)) log.warn({ code: codeOfFault(error) }, 'Buttons on Telegram were not taken away');
    }
  }

  async function say(dues: Dues, chatId: number, notes: Notes): Promise<Notes> {
    const [{ conversation, message }] = dues;
    // Only now: words that wait for a chat which takes nothing wait in memory, and no longer than they may.
    const shown: readonly ShownMessage[] = await Promise.all(
      dues.map((due) => revealed(due.message, deps.reveal ?? revealNothing)),
    );
    const calls = render(shown, formOf(conversation, notes));
    const standing = keyboardAfter(
      dues,
      notes,
      calls.some((call) => 'keyboard' in call),
    );
    const isFirstTry = notes.part?.seq !== message.seq;
    const closing = standing === 'closed' && isFirstTry ? closeKeyboard(chatId, notes) : undefined;
    const marks = [...recent.of(conversation.id), ...answeredMarks(dues)];
    const { keyboard: _, ...rest } = notes;
    const begun: Notes = {
      ...(standing === 'open' ? notes : rest),
      ids: mergeMarks([...(notes.ids ?? []), ...marks], clock()),
    };
    try {
      return await sendParcel({ chatId, seq: message.seq, calls }, begun, { api, pace, clock, log });
    } finally {
      await closing;
      recent.settle(conversation.id, marks);
    }
  }

  return {
    resends: 'never',
    takes: ({ message: { content }, conversation }) =>
      conversation.address !== undefined && (content.kind === 'text' || content.kind === 'erased'),
    joins: (dues, next) =>
      isOneAnswer(dues, next) &&
      canBeOne(
        [...dues, next].map(({ message }) => message),
        formOf(next.conversation),
      ),
    async ready({ conversation, message }, end) {
      const address = addressOf(conversation);
      if (address && message.content.kind !== 'erased') await pace.ready(address.chatId, end);
    },
    async send(dues, stored) {
      const [{ conversation, message }] = dues;
      const address = addressOf(conversation);
      if (address?.botId !== deps.botId) {
        if (address) pace.sent(address.chatId);
        throw new SendFailure('gone');
      }
      const notes = readNotes(stored);
      try {
        const isErasure = message.content.kind === 'erased';
        return writeNotes(await (isErasure ? erase(dues[0], address.chatId, notes) : say(dues, address.chatId, notes)));
      } catch (error) {
        // Nothing was sent: the place in the pace is given back.
        if (!(error instanceof SendFailure)) pace.sent(address.chatId);
        throw error;
      }
    },
  };
}

function isOneAnswer(dues: Dues, { message: next }: Due): boolean {
  const [{ message: first }] = dues;
  const isOurs = ({ author }: typeof first): boolean => author === 'bot' || author === 'system';
  const isSaidAtOnce = first.replyTo === next.replyTo && first.at.getTime() === next.at.getTime();
  return isOurs(first) && isOurs(next) && isSaidAtOnce && next.content.kind === 'text';
}

/** `used`: its button was pressed, which has changed it already. */
function keyboardAfter(dues: Dues, { keyboard }: Notes, bringsAnother: boolean): 'open' | 'closed' | 'used' | 'none' {
  if (!keyboard) return 'none';
  const answered = dues.flatMap(({ answered: one }) => (one ? [one.externalId] : []));
  if (answered.some((id) => pressedSeqOf(id) === keyboard.seq)) return 'used';
  return bringsAnother || answered.length > 0 ? 'closed' : 'open';
}

function answeredMarks(dues: Dues): readonly MessageMark[] {
  return dues.flatMap(({ answered }) =>
    // The mark of an erasure stands for a message that was deleted with the others.
    answered && answered.content.kind !== 'erased' ? markOf(answered.externalId, answered.at.getTime()) : [],
  );
}

function markOf(externalId: string, sentAt: number): readonly MessageMark[] {
  const messageId = messageIdOf(externalId);
  return messageId === undefined ? [] : [[messageId, sentAt]];
}

/** By Telegram's clock where it is known, as the marks are; else by ours. */
function writtenAtOf({ message: { content, at } }: Due): number {
  return (content.kind === 'erased' ? content.writtenAt : undefined) ?? at.getTime();
}

function addressOf({ address }: Conversation): TelegramAddress | undefined {
  return readAddress(address?.details);
}

export function readAddress(details: JsonObject | undefined): TelegramAddress | undefined {
  const { botId, chatId } = details ?? {};
  return typeof botId === 'number' && typeof chatId === 'number' ? { botId, chatId } : undefined;
}
