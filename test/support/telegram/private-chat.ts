import { tellMembership } from './methods/about.js';
import type { Server } from './methods/method.js';
import { isRecord } from './parameters.js';
import { buttonsOf } from './reply-markup.js';
import { isOfBot, isVisible, seeAll, waitForScreen } from './screen.js';
import { toMedia } from './sent-media.js';
import { withFound } from './text.js';
import type { CallbackAnswer, ChatOptions, Entity, FakeChat, InlineButton, JsonRecord, Press } from './types.js';
import { findMessage, type KeptChat, type KeptMessage, toWire } from './world.js';

type Hands = Pick<Server, 'world' | 'updates'>;

/** A person and their chat with the bot, which have the same id. */
export function openPrivateChat(hands: Hands, options: ChatOptions): FakeChat {
  const { world, updates } = hands;
  const id = options.id ?? 900_000_000 + world.next();
  const names = {
    first_name: options.firstName ?? 'Camille',
    ...(options.lastName !== undefined && { last_name: options.lastName }),
    ...(options.username !== undefined && { username: options.username }),
  };
  const person = { id, is_bot: false, ...names, language_code: options.language ?? 'fr' };
  const chat: KeptChat = {
    id,
    wire: { id, ...names, type: 'private' },
    messages: [],
    actions: [],
    standing: 'stranger',
    keyboard: undefined,
    nextId: 1,
  };
  world.chats.set(id, chat);
  const instance = String(7_000_000_000 + id);

  function say(content: JsonRecord): number {
    if (chat.standing === 'blocked') unblock();
    chat.standing = 'member';
    const message = world.addMessage(chat, { from: person, content });
    updates.add('message', toWire(message), `chat ${id}`);
    return message.id;
  }

  function unblock(): void {
    chat.standing = 'member';
    tellMembership(hands, chat, person, { from: 'kicked', to: 'member' });
  }

  function write(
    text: string,
    { entities = [], replyTo }: { entities?: readonly Entity[]; replyTo?: number } = {},
  ): number {
    const repliedTo = replyTo === undefined ? undefined : findMessage(chat, replyTo);
    return say({ ...(repliedTo && { reply_to_message: toWire(repliedTo) }), ...textContent(text, entities) });
  }

  /** https://core.telegram.org/bots/api#callbackquery */
  function pressData(messageId: number, data: string): Press {
    const queryId = String(5_000_000_000_000 + world.next());
    const { promise: answered, resolve: answer } = Promise.withResolvers<CallbackAnswer>();
    world.queries.set(queryId, { id: queryId, at: world.now(), answer });
    const message = findMessage(chat, messageId);
    // A message that is gone is an InaccessibleMessage, whose date is always 0.
    const wire = message ? toWire(message) : { chat: chat.wire, message_id: messageId, date: 0 };
    const query = { id: queryId, from: person, message: wire, chat_instance: instance, data };
    updates.add('callback_query', query, `query ${id}`);
    return { queryId, answered };
  }

  function press(button: string | { readonly messageId: number; readonly title: string }): Press {
    const title = typeof button === 'string' ? button : button.title;
    const found = findInline(chat, title, typeof button === 'string' ? undefined : button.messageId);
    if (found?.button.data !== undefined) return pressData(found.messageId, found.button.data);
    const url = found?.button.url;
    if (url !== undefined) return { queryId: '', answered: Promise.resolve({ isAlert: false, url }) };
    if (typeof button !== 'string') throw new Error(`no button « ${title} » on message ${button.messageId}`);
    pressReply(title);
    return { queryId: '', answered: Promise.resolve({ isAlert: false }) };
  }

  /** « the button's text will be sent as a message when the button is pressed » (#keyboardbutton). */
  function pressReply(title: string): void {
    const buttons = chat.keyboard?.shown.rows.flat() ?? [];
    const button = buttons.find(({ text }) => text === title);
    if (!button)
      throw new Error(`no button « ${title} »; the reply keyboard has ${buttons.map(({ text }) => text).join(', ')}`);
    if (button.requestsLocation) throw new Error(`« ${title} » asks for a position: share it`);
    write(title);
    if (chat.keyboard?.shown.isOneTime) chat.keyboard = undefined;
  }

  return {
    id,
    write,
    edit(messageId, text) {
      const message = findMessage(chat, messageId);
      if (!message || message.isFromBot) throw new Error(`no message ${messageId} of the person`);
      message.content = { ...withoutText(message), ...textContent(text, [], 'caption' in message.content) };
      message.editedAt = world.now();
      updates.add('edited_message', toWire(message), `chat ${id}`);
      world.signal.tell();
    },
    press,
    pressData,
    share: (location) => say({ location }),
    shareVenue: ({ title, address, ...location }) => say({ location, venue: { location, title, address } }),
    send: (kind, file = {}) => say(toMedia(world, kind, file)),
    block() {
      chat.standing = 'blocked';
      tellMembership(hands, chat, person, { from: 'member', to: 'kicked' });
    },
    unblock,
    get messages() {
      return seeAll(world, chat);
    },
    get visible() {
      return seeAll(world, chat).filter(isVisible);
    },
    get said() {
      return seeAll(world, chat)
        .filter(isOfBot)
        .map(({ text }) => text);
    },
    get replyKeyboard() {
      return chat.keyboard?.shown;
    },
    actions: chat.actions,
    waitFor: (wanted, limitMs) => waitForScreen(world, chat, wanted, limitMs),
  };
}

/** A command and what else the server finds is marked (https://core.telegram.org/bots/api#messageentity). */
export function textContent(text: string, given: readonly Entity[] = [], isCaption = false): JsonRecord {
  const { entities } = withFound({ text, entities: given });
  const [textName, entitiesName] = isCaption ? ['caption', 'caption_entities'] : ['text', 'entities'];
  return { [textName]: text, ...(entities.length > 0 && { [entitiesName]: entities }) };
}

function withoutText({ content }: KeptMessage): JsonRecord {
  const { text: _, entities: __, caption: ___, caption_entities: ____, ...rest } = content;
  return rest;
}

/** The newest message with such a button; of a message that is named, also a button that it had before. */
function findInline(
  chat: KeptChat,
  title: string,
  messageId: number | undefined,
): { readonly messageId: number; readonly button: InlineButton } | undefined {
  for (const message of chat.messages.toReversed()) {
    if (message.isDeleted || (messageId ?? message.id) !== message.id) continue;
    const before = messageId === undefined ? [] : message.earlier.toReversed();
    const keyboards = [message.markup, ...before].filter(isRecord);
    const button = keyboards.flatMap((keyboard) => buttonsOf(keyboard).flat()).find(({ text }) => text === title);
    if (button) return { messageId: message.id, button };
  }
  return undefined;
}
