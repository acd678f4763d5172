import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Telegram } from 'telegraf';
import { createHeldClock, type HeldClock } from '../../support/telegram/held-clock.js';
import { openFakeTelegram } from '../../support/telegram/index.js';
import { callRaw, type RawAnswer } from '../../support/telegram/raw-client.js';
import type { FakeChat, FakeTelegram } from '../../support/telegram/types.js';

let time: HeldClock;
let server: FakeTelegram;

beforeEach(() => {
  time = createHeldClock();
});
afterEach(() => server.close());

function openChat(): FakeChat {
  const chat = server.openChat();
  chat.write('Bonjour');
  return chat;
}

const send = ({ id }: FakeChat): Promise<RawAnswer> => callRaw(server, 'sendMessage', { chat_id: id, text: 'a' });

async function sendAll(chats: readonly FakeChat[]): Promise<readonly number[]> {
  const statuses: number[] = [];
  for (const chat of chats) statuses.push((await send(chat)).status);
  return statuses;
}

// https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
describe('limits', () => {
  test('let a short burst to a chat pass, then one message a second', async () => {
    server = await openFakeTelegram({ clock: time.clock, floods: 'refused', burst: 3 });
    const chat = openChat();
    expect(await sendAll([chat, chat, chat, chat])).toEqual([200, 200, 200, 429]);
    time.pass(1000);
    expect(await sendAll([chat, chat])).toEqual([200, 429]);
    expect(chat.said).toHaveLength(4);
    expect(await sendAll([openChat()])).toEqual([200]);
    time.pass(60_000);
    expect(await sendAll([chat, chat, chat, chat])).toEqual([200, 200, 200, 429]);
  });

  // https://core.telegram.org/bots/api#responseparameters
  test('say how long to wait', async () => {
    server = await openFakeTelegram({ clock: time.clock, floods: 'refused', burst: 1 });
    const chat = openChat();
    await send(chat);
    expect(await send(chat)).toEqual({
      status: 429,
      retryAfter: '1',
      body: {
        ok: false,
        error_code: 429,
        description: 'Too Many Requests: retry after 1',
        parameters: { retry_after: 1 },
      },
    });
    const client = new Telegram(server.token, { apiRoot: server.url });
    await expect(client.sendMessage(chat.id, 'a')).rejects.toMatchObject({ code: 429, parameters: { retry_after: 1 } });
  });

  test('let 30 messages a second pass to all chats', async () => {
    server = await openFakeTelegram({ clock: time.clock, floods: 'refused' });
    const chats = Array.from({ length: 31 }, openChat);
    const statuses = await sendAll(chats);
    expect([statuses.filter((status) => status === 200).length, statuses.at(-1)]).toEqual([30, 429]);
    time.pass(999);
    expect(await sendAll(chats.slice(-1))).toEqual([429]);
    time.pass(1);
    expect(await sendAll(chats.slice(-1))).toEqual([200]);
  });

  test('let 20 messages a minute pass to a group', async () => {
    server = await openFakeTelegram({ clock: time.clock, floods: 'refused', burst: 100 });
    const group = server.openGroup();
    group.add();
    const statuses: number[] = [];
    for (let sent = 0; sent < 21; sent += 1) {
      statuses.push((await callRaw(server, 'sendMessage', { chat_id: group.id, text: 'a' })).status);
      time.pass(1000);
    }
    expect(statuses.indexOf(429)).toBe(20);
    time.pass(39_000);
    expect((await callRaw(server, 'sendMessage', { chat_id: group.id, text: 'a' })).status).toBe(200);
  });

  test('can be counted only', async () => {
    server = await openFakeTelegram({ clock: time.clock, burst: 2, overall: 3 });
    const [one, two] = [openChat(), openChat()];
    expect(await sendAll([one, one, one, two])).toEqual([200, 200, 200, 200]);
    expect(server.violations()).toMatchObject([
      { kind: 'per-chat', method: 'sendMessage', chatId: one.id, at: time.clock().getTime() },
      { kind: 'overall', chatId: two.id },
    ]);
  });

  test('do not count chat actions, edits, deletions and what was refused', async () => {
    server = await openFakeTelegram({ clock: time.clock, burst: 1 });
    const chat = openChat();
    for (let times = 0; times < 5; times += 1) {
      await callRaw(server, 'sendChatAction', { chat_id: chat.id, action: 'typing' });
      await callRaw(server, 'sendMessage', { chat_id: chat.id, text: '' });
    }
    await send(chat);
    await callRaw(server, 'deleteMessage', { chat_id: chat.id, message_id: 1 });
    expect(server.violations().filter(({ kind }) => kind !== 'refused')).toEqual([]);
  });
});
