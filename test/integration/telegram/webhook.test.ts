import { afterEach, describe, expect, test } from '@jest/globals';
import { soon } from '../../support/soon.js';
import {
  openTelegramWorld,
  SECRET,
  type TelegramWorld,
  type TelegramWorldOptions,
} from '../../support/telegram-channel.js';

let world: TelegramWorld;
async function open(options: TelegramWorldOptions = {}): Promise<TelegramWorld> {
  world = await openTelegramWorld({ isWebhook: true, ...options });
  return world;
}
afterEach(() => world.close());

const stateIs = (state: string) => soon(() => world.channel.state() === state);
const linesOf = (word: string) => world.lines.filter((line) => line.includes(word));

async function post(body: string, headers: Record<string, string> = {}): Promise<number> {
  const response = await fetch(world.webhookUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': SECRET, ...headers },
    body,
  });
  await response.arrayBuffer();
  return response.status;
}

function written(updateId: number, text: string, chatId = 900): string {
  const chat = { id: chatId, type: 'private', first_name: 'Samia' };
  const message = { message_id: updateId, date: 1_700_000_000, chat, from: { ...chat, is_bot: false }, text };
  return JSON.stringify({ update_id: updateId, message });
}

describe('the webhook', () => {
  test('is registered with its secret, and hands updates in', async () => {
    const { fake } = await open();
    await stateIs('running');
    const [call] = fake.callsOf('setWebhook');
    expect(call?.parameters).toMatchObject({ url: world.webhookUrl, secret_token: SECRET });
    const chat = fake.openChat();
    for (const text of ['un', 'deux', 'trois']) chat.write(text);
    await chat.waitFor('Vous avez écrit : trois');
    await fake.settled();
    expect(world.turns.map(({ text }) => text)).toEqual(['un', 'deux', 'trois']);
    expect(fake.callsOf('getUpdates')).toEqual([]);
  });

  test.each<[string, Record<string, string>]>([
    ['a wrong secret', { 'x-telegram-bot-api-secret-token': `${SECRET}x` }],
    ['an empty one', { 'x-telegram-bot-api-secret-token': '' }],
  ])('does not exist with %s', async (_, headers) => {
    await open();
    expect(await post(written(1, 'bonjour'), headers)).toBe(404);
    expect(world.turns).toEqual([]);
  });

  test('does not exist without a secret, nor for other methods, nor below it', async () => {
    await open();
    const unknown = await fetch(new URL('/telegram/autre', world.webhookUrl));
    const bare = await fetch(world.webhookUrl, { method: 'POST', body: written(1, 'bonjour') });
    expect(bare.status).toBe(404);
    const headers = { 'x-telegram-bot-api-secret-token': SECRET };
    expect((await fetch(world.webhookUrl, { headers })).status).toBe(404);
    expect((await fetch(`${world.webhookUrl}/x`, { method: 'POST', headers })).status).toBe(404);
    expect(unknown.status).toBe(404);
    expect(world.turns).toEqual([]);
  });

  test('is not there at all while updates are fetched', async () => {
    await open({ isWebhook: false });
    expect(world.channel.mounts).toEqual([]);
  });

  test.each<[string, string, number]>([
    ['an object of another form', '{"update_id":"1"}', 200],
    ['an empty object', '{}', 200],
    ['a list', '[1]', 200],
    ['no JSON', '{"update_id":', 200],
    ['null', 'null', 400],
    ['nothing', '', 200],
    ['too much', JSON.stringify({ update_id: 1, x: 'a'.repeat(1_100_000) }), 413],
  ])('%s', async (_, body, status) => {
    await open();
    expect(await post(body)).toBe(status);
    expect(world.turns).toEqual([]);
    expect(await post(written(2, 'bonjour'))).toBe(200);
    expect(world.turns).toHaveLength(1);
  });

  test('what comes at once for one chat is taken one by one, each once', async () => {
    let underWay = 0;
    let most = 0;
    await open({
      async beforeTurn() {
        underWay += 1;
        most = Math.max(most, underWay);
        await new Promise(setImmediate);
        underWay -= 1;
      },
    });
    const ids = [5, 3, 9, 4, 8, 6, 7, 5];
    const statuses = await Promise.all(ids.map((id) => post(written(id, `message ${id}`))));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(most).toBe(1);
    expect(await world.messagesOf(900)).toHaveLength(1 + 2 * 7);
  });

  test('without storage nothing is confirmed, and it comes again', async () => {
    const { fake } = await open();
    await stateIs('running');
    world.breakStorage();
    expect(await post(written(1, 'un'))).toBe(503);
    const chat = fake.openChat();
    chat.write('bonjour');
    await soon(() => Number(fake.webhook().last_error_date) > 0);
    expect(fake.updates.pending).toHaveLength(1);
    world.mend();
    await chat.waitFor('Vous avez écrit : bonjour');
    await fake.settled();
    expect(chat.said).toHaveLength(2);
  });

  test('stays when the server stops: what comes meanwhile is handed in afterwards', async () => {
    const { fake } = await open();
    await stateIs('running');
    const chat = fake.openChat();
    await world.channel.close();
    expect(fake.webhook().url).toBe(world.webhookUrl);
    chat.write('êtes-vous là ?');
    await world.restart();
    await chat.waitFor('Vous avez écrit : êtes-vous là ?');
  });

  test('goes when it is switched off, and what waits is kept', async () => {
    const { fake } = await open();
    await stateIs('running');
    const chat = fake.openChat();
    await world.channel.close();
    chat.write('êtes-vous là ?');
    const { token, apiRoot } = { token: fake.token, apiRoot: fake.url };
    await world.restart({ token, apiRoot, webhook: undefined } as never);
    await chat.waitFor('Vous avez écrit : êtes-vous là ?');
    expect(fake.webhook().url).toBe('');
  });
});

