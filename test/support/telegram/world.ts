import type { Clock } from '../../../src/domain/clock.js';
import { createSignal, type Signal } from './signal.js';
import type { JsonRecord, ReplyKeyboard } from './types.js';

/** A message as the server keeps it. */
export interface KeptMessage {
  readonly id: number;
  readonly chat: KeptChat;
  readonly isFromBot: boolean;
  readonly from: JsonRecord | undefined;
  /** Milliseconds of the clock. */
  readonly at: number;
  /** All of the message but what every message has: text, entities, photo, venue … */
  content: JsonRecord;
  markup: JsonRecord | undefined;
  /** Keyboards that it had before: a person may still press what their screen has not taken away. */
  readonly earlier: JsonRecord[];
  editedAt: number | undefined;
  isDeleted: boolean;
}

export interface KeptChat {
  readonly id: number;
  /** As the `chat` of a message (https://core.telegram.org/bots/api#chat). */
  readonly wire: JsonRecord & { readonly type: string };
  readonly messages: KeptMessage[];
  readonly actions: { readonly action: string; readonly at: number }[];
  /** `stranger`: never wrote, or never let the bot in. */
  standing: 'stranger' | 'member' | 'blocked' | 'left';
  keyboard: { readonly messageId: number; readonly shown: ReplyKeyboard } | undefined;
  nextId: number;
}

export interface KeptFile {
  readonly id: string;
  readonly uniqueId: string;
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly size: number;
}

export interface KeptQuery {
  readonly id: string;
  readonly at: number;
  readonly answer: (answer: { readonly text?: string; readonly isAlert: boolean; readonly url?: string }) => void;
}

/** What the server knows, whoever asks. */
export interface World {
  readonly clock: Clock;
  readonly signal: Signal;
  readonly bot: JsonRecord & { readonly id: number };
  readonly chats: Map<number, KeptChat>;
  readonly files: Map<string, KeptFile>;
  readonly queries: Map<string, KeptQuery>;
  now(): number;
  /** A number that was not given before. */
  next(): number;
  addMessage(chat: KeptChat, message: NewMessage): KeptMessage;
  keepFile(file: {
    readonly bytes: Uint8Array;
    readonly size?: number;
    readonly folder: string;
    readonly ending: string;
  }): KeptFile;
}

export interface NewMessage {
  /** Undefined for the bot; null for a channel's post, which has no sender. */
  readonly from?: JsonRecord | null;
  readonly content: JsonRecord;
  readonly markup?: JsonRecord | undefined;
}

export function createWorld(clock: Clock, bot: JsonRecord & { readonly id: number }): World {
  const signal = createSignal();
  const files = new Map<string, KeptFile>();
  let given = 0;
  const now = (): number => clock().getTime();
  const next = (): number => ++given;
  return {
    clock,
    signal,
    bot,
    chats: new Map(),
    files,
    queries: new Map(),
    now,
    next,
    addMessage(chat, { from, content, markup }) {
      const message: KeptMessage = {
        // « Unique message identifier inside this chat »: both sides share the count.
        id: chat.nextId++,
        chat,
        isFromBot: from === undefined,
        from: from === undefined ? bot : (from ?? undefined),
        at: now(),
        content,
        markup,
        earlier: [],
        editedAt: undefined,
        isDeleted: false,
      };
      chat.messages.push(message);
      signal.tell();
      return message;
    },
    keepFile({ bytes, size = bytes.byteLength, folder, ending }) {
      const number = next();
      const file = {
        id: `AgACAgQAAxkBAAI${number}`,
        uniqueId: `AQAD${number}`,
        path: `${folder}/file_${number}.${ending}`,
        bytes,
        size,
      };
      files.set(file.id, file);
      return file;
    },
  };
}

/** https://core.telegram.org/bots/api#message; times are in seconds. */
export function toWire(message: KeptMessage): JsonRecord {
  return {
    message_id: message.id,
    ...(message.from && { from: message.from }),
    ...(message.chat.wire.type === 'channel' && { sender_chat: message.chat.wire }),
    chat: message.chat.wire,
    date: seconds(message.at),
    ...(message.editedAt !== undefined && { edit_date: seconds(message.editedAt) }),
    ...message.content,
    ...(message.markup && { reply_markup: message.markup }),
  };
}

export const seconds = (ms: number): number => Math.floor(ms / 1000);

export function findMessage(chat: KeptChat, id: number): KeptMessage | undefined {
  return chat.messages.find((message) => message.id === id && !message.isDeleted);
}
