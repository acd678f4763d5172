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
  server = await openFakeTelegram({ clock: time.clock });
  client = new Telegram(server.token, { apiRoot: server.url });
  chat = server.openChat();
  chat.write('Bonjour');
});
afterEach(() => server.close());

const refused = (parameters: JsonRecord, method = 'sendMessage'): Promise<string> =>
  refusalOf(server, method, { chat_id: chat.id, ...parameters });

// https://core.telegram.org/bots/api#sendmessage
describe('sendMessage', () => {
  test('shows the message, numbered in the one count of the chat', async () => {
    const first = await client.sendMessage(chat.id, 'Un');
    const id = chat.write('Deux');
    const third = await client.sendMessage(chat.id, 'Trois');
    expect([first.message_id, id, third.message_id]).toEqual([2, 3, 4]);
    expect(third).toMatchObject({ from: { id: server.bot.id, is_bot: true }, chat: { type: 'private' } });
    expect(third.date).toBe(Date.parse('2026-11-23T10:00:00Z') / 1000);
    expect(chat.messages.map(({ from, text }) => [from, text])).toEqual([
      ['person', 'Bonjour'],
      ['bot', 'Un'],
      ['person', 'Deux'],
      ['bot', 'Trois'],
    ]);
    expect(chat.said).toEqual(['Un', 'Trois']);
  });

  test('refuses no chat, an unknown one, and one where the bot may not write', async () => {
    expect(await refusalOf(server, 'sendMessage', { text: 'a' })).toBe('400 Bad Request: chat_id is empty');
    expect(await refused({ chat_id: 77, text: 'a' })).toBe('400 Bad Request: chat not found');
    const stranger = server.openChat();
    expect(await refused({ chat_id: stranger.id, text: 'a' })).toBe(
      "403 Forbidden: bot can't initiate conversation with a user",
    );
    chat.block();
    expect(await refused({ text: 'a' })).toBe('403 Forbidden: bot was blocked by the user');
    expect(await refused({ action: 'typing' }, 'sendChatAction')).toBe('403 Forbidden: bot was blocked by the user');
    chat.unblock();
    await client.sendMessage(chat.id, 'De retour');
    expect(chat.said).toEqual(['De retour']);
  });

  test('takes 4,096 characters after trimming, and no more', async () => {
    await client.sendMessage(chat.id, ` ${'é'.repeat(4096)}\n`);
    expect(chat.said[0]).toHaveLength(4096);
    expect(await refused({ text: 'é'.repeat(4097) })).toBe('400 Bad Request: message is too long');
    expect(server.violations()).toMatchObject([{ kind: 'refused', method: 'sendMessage', chatId: chat.id }]);
  });

  test.each(['', ' \n '])('refuses the empty text %j', async (text) => {
    expect(await refused({ text })).toBe('400 Bad Request: message text is empty');
  });

  test('moves entities along when it trims', async () => {
    await client.sendMessage(chat.id, '  Jean, délégué ', { entities: [{ type: 'bold', offset: 2, length: 4 }] });
    expect(chat.messages.at(-1)).toMatchObject({
      text: 'Jean, délégué',
      entities: [{ type: 'bold', offset: 0, length: 4 }],
    });
  });

  test.each([
    [
      { type: 'bold', offset: 0, length: 4 },
      'entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 3',
    ],
    [{ type: 'bold', offset: 1, length: 1 }, 'entity begins in a middle of a UTF-16 symbol at byte offset 1'],
    [{ type: 'bold', offset: 0, length: 1 }, 'entity ends in a middle of a UTF-16 symbol at byte offset 1'],
    [{ type: 'bold', offset: -1, length: 1 }, 'receive an entity with incorrect offset'],
    [{ type: 'shiny', offset: 0, length: 1 }, "can't parse MessageEntity: unsupported type specified"],
    [{ type: 'text_link', offset: 0, length: 2 }, 'can\'t parse MessageEntity: field "url" must be of type String'],
  ])('refuses the entity %j', async (entity, complaint) => {
    expect(await refused({ text: '👍!', entities: [entity] })).toBe(`400 Bad Request: ${complaint}`);
  });

  test('finds links, addresses, telephone numbers and commands by itself', async () => {
    const text = 'Voir https://exemple.fr/a?b=1, a.b@exemple.fr ou 03 81 00 00 00, puis /menu.';
    await client.sendMessage(chat.id, text);
    const found = chat.messages
      .at(-1)
      ?.entities.map(({ type, offset, length }) => [type, text.slice(offset, offset + length)]);
    expect(found).toEqual([
      ['url', 'https://exemple.fr/a?b=1'],
      ['email', 'a.b@exemple.fr'],
      ['phone_number', '03 81 00 00 00'],
      ['bot_command', '/menu'],
    ]);
  });

  test('reads HTML and refuses what is not of it', async () => {
    await client.sendMessage(chat.id, '<b>Jean</b> &amp; <a href="https://exemple.fr/">eux</a>', {
      parse_mode: 'HTML',
    });
    expect(chat.messages.at(-1)).toMatchObject({
      text: 'Jean & eux',
      entities: [
        { type: 'bold', offset: 0, length: 4 },
        { type: 'text_link', offset: 7, length: 3, url: 'https://exemple.fr/' },
      ],
    });
    expect(await refused({ text: '<x>a</x>', parse_mode: 'HTML' })).toContain(
      "can't parse entities: Unsupported start tag",
    );
    expect(await refused({ text: '<b>a', parse_mode: 'HTML' })).toContain("can't parse entities: Can't find end tag");
    expect(await refused({ text: 'a', parse_mode: 'TeX' })).toBe('400 Bad Request: unsupported parse_mode');
  });

  test('answers a message that is there', async () => {
    const { message_id } = await client.sendMessage(chat.id, 'a', { reply_parameters: { message_id: 1 } });
    expect(message_id).toBe(2);
    expect(await refused({ text: 'a', reply_parameters: { message_id: 99 } })).toBe(
      '400 Bad Request: message to be replied not found',
    );
  });
});

