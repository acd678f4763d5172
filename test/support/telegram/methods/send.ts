import { type Given, numberOf, textOf } from '../parameters.js';
import { badRequest } from '../refusal.js';
import { type Markup, readMarkup } from '../reply-markup.js';
import { readFormatted } from '../text.js';
import type { Entity, JsonRecord } from '../types.js';
import { findMessage, type KeptChat, toWire } from '../world.js';
import { type Answer, type Method, type Server, writableChat, yes } from './method.js';

const TEXT = { text: 'text', entities: 'entities' };
const CAPTION = { text: 'caption', entities: 'caption_entities' };
/** « 1-4096 characters after entities parsing » (https://core.telegram.org/bots/api#sendmessage). */
export const TEXT_MOST = 4096;
/** « 0-1024 characters after entities parsing » (https://core.telegram.org/bots/api#senddocument). */
const CAPTION_MOST = 1024;
/** « Bots can currently send files of any type of up to 50 MB in size ». */
const UPLOAD_MOST = 50 * 1024 * 1024;
/** https://core.telegram.org/bots/api#sendchataction */
const ACTIONS = [
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
];

/** https://core.telegram.org/bots/api#sendmessage */
export const sendMessage: Method = (server, given) => {
  const chat = writableChat(server, given);
  const { text, entities } = readFormatted(given, TEXT, TEXT_MOST);
  if (text === '') throw badRequest('message text is empty');
  return send(server, given, chat, 'sendMessage', { text, ...withEntities('entities', entities) });
};

/** https://core.telegram.org/bots/api#sendlocation */
export const sendLocation: Method = (server, given) => {
  const chat = writableChat(server, given);
  return send(server, given, chat, 'sendLocation', { location: readPosition(given) });
};

/** https://core.telegram.org/bots/api#sendvenue */
export const sendVenue: Method = (server, given) => {
  const chat = writableChat(server, given);
  const location = readPosition(given);
  const [title, address] = [textOf(given, 'title'), textOf(given, 'address')];
  if (title === '') throw badRequest('venue title must be non-empty');
  if (address === '') throw badRequest('venue address must be non-empty');
  // « For backward compatibility, when this field is set, the location field will also be set. »
  return send(server, given, chat, 'sendVenue', { location, venue: { location, title, address } });
};

/** https://core.telegram.org/bots/api#senddocument */
export const sendDocument: Method = (server, given) => {
  const chat = writableChat(server, given);
  const { text, entities } = readFormatted(given, CAPTION, CAPTION_MOST);
  const upload = given.files.find(({ field }) => field === 'document');
  const known = server.world.files.get(textOf(given, 'document'));
  if (!upload && !known) {
    throw badRequest(
      textOf(given, 'document') ? 'wrong file identifier/HTTP URL specified' : 'there is no document in the request',
    );
  }
  if (upload && upload.bytes.byteLength > UPLOAD_MOST) throw badRequest('file is too big');
  // « file must be non-empty »
  if (upload?.bytes.byteLength === 0) throw badRequest('file must be non-empty');
  const file =
    known ?? server.world.keepFile({ bytes: upload?.bytes ?? new Uint8Array(), folder: 'documents', ending: 'dat' });
  const document = {
    file_id: file.id,
    file_unique_id: file.uniqueId,
    file_size: file.size,
    ...(upload && { file_name: upload.name }),
    ...(upload?.mime && { mime_type: upload.mime }),
  };
  return send(server, given, chat, 'sendDocument', {
    document,
    ...(text && { caption: text, ...withEntities('caption_entities', entities) }),
  });
};

/** https://core.telegram.org/bots/api#sendchataction */
export const sendChatAction: Method = (server, given) => {
  const chat = writableChat(server, given);
  const action = textOf(given, 'action');
  if (!ACTIONS.includes(action)) throw badRequest('wrong parameter action in request');
  chat.actions.push({ action, at: server.world.now() });
  server.world.signal.tell();
  return yes;
};

function readPosition(given: Given): { readonly latitude: number; readonly longitude: number } {
  const [latitude, longitude] = [numberOf(given, 'latitude'), numberOf(given, 'longitude')];
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) throw badRequest('wrong location specified');
  return { latitude, longitude };
}

export function withEntities(name: string, entities: readonly Entity[]): JsonRecord {
  return entities.length > 0 ? { [name]: entities } : {};
}

function send({ world, flood }: Server, given: Given, chat: KeptChat, method: string, content: JsonRecord): Answer {
  const markup = readMarkup(given);
  const repliedTo = readReply(given, chat);
  flood.count(method, chat.id);
  const message = world.addMessage(chat, {
    content: { ...repliedTo, ...content },
    markup: markup.kind === 'inline' ? markup.wire : undefined,
  });
  showKeyboard(chat, message.id, markup);
  world.signal.tell();
  return { result: toWire(message) };
}

/** https://core.telegram.org/bots/api#replyparameters */
function readReply(given: Given, chat: KeptChat): JsonRecord {
  const value = given.values.reply_parameters;
  const parameters = typeof value === 'string' ? (JSON.parse(value) as JsonRecord) : (value as JsonRecord | undefined);
  if (!parameters) return {};
  const message = findMessage(chat, Number(parameters.message_id));
  if (message) return { reply_to_message: toWire(message) };
  if (parameters.allow_sending_without_reply === true) return {};
  throw badRequest('message to be replied not found');
}

/** The keyboard below the input field stays until another one comes or it is removed. */
function showKeyboard(chat: KeptChat, messageId: number, markup: Markup): void {
  if (markup.kind === 'reply') chat.keyboard = { messageId, shown: markup.keyboard };
  if (markup.kind === 'remove') chat.keyboard = undefined;
}
