import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Telegram } from 'telegraf';
import { createHeldClock } from '../../support/telegram/held-clock.js';
import { openFakeTelegram } from '../../support/telegram/index.js';
import { callRaw, refusalOf, resultOf } from '../../support/telegram/raw-client.js';
import { createSignal, type Signal } from '../../support/telegram/signal.js';
import type { FakeChat, FakeTelegram, JsonRecord } from '../../support/telegram/types.js';

interface Arrived {
  readonly headers: IncomingMessage['headers'];
  readonly update: JsonRecord;
  answer(status: number): void;
}

let server: FakeTelegram;
let chat: FakeChat;
let bot: Server;
let url: string;
let arrived: Arrived[];
let signal: Signal;
/** What the bot answers at once; undefined leaves it to the test. */
let status: number | undefined;

beforeEach(async () => {
  arrived = [];
  signal = createSignal();
  status = 200;
  server = await openFakeTelegram({
    clock: createHeldClock().clock,
    takesHttpWebhooks: true,
    webhookPausesMs: [1, 2, 4],
  });
  chat = server.openChat();
  bot = createServer(receive);
  await new Promise<void>((resolve) => bot.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(bot.address() as AddressInfo).port}/telegram/webhook`;
});
afterEach(async () => {
  await server.close();
  bot.closeAllConnections();
  await new Promise((resolve) => bot.close(resolve));
});

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const one: Arrived = {
    headers: request.headers,
    update: JSON.parse(Buffer.concat(chunks).toString()) as JsonRecord,
    answer(code) {
      if (!response.headersSent) response.writeHead(code).end();
    },
  };
  arrived.push(one);
  if (status !== undefined) one.answer(status);
  signal.tell();
}

const origin = (): string => new URL(url).origin;
const textOf = ({ update }: Arrived): unknown => (update.message as JsonRecord | undefined)?.text;
const setWebhook = (more: JsonRecord = {}): Promise<unknown> => resultOf(server, 'setWebhook', { url, ...more });

function arrivals(count: number): Promise<readonly Arrived[]> {
  return signal.until(
    () => (arrived.length >= count ? arrived : undefined),
    5000,
    () => `${arrived.length} arrived`,
  );
}

// https://core.telegram.org/bots/api#setwebhook
describe('a webhook', () => {
  test('gets each update once, with the secret, one chat in order', async () => {
    chat.write('Avant');
    expect(await setWebhook({ secret_token: 'se-cr_et9' })).toBe(true);
    chat.write('Un');
    chat.write('Deux');
    const all = await arrivals(3);
    await server.settled();
    expect(all.map(textOf)).toEqual(['Avant', 'Un', 'Deux']);
    expect(all[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      'x-telegram-bot-api-secret-token': 'se-cr_et9',
    });
    expect(arrived).toHaveLength(3);
  });

  test('sends no secret header when there is none', async () => {
    await setWebhook();
    chat.write('Un');
    const [one] = await arrivals(1);
    expect(one?.headers).not.toHaveProperty('x-telegram-bot-api-secret-token');
  });

  test.each([
    [{ url: 'http://exemple.fr/a' }, 'bad webhook: An HTTPS URL must be provided for webhook'],
    [{ url: 'https://exemple.fr:3000/a' }, 'bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443'],
    [{ url: 'nowhere' }, 'bad webhook: Wrong HTTP URL'],
    [{ url: 'https://exemple.fr/a', secret_token: 'é' }, 'secret token contains unallowed characters'],
    [{ url: 'https://exemple.fr/a', secret_token: 'a'.repeat(257) }, 'secret token contains unallowed characters'],
  ])('is refused as %j', async (parameters, complaint) => {
    const strict = await openFakeTelegram();
    expect(await refusalOf(strict, 'setWebhook', parameters)).toBe(`400 Bad Request: ${complaint}`);
    await strict.close();
  });

  test('is told of in words, set, set again and deleted', async () => {
    const describeSet = async (parameters: JsonRecord): Promise<unknown> =>
      (await callRaw(server, 'setWebhook', parameters)).body.description;
    expect(await describeSet({ url })).toBe('Webhook was set');
    expect(await describeSet({ url })).toBe('Webhook is already set');
    expect(await describeSet({ url: '' })).toBe('Webhook was deleted');
    expect((await callRaw(server, 'deleteWebhook')).body).toEqual({
      ok: true,
      result: true,
      description: 'Webhook is already deleted',
    });
  });

  test('is tried again until it answers by 2xx, and its failure is told', async () => {
    status = 503;
    await setWebhook();
    chat.write('Un');
    await arrivals(3);
    expect(await resultOf(server, 'getWebhookInfo')).toEqual({
      url,
      has_custom_certificate: false,
      pending_update_count: 1,
      max_connections: 40,
      ip_address: '127.0.0.1',
      last_error_date: Date.parse('2026-11-23T10:00:00Z') / 1000,
      last_error_message: 'Wrong response from the webhook: 503 Service Unavailable',
    });
    status = 204;
    await server.settled();
    expect(new Set(arrived.map(({ update }) => update.update_id)).size).toBe(1);
  });

  test('of https reaches a server behind a proxy', async () => {
    const strict = await openFakeTelegram({ webhookProxy: (address) => address.replace(/^https:.*example/, origin()) });
    await resultOf(strict, 'setWebhook', { url: 'https://permanence.example/telegram/webhook' });
    strict.openChat().write('Un');
    expect((await arrivals(1)).map(textOf)).toEqual(['Un']);
    await strict.settled();
    await strict.close();
  });

  test('that is away is tried again', async () => {
    const { port } = bot.address() as AddressInfo;
    await new Promise((resolve) => bot.close(resolve));
    await setWebhook();
    chat.write('Un');
    await signalled(() => server.webhook().last_error_message !== undefined);
    expect(server.webhook().last_error_message).toBe('Connection refused');
    await new Promise<void>((resolve) => bot.listen(port, '127.0.0.1', resolve));
    expect((await arrivals(1)).map(textOf)).toEqual(['Un']);
  });

  test('gets no more requests at once than it asked for, and several of different chats', async () => {
    status = undefined;
    await setWebhook({ max_connections: 2 });
    chat.write('Un');
    chat.write('Un, suite');
    server.openChat().write('Deux');
    server.openChat().write('Trois');
    const [one, two] = await arrivals(2);
    expect([one, two].map((each) => each && textOf(each))).toEqual(['Un', 'Deux']);
    expect(server.webhookLoad.now).toBe(2);
    two?.answer(200);
    expect(textOf((await arrivals(3))[2] as Arrived)).toBe('Trois');
    status = 200;
    for (const { answer } of arrived) answer(200);
    await server.settled();
    expect(server.webhookLoad.most).toBe(2);
    expect(arrived.map(textOf)).toEqual(['Un', 'Deux', 'Trois', 'Un, suite']);
  });

  test('can drop what waits, and be deleted with or without it', async () => {
    chat.write('Un');
    await setWebhook({ drop_pending_updates: true });
    await resultOf(server, 'deleteWebhook', {});
    chat.write('Deux');
    expect(await resultOf<JsonRecord[]>(server, 'getUpdates')).toHaveLength(1);
    const client = new Telegram(server.token, { apiRoot: server.url });
    await client.deleteWebhook({ drop_pending_updates: true });
    expect(await client.getWebhookInfo()).toMatchObject({ url: '', pending_update_count: 0 });
    expect(arrived).toEqual([]);
  });

  test('gets the types that it asked for', async () => {
    await setWebhook({ allowed_updates: ['edited_message'] });
    chat.write('Un');
    chat.edit(1, 'Un, corrigé');
    const [one] = await arrivals(1);
    expect(one?.update).toHaveProperty('edited_message');
    expect(server.webhook().allowed_updates).toEqual(['edited_message']);
    await server.settled();
  });

  test('gets updates twice and in another order when a test says so', async () => {
    server.updates.hold();
    await setWebhook();
    chat.write('Un');
    chat.write('Deux');
    server.updates.release(([one, two]) => [two, one, one].filter((update) => update !== undefined));
    expect((await arrivals(3)).map(textOf)).toEqual(['Deux', 'Un', 'Un']);
    await server.settled();
    server.updates.repeat();
    expect((await arrivals(4)).map(textOf).at(-1)).toBe('Deux');
  });

  async function signalled(isSo: () => boolean): Promise<void> {
    while (!isSo()) await callRaw(server, 'getMe');
  }
});
