import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Telegram } from 'telegraf';
import { createHeldClock, type HeldClock } from '../../support/telegram/held-clock.js';
import { openFakeTelegram } from '../../support/telegram/index.js';
import { refusalOf, resultOf } from '../../support/telegram/raw-client.js';
import type { FakeChat, FakeTelegram, JsonRecord } from '../../support/telegram/types.js';

let time: HeldClock;
let server: FakeTelegram;
let client: Telegram;
let chat: FakeChat;

beforeEach(async () => {
  time = createHeldClock();
  server = await openFakeTelegram({ clock: time.clock, burst: 100 });
  client = new Telegram(server.token, { apiRoot: server.url });
  chat = server.openChat({ firstName: 'Nadia' });
  chat.write('Bonjour');
});
afterEach(() => server.close());

const inline = (...rows: JsonRecord[][]): JsonRecord => ({ inline_keyboard: rows });
const send = (reply_markup: JsonRecord): Promise<JsonRecord> =>
  resultOf(server, 'sendMessage', { chat_id: chat.id, text: 'Choisissez', reply_markup });
const refused = (reply_markup: unknown): Promise<string> =>
  refusalOf(server, 'sendMessage', { chat_id: chat.id, text: 'a', reply_markup: reply_markup as JsonRecord });

// https://core.telegram.org/bots/api#inlinekeyboardbutton
describe('inline keyboards', () => {
  test('take data of 1 to 64 bytes and addresses of http, https and tg', async () => {
    await send(
      inline(
        [
          { text: 'Oui', callback_data: 'é'.repeat(32) },
          { text: 'Non', callback_data: 'n' },
        ],
        [
          { text: 'Site', url: 'https://exemple.fr/page' },
          { text: 'Nu', url: 'exemple.fr' },
        ],
        [{ text: 'Compte', url: 'tg://user?id=1' }],
      ),
    );
    expect(chat.messages.at(-1)?.keyboard).toEqual([
      [
        { text: 'Oui', data: 'é'.repeat(32) },
        { text: 'Non', data: 'n' },
      ],
      [
        { text: 'Site', url: 'https://exemple.fr/page' },
        { text: 'Nu', url: 'http://exemple.fr' },
      ],
      [{ text: 'Compte', url: 'tg://user?id=1' }],
    ]);
  });

  test.each<[JsonRecord, string]>([
    [{ text: 'a', callback_data: 'é'.repeat(33) }, 'BUTTON_DATA_INVALID'],
    [{ text: 'a', callback_data: '' }, 'BUTTON_DATA_INVALID'],
    [{ text: 'a', url: 'tel:17' }, "inline keyboard button URL 'tel:17' is invalid: Unsupported URL protocol"],
    [
      { text: 'a', url: 'mailto:a@b.fr' },
      "inline keyboard button URL 'mailto:a@b.fr' is invalid: Unsupported URL protocol",
    ],
    [{ text: 'a', url: 'https://nowhere' }, "inline keyboard button URL 'https://nowhere' is invalid: Wrong HTTP URL"],
    [{ text: 'a' }, "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"],
    [{ text: '', callback_data: 'a' }, "can't parse inline keyboard button: Text must be non-empty"],
    [{ callback_data: 'a' }, 'can\'t parse inline keyboard button: Field "text" must be of type String'],
  ])('refuse the button %j', async (button, complaint) => {
    expect(await refused(inline([button]))).toBe(`400 Bad Request: ${complaint}`);
  });

  test.each([
    ['{', "can't parse reply keyboard markup JSON object"],
    ['[]', 'object expected as reply markup'],
    [
      { inline_keyboard: [{ text: 'a', callback_data: 'b' }] },
      'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    ],
    [{ keyboard: ['a'] }, 'field "keyboard" of the ReplyKeyboardMarkup must be an Array of Arrays'],
    [{ keyboard: [] }, 'reply keyboard must have at least one button'],
    [{ keyboard: [['a']], input_field_placeholder: 'a'.repeat(65) }, 'input field placeholder is invalid'],
  ])('refuse the markup %j', async (markup, complaint) => {
    expect(await refused(markup)).toBe(`400 Bad Request: ${complaint}`);
  });
});

// https://core.telegram.org/bots/api#replykeyboardmarkup
describe('reply keyboards', () => {
  const keyboard = {
    keyboard: [['Permanence', { text: 'Ma position', request_location: true }]],
    is_persistent: true,
    resize_keyboard: true,
    input_field_placeholder: 'Votre question',
  };

  test('stay until another comes, they are removed, or their message is deleted', async () => {
    const sent = await send(keyboard);
    expect(chat.replyKeyboard).toEqual({
      rows: [
        [
          { text: 'Permanence', requestsLocation: false },
          { text: 'Ma position', requestsLocation: true },
        ],
      ],
      isPersistent: true,
      isOneTime: false,
      isResized: true,
      placeholder: 'Votre question',
    });
    await client.sendMessage(chat.id, 'Sans clavier');
    await send(inline([{ text: 'a', callback_data: 'b' }]));
    expect(chat.replyKeyboard).toBeDefined();
    await client.deleteMessage(chat.id, Number(sent.message_id));
    expect(chat.replyKeyboard).toBeUndefined();
    await send(keyboard);
    await send({ remove_keyboard: true });
    expect(chat.replyKeyboard).toBeUndefined();
  });

  test('write the title of the button that is pressed', async () => {
    await send({ ...keyboard, one_time_keyboard: true });
    chat.press('Permanence');
    expect(chat.messages.at(-1)).toMatchObject({ from: 'person', text: 'Permanence' });
    expect(chat.replyKeyboard).toBeUndefined();
    expect(() => chat.press('Permanence')).toThrow('no button');
  });
});

// https://core.telegram.org/bots/api#callbackquery
describe('presses', () => {
  const keyboard = inline([
    { text: 'Oui', callback_data: '7:0' },
    { text: 'Site', url: 'https://exemple.fr/' },
  ]);

  test('come as a query about the message, and wait for an answer', async () => {
    await send(keyboard);
    const { queryId, answered } = chat.press('Oui');
    const [update] = (await client.getUpdates(0, 100, -1, undefined)).slice(-1);
    expect(update).toMatchObject({
      callback_query: {
        id: queryId,
        from: { id: chat.id, first_name: 'Nadia', is_bot: false },
        message: { message_id: 2, text: 'Choisissez', chat: { id: chat.id }, reply_markup: keyboard },
        chat_instance: expect.any(String),
        data: '7:0',
      },
    });
    expect(await client.answerCbQuery(queryId, 'Oui')).toBe(true);
    expect(await answered).toEqual({ text: 'Oui', isAlert: false });
  });

  test('of an address only open it', async () => {
    await send(keyboard);
    const { answered } = chat.press('Site');
    expect(await answered).toEqual({ isAlert: false, url: 'https://exemple.fr/' });
    expect(server.updates.pending).toHaveLength(1);
  });

  test('of a button that was taken away reach the bot all the same, as from an old screen', async () => {
    await send(keyboard);
    await client.editMessageReplyMarkup(chat.id, 2, undefined, undefined);
    expect(() => chat.press('Oui')).toThrow();
    chat.press({ messageId: 2, title: 'Oui' });
    expect(server.updates.pending.at(-1)).toMatchObject({ callback_query: { data: '7:0' } });
  });

  test('of a deleted message name it without its content', async () => {
    await send(keyboard);
    await client.deleteMessage(chat.id, 2);
    chat.pressData(2, 'anything');
    expect(server.updates.pending.at(-1)).toMatchObject({
      callback_query: { message: { chat: { id: chat.id }, message_id: 2, date: 0 }, data: 'anything' },
    });
  });

  // https://core.telegram.org/bots/api#answercallbackquery
  test('cannot be answered when they are old, or by more than 200 characters', async () => {
    const complaint = '400 Bad Request: query is too old and response timeout expired or query ID is invalid';
    expect(await refusalOf(server, 'answerCallbackQuery', { callback_query_id: '1' })).toBe(complaint);
    await send(keyboard);
    const { queryId } = chat.press('Oui');
    expect(await refusalOf(server, 'answerCallbackQuery', { callback_query_id: queryId, text: 'a'.repeat(201) })).toBe(
      '400 Bad Request: MESSAGE_TOO_LONG',
    );
    time.pass(60_001);
    expect(await refusalOf(server, 'answerCallbackQuery', { callback_query_id: queryId })).toBe(complaint);
  });
});

// https://core.telegram.org/bots/api#editmessagereplymarkup
describe('edits by the bot', () => {
  test('change the keyboard, and say so when nothing changes', async () => {
    await send(inline([{ text: 'Oui', callback_data: '7:0' }]));
    const chosen = inline([{ text: '✓ Oui', callback_data: 'x' }]);
    const edit = { chat_id: chat.id, message_id: 2, reply_markup: chosen };
    expect(await resultOf(server, 'editMessageReplyMarkup', edit)).toMatchObject({
      message_id: 2,
      reply_markup: chosen,
    });
    expect(chat.messages.at(-1)).toMatchObject({ isEdited: true, keyboard: [[{ text: '✓ Oui', data: 'x' }]] });
    expect(await refusalOf(server, 'editMessageReplyMarkup', edit)).toMatch(
      /^400 Bad Request: message is not modified/,
    );
    expect(await resultOf(server, 'editMessageReplyMarkup', { chat_id: chat.id, message_id: 2 })).not.toHaveProperty(
      'reply_markup',
    );
  });

  test('are refused for messages of others, those that are gone, and other keyboards', async () => {
    const refusal = (message_id: number, reply_markup: JsonRecord): Promise<string> =>
      refusalOf(server, 'editMessageReplyMarkup', { chat_id: chat.id, message_id, reply_markup });
    const keyboard = inline([{ text: 'a', callback_data: 'b' }]);
    expect(await refusal(99, keyboard)).toBe('400 Bad Request: message to edit not found');
    expect(await refusal(1, keyboard)).toBe("400 Bad Request: message can't be edited");
    expect(await refusal(0, keyboard)).toBe('400 Bad Request: message identifier is not specified');
    await client.sendMessage(chat.id, 'a');
    expect(await refusal(2, { keyboard: [['a']] })).toBe('400 Bad Request: inline keyboard expected');
  });

  // https://core.telegram.org/bots/api#editmessagetext
  test('change the text', async () => {
    await client.sendMessage(chat.id, 'Un');
    await client.editMessageText(chat.id, 2, undefined, 'Deux');
    expect(chat.said).toEqual(['Deux']);
  });
});
