import type { Clock } from '../../domain/clock.js';
import type { Conversations } from '../../domain/conversations.js';
import type { Message, TextContent } from '../../domain/message.js';
import type { ChannelLog } from '../channel.js';
import type { Method, Parameters, TelegramApi } from './api.js';
import { createCalendarFiles } from './calendar-file.js';
import type { RecentMessages } from './deletions.js';
import type { TelegramDependencies } from './deps.js';
import { messageIdOf, pressedIndexOf, pressedSeqOf, pressToExternal } from './external-ids.js';
import { codeOfFault, isOver } from './faults.js';
import { isCalendarPath, readButtonData, tagOf, toMarkup, usedKeyboard } from './keyboards.js';
import type { LinkButton } from './notes.js';
import type { Pace } from './pace.js';
import type { TelegramWords } from './words.js';

/** The part of a callback query that is read (https://core.telegram.org/bots/api#callbackquery). */
export interface ButtonPress {
  readonly id: string;
  readonly data?: string | undefined;
  /** Absent when it is too old. */
  readonly message?: PressedMessage | undefined;
}

export interface PressedMessage {
  readonly message_id: number;
  readonly chat: { readonly id: number };
  /** Its buttons as they stand. */
  readonly reply_markup?: { readonly inline_keyboard: readonly (readonly ButtonShown[])[] } | undefined;
}

interface ButtonShown {
  readonly text: string;
  readonly url?: string | undefined;
  readonly callback_data?: string | undefined;
}

/** What a press says, as if it had been written. */
export interface Said {
  readonly externalId: string;
  readonly text: string;
  /** The newest message of the chat that is known: Telegram does not tell when a button was pressed. */
  readonly order: number;
  /** See `Inbound`: another button of the same keyboard was pressed first. */
  readonly isOver?: () => Promise<boolean>;
}

export interface Presses {
  /**
   * What a press says; undefined when it says nothing: it was used, it is of an erased conversation, or it asked for a file,
   * which is then sent. The press is acknowledged at once, and its keyboard cannot be used a second time; neither is waited
   * for, and neither makes it fail.
   * @throws DomainError `storage-unavailable`.
   */
  read(press: ButtonPress, conversationId: string): Promise<Said | undefined>;
  /** For a press of which no conversation is known. */
  refuse(press: ButtonPress): void;
  /** Waits for the calls under way. */
  close(): Promise<void>;
}

export interface PressesDependencies {
  readonly api: TelegramApi;
  readonly pace: Pace;
  readonly conversations: Pick<Conversations, 'messagesAfter'>;
  readonly words: TelegramWords;
  readonly calendar: TelegramDependencies['calendar'];
  readonly recent: RecentMessages;
  /** True where another process may be taking in another press at this moment. Absent: there is none. */
  readonly isShared?: () => boolean;
  readonly log: ChannelLog;
  readonly clock: Clock;
}

/** An acknowledgement that is later is of no use: the button has stopped blinking. */
const ACKNOWLEDGE_MS = 5_000;
/** https://core.telegram.org/bots/api#answercallbackquery */
const MOST_TOAST = 200;
/** Where another press of the same keyboard is looked for. */
const MOST_LATER = 50;

