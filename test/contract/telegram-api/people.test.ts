import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createHeldClock, type HeldClock } from '../../support/telegram/held-clock.js';
import { openFakeTelegram } from '../../support/telegram/index.js';
import { callRaw, refusalOf, resultOf } from '../../support/telegram/raw-client.js';
import type { FakeChat, FakeTelegram, JsonRecord, SentKind } from '../../support/telegram/types.js';

const NOW_S = Date.parse('2026-11-23T10:00:00Z') / 1000;

let time: HeldClock;
let server: FakeTelegram;
let chat: FakeChat;

beforeEach(async () => {
  time = createHeldClock();
  server = await openFakeTelegram({ clock: time.clock });
  chat = server.openChat({ firstName: 'Nadia', lastName: 'B.', username: 'nadia', language: 'ar' });
});
afterEach(() => server.close());

const last = (): JsonRecord | undefined => server.updates.pending.at(-1);

// https://core.telegram.org/bots/api#message
describe('a person', () => {
  test('writes: the update names them and their chat, and marks commands', () => {
    expect(chat.write('/start affiche')).toBe(1);
    expect(last()).toEqual({
      update_id: expect.any(Number),
      message: {
        message_id: 1,
        from: {
          id: chat.id,
          is_bot: false,
          first_name: 'Nadia',
          last_name: 'B.',
          username: 'nadia',
          language_code: 'ar',
        },
        chat: { id: chat.id, first_name: 'Nadia', last_name: 'B.', username: 'nadia', type: 'private' },
        date: NOW_S,
        text: '/start affiche',
        entities: [{ type: 'bot_command', offset: 0, length: 6 }],
      },
    });
  });

  test('corrects: the same message with its date and that of the correction', () => {
    chat.write('Un');
    time.pass(5_000);
    chat.edit(1, 'Un, corrigé');
    expect(last()).toMatchObject({
      edited_message: { message_id: 1, date: NOW_S, edit_date: NOW_S + 5, text: 'Un, corrigé' },
    });
    expect(chat.messages).toMatchObject([{ text: 'Un, corrigé', isEdited: true }]);
    expect(() => chat.edit(9, 'a')).toThrow('no message 9');
  });

  test('answers a message', () => {
    chat.write('Un');
    chat.write('Deux', { replyTo: 1 });
    expect(last()).toMatchObject({ message: { text: 'Deux', reply_to_message: { message_id: 1, text: 'Un' } } });
  });

  test('shares a position or a place', () => {
    chat.share({ latitude: 47.2, longitude: 5.9 });
    expect(last()).toMatchObject({ message: { location: { latitude: 47.2, longitude: 5.9 } } });
    chat.shareVenue({ latitude: 47.2, longitude: 5.9, title: 'Parc', address: 'Rue' });
    expect(last()).toMatchObject({
      message: { location: { latitude: 47.2, longitude: 5.9 }, venue: { title: 'Parc', address: 'Rue' } },
    });
  });

  test.each<[SentKind, JsonRecord]>([
    ['document', { document: { file_name: 'a.pdf', mime_type: 'application/pdf', file_size: 3 } }],
    ['voice', { voice: { mime_type: 'application/pdf', duration: 3 } }],
    ['video', { video: { width: 640, height: 480 } }],
    ['video_note', { video_note: { length: 240 } }],
    ['audio', { audio: { duration: 3 } }],
    ['animation', { animation: { duration: 2 }, document: { file_name: 'a.pdf' } }],
    ['sticker', { sticker: { type: 'regular', emoji: '👍' } }],
    ['contact', { contact: { phone_number: '+33600000000' } }],
    ['poll', { poll: { question: 'Midi ou soir ?' } }],
    ['dice', { dice: { value: 4 } }],
  ])('sends a message of the kind %s', (kind, content) => {
    const bytes = new Uint8Array([1, 2, 3]);
    chat.send(kind, { bytes, name: 'a.pdf', mime: 'application/pdf', caption: 'Voici' });
    expect(last()).toMatchObject({ message: { ...content, caption: 'Voici' } });
  });

  test('sends an album: photos in several sizes, the largest last, of one group', () => {
    for (const caption of ['Deux photos', undefined]) {
      chat.send('photo', {
        bytes: new Uint8Array(10),
        mediaGroupId: 'g1',
        width: 800,
        height: 600,
        ...(caption !== undefined && { caption }),
      });
    }
    const messages = server.updates.pending.map(({ message }) => message);
    expect(messages).toMatchObject([
      {
        media_group_id: 'g1',
        caption: 'Deux photos',
        photo: [
          { width: 200, height: 150 },
          { width: 800, height: 600, file_size: 10 },
        ],
      },
      { media_group_id: 'g1' },
    ]);
    expect(messages[1]).not.toHaveProperty('caption');
  });

  // https://core.telegram.org/bots/api#chatmemberupdated
  test('blocks the bot and lets it in again, also by writing', () => {
    chat.write('Un');
    chat.block();
    expect(last()).toMatchObject({
      my_chat_member: {
        chat: { id: chat.id, type: 'private' },
        from: { id: chat.id },
        old_chat_member: { user: { id: server.bot.id }, status: 'member' },
        new_chat_member: { user: { id: server.bot.id }, status: 'kicked', until_date: 0 },
      },
    });
    chat.unblock();
    expect(last()).toMatchObject({
      my_chat_member: { old_chat_member: { status: 'kicked' }, new_chat_member: { status: 'member' } },
    });
    chat.block();
    chat.write('Me revoilà');
    expect(server.updates.pending.slice(-2)).toMatchObject([
      { my_chat_member: { new_chat_member: { status: 'member' } } },
      { message: { text: 'Me revoilà' } },
    ]);
  });

  test('waits for what the bot says', async () => {
    chat.write('Un');
    const said = chat.waitFor('orte');
    const twice = chat.waitFor(2);
    await resultOf(server, 'sendMessage', { chat_id: chat.id, text: 'La porte' });
    await resultOf(server, 'sendMessage', { chat_id: chat.id, text: 'est ouverte' });
    expect((await said).map(({ text }) => text)).toEqual(['Un', 'La porte']);
    expect(await twice).toHaveLength(3);
    expect(await chat.waitFor((messages) => messages.length === 3)).toHaveLength(3);
    await expect(chat.waitFor(3, 5)).rejects.toThrow('the chat shows\n1 person: Un\n2 bot: La porte');
  });
});