describe('other messages', () => {
  // https://core.telegram.org/bots/api#sendvenue
  test('sendVenue shows a place', async () => {
    const sent = await client.sendVenue(chat.id, 47.2312, 5.9653, 'Maison de quartier', '13 avenue de Bourgogne');
    expect(sent.location).toEqual({ latitude: 47.2312, longitude: 5.9653 });
    expect(chat.messages.at(-1)?.venue).toEqual({
      latitude: 47.2312,
      longitude: 5.9653,
      title: 'Maison de quartier',
      address: '13 avenue de Bourgogne',
    });
    expect(await refused({ latitude: 47, longitude: 5, title: 'a' }, 'sendVenue')).toMatch(/^400 .*address/);
    expect(await refused({ latitude: 147, longitude: 5, title: 'a', address: 'b' }, 'sendVenue')).toMatch(/^400/);
    expect(await refused({ longitude: 5, title: 'a', address: 'b' }, 'sendVenue')).toMatch(/^400/);
  });

  // https://core.telegram.org/bots/api#sendlocation
  test('sendLocation shows a position', async () => {
    await client.sendLocation(chat.id, 47.2, 5.9);
    expect(chat.messages.at(-1)?.location).toEqual({ latitude: 47.2, longitude: 5.9 });
  });

  // https://core.telegram.org/bots/api#senddocument
  test('sendDocument takes a file with its name and caption', async () => {
    const source = Buffer.from('BEGIN:VCALENDAR\r\nSUMMARY:Permanence « été »\r\n');
    const sent = await client.sendDocument(chat.id, { source, filename: 'permanence.ics' }, { caption: 'À ajouter' });
    expect(sent.document).toMatchObject({ file_name: 'permanence.ics', file_size: source.length });
    expect(chat.messages.at(-1)).toMatchObject({
      text: 'À ajouter',
      document: { name: 'permanence.ics', text: source.toString('utf8') },
    });
    expect(server.callsOf('sendDocument')[0]?.files).toMatchObject([{ field: 'document', name: 'permanence.ics' }]);
    const again = await client.sendDocument(chat.id, sent.document.file_id);
    expect(again.document.file_id).toBe(sent.document.file_id);
    expect(await refused({ document: 'nothing' }, 'sendDocument')).toMatch(/^400/);
    expect(await refused({}, 'sendDocument')).toBe('400 Bad Request: there is no document in the request');
    const caption = 'a'.repeat(1025);
    expect(await refused({ document: sent.document.file_id, caption }, 'sendDocument')).toBe(
      '400 Bad Request: message caption is too long',
    );
  });

  // https://core.telegram.org/bots/api#sendchataction
  test('sendChatAction shows what the bot does', async () => {
    expect(await client.sendChatAction(chat.id, 'typing')).toBe(true);
    expect(chat.actions).toEqual([{ action: 'typing', at: time.clock().getTime() }]);
    expect(await refused({ action: 'dreaming' }, 'sendChatAction')).toBe(
      '400 Bad Request: wrong parameter action in request',
    );
  });
});