export function createPresses(deps: PressesDependencies): Presses {
  const { api, conversations, words, log } = deps;
  const underWay = new Set<Promise<void>>();
  const files = createCalendarFiles(deps);

  /** Not waited for; a failure is a line in the log. */
  function start(act: () => Promise<unknown>, fault: string): void {
    const run = act()
      .then(
        () => undefined,
        (error: unknown) => {
          if (!isOver(error)) log.warn({ code: codeOfFault(error) }, fault);
        },
      )
      .finally(() => underWay.delete(run));
    underWay.add(run);
  }

  const call = <M extends Method>(method: M, parameters: Parameters<M>, fault: string): void =>
    start(() => api.call(method, parameters, ACKNOWLEDGE_MS), fault);

  function acknowledge({ id }: ButtonPress, text: string): void {
    const answer = { callback_query_id: id, text: text.slice(0, MOST_TOAST) };
    call('answerCallbackQuery', answer, 'A press on Telegram was not acknowledged');
  }

  function setKeyboard({ message }: ButtonPress, markup: ReturnType<typeof toMarkup>): void {
    if (!message) return;
    const change = { chat_id: message.chat.id, message_id: message.message_id, reply_markup: markup };
    call('editMessageReplyMarkup', change, 'Buttons on Telegram were not changed');
  }

  function refuse(press: ButtonPress): void {
    acknowledge(press, words.toasts.gone);
    setKeyboard(press, toMarkup([]));
  }

  function say(press: ButtonPress, { shown, index, earlier, order, conversationId }: Pressed): Said | undefined {
    const { content, seq } = shown;
    const action = content.actions?.[index];
    if (!action) {
      refuse(press);
      return undefined;
    }
    const externalId = pressToExternal(seq, content.asksInConfidence ? undefined : index);
    const chosen = earlier === undefined ? index : pressedIndexOf(earlier);
    acknowledge(press, chosen === index ? action.title : words.toasts.used);
    const title = chosen === undefined ? undefined : content.actions?.[chosen]?.title;
    if (title !== undefined) setKeyboard(press, usedKeyboard(title, linksOf(press), words));
    // Said again it is the same message, which may not have been answered yet.
    const isSaid = earlier === undefined || earlier === externalId;
    if (!isSaid) return undefined;
    return { externalId, text: action.value, order, ...unlessAnother(seq, conversationId, externalId) };
  }

  /** Two buttons of one keyboard, pressed at once, may be taken in by two processes. */
  function unlessAnother(seq: number, conversationId: string, externalId: string): Pick<Said, 'isOver'> {
    if (!deps.isShared?.()) return {};
    return {
      async isOver() {
        const { earlier = externalId } = (await find(seq, conversationId)) ?? {};
        return earlier !== externalId;
      },
    };
  }

  async function sendFile(press: ButtonPress, { shown, index, conversationId }: Pressed): Promise<void> {
    const url = shown.content.card?.links[index]?.url;
    const file = url !== undefined && isCalendarPath(url) ? await deps.calendar(url) : undefined;
    acknowledge(press, file ? words.toasts.file : words.toasts.fileGone);
    const chatId = press.message?.chat.id;
    if (!file || chatId === undefined) return;
    const button = `${shown.seq}:${index}`;
    start(() => files.send(file, { chatId, conversationId, button }), 'A file was not sent on Telegram');
  }

  /** The message whose button it is, and what else of its keyboard was pressed. */
  async function find(seq: number, conversationId: string): Promise<Found | undefined> {
    const [message, ...later] = await conversations.messagesAfter(conversationId, seq - 1, MOST_LATER);
    const shown = message && message.seq === seq ? shownOf(message) : undefined;
    const earlier = later.find(
      ({ author, externalId }) => author === 'resident' && externalId.startsWith(`b${seq}:`),
    )?.externalId;
    return shown && { shown, earlier, later: later.flatMap(({ externalId }) => messageIdOf(externalId) ?? []) };
  }

  /** The erasure that its keyboard asked for took its words along: said again, it is made good where it was cut short. */
  async function erasureBy({ message }: ButtonPress, seq: number, conversationId: string): Promise<Said | undefined> {
    const [first] = await conversations.messagesAfter(conversationId, 0, 1);
    const isIt = first?.content.kind === 'erased' && pressedSeqOf(first.externalId) === seq;
    return isIt ? { externalId: first.externalId, text: '', order: message?.message_id ?? 0 } : undefined;
  }

  return {
    refuse,
    async read(press, conversationId) {
      const data = readButtonData(press.data);
      if (data?.kind === 'used') {
        acknowledge(press, words.toasts.used);
        return undefined;
      }
      const found = data?.tag === tagOf(conversationId) ? await find(data.seq, conversationId) : undefined;
      if (!data || !found) {
        refuse(press);
        const isOurs = data?.kind === 'action' && data.tag === tagOf(conversationId);
        return isOurs ? erasureBy(press, data.seq, conversationId) : undefined;
      }
      const order = Math.max(press.message?.message_id ?? 0, ...found.later);
      const pressed: Pressed = { ...found, index: data.index, conversationId, order };
      if (data.kind === 'action') return say(press, pressed);
      await sendFile(press, pressed);
      return undefined;
    },
    async close() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

/** The rows of the pressed keyboard that say nothing: they stay when the others go. */
function linksOf({ message }: ButtonPress): readonly (readonly LinkButton[])[] {
  const rows = message?.reply_markup?.inline_keyboard ?? [];
  return rows.map((row) => row.flatMap(toLinkButton)).filter((row) => row.length > 0);
}

function toLinkButton({ text, url, callback_data: data }: ButtonShown): readonly LinkButton[] {
  if (url !== undefined) return [{ text, url }];
  return data !== undefined && readButtonData(data)?.kind === 'link' ? [{ text, callback_data: data }] : [];
}

interface Shown {
  readonly seq: number;
  readonly content: TextContent;
}

interface Found {
  readonly shown: Shown;
  /** `externalId` of the first press of the same keyboard. */
  readonly earlier: string | undefined;
  /** The numbers in the chat of what the resident has written since. */
  readonly later: readonly number[];
}

interface Pressed extends Found {
  readonly index: number;
  readonly conversationId: string;
  readonly order: number;
}

function shownOf({ author, seq, content }: Message): Shown | undefined {
  return author !== 'resident' && content.kind === 'text' ? { seq, content } : undefined;
}