describe('groups and channels', () => {
  test.each(['group', 'supergroup'] as const)(
    'a %s tells of the bot and of what is written, until it leaves',
    async (type) => {
      const group = server.openGroup({ type, title: 'Hall 4' });
      expect(await refusalOf(server, 'sendMessage', { chat_id: group.id, text: 'a' })).toBe(
        `403 Forbidden: bot is not a member of the ${type} chat`,
      );
      group.add();
      group.write('Salut');
      expect(server.updates.pending).toMatchObject([
        {
          my_chat_member: {
            chat: { id: group.id, title: 'Hall 4', type },
            old_chat_member: { status: 'left' },
            new_chat_member: { status: 'member' },
          },
        },
        { message: { new_chat_members: [{ id: server.bot.id }] } },
        { message: { text: 'Salut', chat: { id: group.id, type } } },
      ]);
      expect(group.isJoined).toBe(true);
      await resultOf(server, 'sendMessage', { chat_id: group.id, text: 'En privé seulement' });
      await group.waitFor('En privé');
      expect(await resultOf(server, 'leaveChat', { chat_id: group.id })).toBe(true);
      await group.left();
      expect(group.isJoined).toBe(false);
      expect(last()).toMatchObject({ my_chat_member: { new_chat_member: { status: 'left' } } });
      expect((await callRaw(server, 'sendMessage', { chat_id: group.id, text: 'a' })).status).toBe(403);
    },
  );

  test('a channel makes the bot an administrator, and its posts have no author', () => {
    const channel = server.openGroup({ type: 'channel' });
    channel.add();
    channel.write('Annonce');
    expect(server.updates.pending).toMatchObject([
      { my_chat_member: { new_chat_member: { status: 'administrator' } } },
      { channel_post: { text: 'Annonce', sender_chat: { id: channel.id }, chat: { type: 'channel' } } },
    ]);
    expect(last()?.channel_post).not.toHaveProperty('from');
    channel.remove();
    expect(last()).toMatchObject({ my_chat_member: { new_chat_member: { status: 'kicked' } } });
    expect(channel.isJoined).toBe(false);
  });

  test('a private chat cannot be left', async () => {
    chat.write('Un');
    expect(await refusalOf(server, 'leaveChat', { chat_id: chat.id })).toBe(
      "400 Bad Request: chat member status can't be changed in private chats",
    );
  });
});