describe('deletion', () => {
  // https://core.telegram.org/bots/api#deletemessage
  test('takes messages of both sides away', async () => {
    const { message_id } = await client.sendMessage(chat.id, 'Un');
    expect(await client.deleteMessage(chat.id, 1)).toBe(true);
    expect(await client.deleteMessage(chat.id, message_id)).toBe(true);
    expect(chat.visible).toEqual([]);
    expect(chat.messages.map(({ isDeleted }) => isDeleted)).toEqual([true, true]);
    expect(await refused({ message_id }, 'deleteMessage')).toBe('400 Bad Request: message to delete not found');
  });

  test('is refused after 48 hours', async () => {
    time.pass(48 * 3600 * 1000 - 1);
    chat.write('Plus tard');
    expect(await client.deleteMessage(chat.id, 1)).toBe(true);
    time.pass(48 * 3600 * 1000);
    expect(await refused({ message_id: 2 }, 'deleteMessage')).toBe(
      "400 Bad Request: message can't be deleted for everyone",
    );
  });

  // https://core.telegram.org/bots/api#deletemessages
  test('of several skips those that are not there, and takes 100 at most', async () => {
    const { message_id } = await client.sendMessage(chat.id, 'Un');
    const others = Array.from({ length: 98 }, (_, index) => 1000 + index);
    const deletion = { chat_id: chat.id, message_ids: [1, message_id, ...others] };
    expect(await resultOf(server, 'deleteMessages', deletion)).toBe(true);
    expect(chat.visible).toEqual([]);
    expect(await refused({ message_ids: [1, ...others, 2, 3] }, 'deleteMessages')).toBe(
      '400 Bad Request: too many message identifiers specified',
    );
    expect(await refused({ message_ids: [] }, 'deleteMessages')).toBe(
      '400 Bad Request: message identifiers are not specified',
    );
  });

  test('of a fresh dice is refused, and with it all of its call', async () => {
    const dice = chat.send('dice');
    const deletion = { message_ids: [1, dice] };
    expect(await refused(deletion, 'deleteMessages')).toBe("400 Bad Request: message can't be deleted for everyone");
    expect(chat.visible).toHaveLength(2);
    time.pass(24 * 3600 * 1000 + 1);
    expect(await resultOf(server, 'deleteMessages', { chat_id: chat.id, ...deletion })).toBe(true);
    expect(chat.visible).toEqual([]);
  });

  test('works in a chat that has blocked the bot', async () => {
    chat.block();
    expect(await client.deleteMessage(chat.id, 1)).toBe(true);
  });
});
