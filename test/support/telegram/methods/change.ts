import { type Given, integerOf, isList, isYes, jsonOf, textOf } from '../parameters.js';
import { badRequest } from '../refusal.js';
import { readMarkup } from '../reply-markup.js';
import { readFormatted } from '../text.js';
import type { JsonRecord } from '../types.js';
import { findMessage, type KeptChat, type KeptMessage, toWire } from '../world.js';
import { chatOf, type Method, type Server, writableChat, yes } from './method.js';
import { TEXT_MOST, withEntities } from './send.js';

const HOUR_MS = 3600 * 1000;
const DAY_MS = 24 * HOUR_MS;
/** « A message can only be deleted if it was sent less than 48 hours ago » (#deletemessage). */
const DELETABLE_MS = 48 * HOUR_MS;
/** « A JSON-serialized list of 1-100 identifiers of messages to delete » (#deletemessages). */
const MOST_DELETED = 100;
const TOAST_MOST = 200;

/** https://core.telegram.org/bots/api#editmessagereplymarkup */
export const editMessageReplyMarkup: Method = (server, given) => {
  const message = editable(server, given);
  return edit(server, message, { content: message.content, markup: readInline(given) });
};

/** https://core.telegram.org/bots/api#editmessagetext */
export const editMessageText: Method = (server, given) => {
  const message = editable(server, given);
  const { text, entities } = readFormatted(given, { text: 'text', entities: 'entities' }, TEXT_MOST);
  if (text === '') throw badRequest('message text is empty');
  if (message.content.text === undefined) throw badRequest('there is no text in the message to edit');
  const { text: _, entities: __, ...rest } = message.content;
  return edit(server, message, {
    content: { ...rest, text, ...withEntities('entities', entities) },
    markup: readInline(given),
  });
};

function editable(server: Server, given: Given): KeptMessage {
  const chat = writableChat(server, given);
  const id = integerOf(given, 'message_id', 0);
  if (id <= 0) throw badRequest('message identifier is not specified');
  const message = findMessage(chat, id);
  if (!message) throw badRequest('message to edit not found');
  if (!message.isFromBot) throw badRequest("message can't be edited");
  return message;
}

function readInline(given: Given): JsonRecord | undefined {
  const markup = readMarkup(given);
  if (markup.kind === 'none') return undefined;
  if (markup.kind !== 'inline') throw badRequest('inline keyboard expected');
  return markup.wire;
}

function edit({ world }: Server, message: KeptMessage, next: { content: JsonRecord; markup: JsonRecord | undefined }) {
  const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
  if (isSame(message.content, next.content) && isSame(message.markup, next.markup)) {
    throw badRequest(
      'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    );
  }
  if (message.markup) message.earlier.push(message.markup);
  message.content = next.content;
  message.markup = next.markup;
  message.editedAt = world.now();
  world.signal.tell();
  return { result: toWire(message) };
}

/** https://core.telegram.org/bots/api#deletemessage: in private chats the bot deletes messages of both sides. */
export const deleteMessage: Method = (server, given) => {
  const chat = chatOf(server, given);
  const message = findMessage(chat, integerOf(given, 'message_id', 0));
  if (!message) throw badRequest('message to delete not found');
  remove(server, chat, [message]);
  return yes;
};

/** « If some of the specified messages can't be found, they are skipped. » (#deletemessages) */
export const deleteMessages: Method = (server, given) => {
  const chat = chatOf(server, given);
  const ids = jsonOf(given, 'message_ids', "can't parse message identifiers JSON object");
  if (!isList(ids)) throw badRequest('expected an Array of message identifiers');
  if (ids.length === 0) throw badRequest('message identifiers are not specified');
  if (ids.length > MOST_DELETED) throw badRequest('too many message identifiers specified');
  const found = ids.map((id) => findMessage(chat, Number(id))).filter((message) => message !== undefined);
  remove(server, chat, found);
  return yes;
};

function remove({ world }: Server, chat: KeptChat, messages: readonly KeptMessage[]): void {
  const now = world.now();
  // « A dice message in a private chat can only be deleted if it was sent more than 24 hours ago. »
  const isFreshDice = ({ at, content }: KeptMessage): boolean => 'dice' in content && now - at <= DAY_MS;
  const mayDelete = (message: KeptMessage): boolean =>
    now - message.at < DELETABLE_MS && (message.isFromBot || chat.wire.type === 'private') && !isFreshDice(message);
  // One that may not be deleted keeps all of the call.
  if (!messages.every(mayDelete)) throw badRequest("message can't be deleted for everyone");
  for (const message of messages) {
    message.isDeleted = true;
    // A keyboard goes with the message that brought it.
    if (chat.keyboard?.messageId === message.id) chat.keyboard = undefined;
  }
  world.signal.tell();
}

/** https://core.telegram.org/bots/api#answercallbackquery */
export const answerCallbackQuery: Method = ({ world, queryLifeMs }, given) => {
  const query = world.queries.get(textOf(given, 'callback_query_id'));
  if (!query || world.now() - query.at > queryLifeMs) {
    throw badRequest('query is too old and response timeout expired or query ID is invalid');
  }
  const [text, url] = [textOf(given, 'text'), textOf(given, 'url')];
  // « 0-200 characters »
  if (text.length > TOAST_MOST) throw badRequest('MESSAGE_TOO_LONG');
  query.answer({ isAlert: isYes(given, 'show_alert'), ...(text && { text }), ...(url && { url }) });
  world.signal.tell();
  return yes;
};
