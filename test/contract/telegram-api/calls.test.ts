import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Telegram, TelegramError } from 'telegraf';
import { openFakeTelegram } from '../../support/telegram/index.js';
import { callRaw, type Encoding, refusalOf } from '../../support/telegram/raw-client.js';
import type { FakeChat, FakeTelegram } from '../../support/telegram/types.js';

let server: FakeTelegram;
let client: Telegram;
let chat: FakeChat;

beforeEach(async () => {
  server = await openFakeTelegram();
  client = new Telegram(server.token, { apiRoot: server.url });
  chat = server.openChat({ firstName: 'Nadia', username: 'nadia' });
  chat.write('Bonjour');
});
afterEach(() => server.close());

// https://core.telegram.org/bots/api#making-requests
describe('calls', () => {
  test.each<Encoding>(['json', 'form', 'multipart', 'query'])('are read when sent as %s', async (encoding) => {
    const parameters = {
      chat_id: chat.id,
      text: 'Été, « ça va » & 100 % 👍',
      entities: [{ type: 'bold', offset: 0, length: 3 }],
      reply_markup: { inline_keyboard: [[{ text: 'Oui', callback_data: 'x' }]] },
    };
    const { status, body } = await callRaw(server, 'sendMessage', parameters, { encoding });
    expect(status).toBe(200);
    expect(body).toMatchObject({ ok: true, result: { text: parameters.text, entities: parameters.entities } });
    expect(chat.messages.at(-1)?.keyboard).toEqual([[{ text: 'Oui', data: 'x' }]]);
  });

  test('know their method in any case, and refuse another by 404', async () => {
    expect((await callRaw(server, 'GETME')).body).toMatchObject({ ok: true, result: { id: server.bot.id } });
    expect(server.calls.at(-1)?.method).toBe('getMe');
    expect(await refusalOf(server, 'sendNothing')).toBe('404 Not Found: method not found');
  });

  test.each(['getMe', 'getUpdates', 'sendMessage', 'setWebhook', 'getFile', 'leaveChat'])(
    'of %s with a wrong token are refused by 401, with a malformed one by 404',
    async (method) => {
      const wrong = await callRaw(server, method, {}, { token: `${server.bot.id}:AAwrong${'0'.repeat(28)}` });
      expect([wrong.status, wrong.body]).toEqual([401, { ok: false, error_code: 401, description: 'Unauthorized' }]);
      const malformed = await callRaw(server, method, {}, { token: 'nonsense' });
      expect([malformed.status, malformed.body]).toEqual([
        404,
        { ok: false, error_code: 404, description: 'Not Found' },
      ]);
    },
  );

  test('are refused after the token has changed, until the new one is used', async () => {
    const old = server.token;
    const changed = server.changeToken();
    expect(changed).not.toBe(old);
    expect((await callRaw(server, 'getMe', {}, { token: old })).status).toBe(401);
    expect((await callRaw(server, 'getMe', {}, { token: changed })).status).toBe(200);
  });

  test('are refused by 400 when their body is not what it says', async () => {
    const address = `${server.url}/bot${server.token}/sendMessage`;
    for (const type of ['application/json', 'multipart/form-data; boundary=x']) {
      const response = await fetch(address, { method: 'POST', headers: { 'content-type': type }, body: '{"chat_id":' });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ ok: false, error_code: 400 });
    }
  });

  test('by telegraf end in a result or in its TelegramError', async () => {
    expect(await client.getMe()).toMatchObject({ is_bot: true, username: server.bot.username, can_join_groups: true });
    expect(await client.sendMessage(chat.id, 'Bonsoir')).toMatchObject({ message_id: 2, chat: { id: chat.id } });
    const refused = client.sendMessage(1, 'Bonsoir');
    await expect(refused).rejects.toBeInstanceOf(TelegramError);
    await expect(refused).rejects.toMatchObject({ code: 400, description: 'Bad Request: chat not found' });
  });

  test('are recorded with what was sent, what was answered and whether it took effect', async () => {
    await client.sendMessage(chat.id, 'Un');
    await callRaw(server, 'sendMessage', { chat_id: chat.id, text: '' });
    expect(server.callsOf('sendMessage', chat.id)).toMatchObject([
      { parameters: { text: 'Un' }, status: 200, wasApplied: true, chatId: chat.id },
      { status: 400, wasApplied: false, description: 'Bad Request: message text is empty' },
    ]);
    expect(server.callsOf('sendMessage', 12)).toEqual([]);
    expect(await server.waitForCalls('sendMessage', 2)).toHaveLength(2);
    await expect(server.waitForCalls('sendVenue', 1, 5)).rejects.toThrow('0 calls of sendVenue');
  });
});
