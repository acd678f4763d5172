import type { Clock } from '../../domain/clock.js';
import type { Conversation } from '../../domain/conversation.js';
import type { JsonObject } from '../../domain/json.js';
import type { Reveal } from '../../domain/message.js';
import { isReceipt } from '../../pipeline/reveal.js';
import type { AuthorNames } from '../author-names.js';
import type { ChannelLog } from '../channel.js';
import { SendFailure } from '../delivery-failures.js';
import type { Due, Dues, Sender, Sent } from '../outbox-sender.js';
import { noteShown, revealed, revealNothing, type ShownMessage } from '../revealed.js';
import type { TelegramApi } from './api.js';
import { markOf, mergeMarks, type RecentMessages } from './deletions.js';
import { erase } from './erasure.js';
import { pressedSeqOf } from './external-ids.js';
import { codeOfFault, isOver } from './faults.js';
import { tagOf, toMarkup } from './keyboards.js';
import { type MessageMark, type Notes, type OpenKeyboard, readNotes, writeNotes } from './notes.js';
import type { Pace } from './pace.js';
import { canBeOne, type Outgoing, type RenderForm, render } from './render.js';
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
/** Buttons that could not be taken away and are tried again. */
const MOST_STALE = 5;

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

  /** Takes buttons away; returns those that are still there. What can still be pressed says what it always said. */
  async function close(chatId: number, keyboards: readonly OpenKeyboard[]): Promise<readonly OpenKeyboard[]> {
    const left = await Promise.all(
      keyboards.map(async (keyboard) => {
        const { messageId, links = [] } = keyboard;
        const change = { chat_id: chatId, message_id: messageId, reply_markup: toMarkup(links) };
        try {
          await api.call('editMessageReplyMarkup', change, EDIT_MS);
          return [];
        } catch (error) {
          if (isOver(error)) return [];
          log.warn({ code: codeOfFault(error) }, 'Buttons on Telegram were not taken away');
          return [keyboard];
        }
      }),
    );
    return left.flat().slice(-MOST_STALE);
  }

  /** @throws SendFailure */
  async function say(dues: Dues, chatId: number, notes: Notes): Promise<Sent> {
    const [{ conversation, message }] = dues;
    // Only now: words that wait for a chat which takes nothing wait in memory, and no longer than they may.
    const shown: readonly ShownMessage[] = await Promise.all(
      dues.map((due) => revealed(due.message, deps.reveal ?? revealNothing)),
    );
    const calls = render(shown, formOf(conversation, notes));
    const { stale, ...standing } = keyboardsAfter(dues, notes, calls);
    // Those that are known are by Telegram's clock.
    const marks = [...answeredMarks(dues), ...(notes.ids ?? []), ...recent.of(conversation.id)];
    const begun: Notes = { ...standing, ids: mergeMarks(marks, clock()) };
    const [left, made] = await Promise.all([
      close(chatId, stale),
      sendParcel({ chatId, seq: message.seq, calls }, begun, { api, pace, clock, log }),
    ]);
    recent.settle(conversation.id, marks);
    const { failure, isPart = false } = made;
    const after = writeNotes({ ...made.notes, stale: left });
    if (!isPart && (!failure || failure.code === 'unanswered')) await noteShown(shown, log);
    if (failure) throw new SendFailure(failure.code, failure.retryAfterMs, after);
    return { notes: after, isPart };
  }

  return {
    resends: 'never',
    repeats: (dues) =>
      dues.some(({ message: { content } }) =>
        content.kind === 'text' ? isReceipt(content.reveal) : content.kind === 'erased',
      ),
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
        return await (isErasure ? erase(dues[0], address.chatId, notes, deps) : say(dues, address.chatId, notes));
      } catch (error) {
        // Nothing was sent: the place in the pace is given back.
        if (!(error instanceof SendFailure)) pace.sent(address.chatId);
        throw error;
      }
    },
    mergeNotes: (present, late) => writeNotes(mergeNotes(readNotes(present), readNotes(late), clock())),
  };
}

/** What was sent by a process that was overtaken can be deleted, and its buttons taken away, as all else. */
function mergeNotes(present: Notes, { ids: lateIds = [], keyboard: late }: Notes, now: Date): Notes {
  const { ids = [], keyboard, stale = [] } = present;
  const merged = { ...present, ids: mergeMarks([...lateIds, ...ids], now) };
  const known = [keyboard, ...stale].map((one) => one?.messageId);
  if (!late || known.includes(late.messageId)) return merged;
  return keyboard ? { ...merged, stale: [...stale, late].slice(-MOST_STALE) } : { ...merged, keyboard: late };
}

function isOneAnswer(dues: Dues, { message: next }: Due): boolean {
  const [{ message: first }] = dues;
  const isOurs = ({ author }: typeof first): boolean => author === 'bot' || author === 'system';
  const isSaidAtOnce = first.replyTo === next.replyTo && first.at.getTime() === next.at.getTime();
  return isOurs(first) && isOurs(next) && isSaidAtOnce && next.content.kind === 'text';
}

/** What stands open while a parcel is sent, and which buttons are to go. One whose button was pressed has changed already. */
function keyboardsAfter(
  dues: Dues,
  { keyboard, stale = [], ...notes }: Notes,
  calls: readonly Outgoing[],
): Notes & { readonly stale: readonly OpenKeyboard[] } {
  const answered = dues.flatMap(({ answered: one }) => (one ? [one.externalId] : []));
  const isUnused = ({ seq }: OpenKeyboard): boolean => !answered.some((id) => pressedSeqOf(id) === seq);
  // Buttons that stand open once it has begun are its own.
  const isBegun = notes.part?.seq === dues[0].message.seq;
  const isOpen = isBegun || (answered.length === 0 && !calls.some((call) => 'keyboard' in call));
  return {
    ...notes,
    ...(keyboard && isOpen && { keyboard }),
    stale: [...stale, ...(keyboard && !isOpen ? [keyboard] : [])].filter(isUnused),
  };
}

function answeredMarks(dues: Dues): readonly MessageMark[] {
  return dues.flatMap(({ answered }) =>
    // The mark of an erasure stands for a message that was deleted with the others.
    answered && answered.content.kind !== 'erased' ? markOf(answered.externalId, answered.at.getTime()) : [],
  );
}

function addressOf({ address }: Conversation): TelegramAddress | undefined {
  return readAddress(address?.details);
}

export function readAddress(details: JsonObject | undefined): TelegramAddress | undefined {
  const { botId, chatId } = details ?? {};
  return typeof botId === 'number' && typeof chatId === 'number' ? { botId, chatId } : undefined;
}
