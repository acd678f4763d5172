import type { EnclosedKind } from '../../domain/enclosed-words.js';
import { Refusal } from '../../http/refusal.js';
import type { Inbound } from '../../pipeline/turn.js';
import { readText } from '../resident-text.js';
import type { Command } from './commands.js';
import { messageIdToExternal } from './external-ids.js';
import type { FileReference } from './files.js';
import { MOST_UNITS } from './split.js';
import type { Update, UpdateMessage } from './updates.js';
import type { TelegramWords } from './words.js';

/** What a message or its correction says. */
export interface Said {
  readonly inbound: Omit<Inbound, 'enclosed'>;
  readonly enclosed?: Thing;
}

/** Something other than words. */
export interface Thing {
  readonly kind: EnclosedKind;
  /** Another file of the kinds that can be passed on has another one. */
  readonly mark: string;
  /** Of an image or a document: what else there is cannot be passed on. */
  readonly file?: FileReference;
  /** Several that were sent at once have it in common. */
  readonly album?: string;
}

export type ReadMessage =
  | { readonly kind: 'said'; readonly said: Said }
  | { readonly kind: 'not-taken'; readonly reason: keyof TelegramWords['notTaken'] }
  /** Nobody said anything: the chat has a new picture, or such. */
  | { readonly kind: 'nothing' };

/** @param commandOf undefined for what is no command. */
export function readMessage(update: Update, commandOf: (text: string) => Command | undefined): ReadMessage {
  const message = update.edited_message ?? update.message;
  if (!message) return { kind: 'nothing' };
  const enclosed = readThing(message);
  const position = message.venue?.location ?? message.location;
  if (message.text === undefined && !enclosed && !position) return { kind: 'nothing' };
  const said = readWords(message);
  if (typeof said !== 'string') return { kind: 'not-taken', ...said };
  const { says = said, unread } = commandOf(said) ?? {};
  const content = { text: says, ...(unread !== undefined && { unread }), ...(position && { position }) };
  const inbound = toInbound(update, message, content);
  return { kind: 'said', said: { inbound, ...(enclosed && { enclosed }) } };
}

/** Empty where there are none beside something else. */
function readWords({ text, caption = '' }: UpdateMessage): string | { readonly reason: 'tooLong' | 'unreadable' } {
  if (text === undefined && caption.trim() === '') return '';
  try {
    return readText({ text: text ?? caption }, MOST_UNITS);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { reason: error.code === 'MessageTooLong' ? 'tooLong' : 'unreadable' };
  }
}

function toInbound(
  { update_id, edited_message }: Update,
  { message_id, date, edit_date }: UpdateMessage,
  content: Pick<Inbound, 'text' | 'unread' | 'position'>,
): Said['inbound'] {
  const written = { ...content, writtenAt: toDate(date), order: message_id };
  const externalId = messageIdToExternal(message_id);
  if (!edited_message) return { ...written, externalId };
  const editedAt = edit_date ?? date;
  return {
    ...written,
    externalId: `e${message_id}:${editedAt}:${update_id}`,
    edits: externalId,
    editedAt: toDate(editedAt),
  };
}

function toDate(seconds: number): Date {
  return new Date(seconds * 1000);
}

/** In this order, since a moving picture is a document as well. */
const THINGS: readonly (readonly [member: keyof UpdateMessage, kind: EnclosedKind])[] = [
  ['photo', 'photo'],
  ['animation', 'video'],
  ['video', 'video'],
  ['video_note', 'video'],
  ['document', 'document'],
  ['voice', 'voice'],
  ['audio', 'audio'],
  ['sticker', 'sticker'],
  ['contact', 'contact'],
  ['poll', 'poll'],
  ['dice', 'other'],
  ['game', 'other'],
  ['story', 'other'],
  ['paid_media', 'other'],
  ['checklist', 'other'],
];

function readThing(message: UpdateMessage): Thing | undefined {
  const [, kind] = THINGS.find(([member]) => message[member] !== undefined) ?? [];
  if (!kind) return undefined;
  const file = kind === 'photo' ? largest(message) : kind === 'document' ? message.document : undefined;
  return {
    kind,
    mark: file?.file_unique_id ?? kind,
    ...(file && { file: toReference(file) }),
    ...(message.media_group_id !== undefined && { album: message.media_group_id }),
  };
}

/** Telegram sends a photo in several sizes. */
function largest({ photo = [] }: UpdateMessage): NonNullable<UpdateMessage['photo']>[number] | undefined {
  return photo.toSorted((one, other) => other.width * other.height - one.width * one.height)[0];
}

function toReference(file: {
  readonly file_id: string;
  readonly file_size?: number | undefined;
  readonly mime_type?: string | undefined;
}): FileReference {
  return {
    id: file.file_id,
    ...(file.file_size !== undefined && { bytes: file.file_size }),
    ...(file.mime_type !== undefined && { mime: file.mime_type }),
  };
}