describe('every ten minutes', () => {
  test('another address is put right, and the operator is told', async () => {
    const { fake } = await open();
    await stateIs('running');
    await fetch(`${fake.url}/bot${fake.token}/setWebhook`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ url: 'http://127.0.0.1:9/nowhere' }),
    });
    world.time.ring();
    await soon(() => fake.webhook().url === world.webhookUrl);
    expect(linesOf('une autre adresse')).toHaveLength(1);
    await stateIs('running');
  });

  test('what failed because the server was being started is no failure', async () => {
    const { fake } = await open();
    await stateIs('running');
    const chat = fake.openChat();
    await world.channel.close();
    chat.write('bonjour');
    await soon(() => Number(fake.webhook().last_error_date) > 0);
    await world.restart();
    await chat.waitFor('Vous avez écrit : bonjour');
    await stateIs('running');
    expect(linesOf('n’arrive pas')).toEqual([]);
  });

  test('an address that fails is told with Telegram’s reason, and when it is well again', async () => {
    const { fake } = await open();
    await stateIs('running');
    world.breakStorage();
    fake.openChat().write('bonjour');
    await soon(() => Number(fake.webhook().last_error_date) > 0);
    world.time.ring();
    await stateIs('webhook-failing');
    expect(linesOf('503')).toHaveLength(1);
    world.mend();
    await fake.settled();
    await soon(() => {
      world.time.ring();
      return world.channel.state() === 'running';
    });
    expect(linesOf('n’arrive pas')).toHaveLength(1);
  });
});

test('an address that Telegram does not call is told, with what to do', async () => {
  await open({ fake: { takesHttpWebhooks: false } });
  await stateIs('webhook-refused');
  await soon(() => world.fake.callsOf('setWebhook').length > 2);
  expect(linesOf('TELEGRAM_POLLING=true')).toHaveLength(1);
  expect(linesOf('HTTPS URL must be provided')).toHaveLength(1);
});
