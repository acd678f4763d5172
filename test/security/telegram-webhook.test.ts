import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RawAnswer, send, visible } from '../support/security-raw.js';
import { openSite, type Site } from '../support/security-site.js';
import { type FakeTelegram, openFakeTelegram } from '../support/telegram/index.js';
import { readLedger } from '../support/telegram-ledger.js';

const PATH = '/telegram/webhook';
const JSON_TYPE = { 'content-type': 'application/json' };
const HEADER = 'x-telegram-bot-api-secret-token';

let fake: FakeTelegram;
let site: Site;
let secret: string;
let lastUpdate = 1000;
beforeAll(async () => {
  fake = await openFakeTelegram();
  // Nobody listens there: what Telegram would hand in is handed in here.
  const env = { PUBLIC_URL: 'https://127.0.0.1:8443', TELEGRAM_TOKEN: fake.token, TELEGRAM_API_ROOT: fake.url };
  site = await openSite(env);
  const [call] = await fake.waitForCalls('setWebhook');
  secret = String(call?.parameters.secret_token);
});
afterAll(async () => {
  await site.close();
  await fake.close();
});

interface Posted {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly path?: string;
  readonly method?: string;
}

const post = ({
  headers = { [HEADER]: secret },
  body = '{}',
  path = PATH,
  method = 'POST',
}: Posted): Promise<RawAnswer> =>
  send(site.port, { method, path, headers: { ...JSON_TYPE, ...headers }, ...(method === 'POST' && { body }) });

/** A message of this chat, as Telegram sends it. */
function updateOf(chatId: number, text: string): string {
  lastUpdate += 1;
  const from = { id: chatId, is_bot: false, first_name: 'Samia' };
  const message = { message_id: lastUpdate, date: 1_795_500_000, chat: { id: chatId, type: 'private' }, from, text };
  return JSON.stringify({ update_id: lastUpdate, message });
}

describe('the webhook', () => {
  test('was registered with a secret that says nothing of the token', () => {
    expect(secret).toMatch(/^[\w-]{32,256}$/);
    expect(secret).not.toContain(fake.token.split(':')[1]);
    expect(fake.callsOf('setWebhook')[0]?.parameters.url).toBe(`https://127.0.0.1:8443${PATH}`);
  });

  test.each<[string, (right: string) => Posted]>([
    ['no secret', () => ({ headers: {} })],
    ['an empty one', () => ({ headers: { [HEADER]: '' } })],
    ['another one', () => ({ headers: { [HEADER]: 'x'.repeat(secret.length) } })],
    ['its beginning', (right) => ({ headers: { [HEADER]: right.slice(0, -1) } })],
    ['more than it', (right) => ({ headers: { [HEADER]: `${right}x` } })],
    ['it twice', (right) => ({ headers: { [HEADER]: `${right}, ${right}` } })],
    ['it in capitals', (right) => ({ headers: { [HEADER]: right.toUpperCase() } })],
    ['it in another header', (right) => ({ headers: { authorization: `Bearer ${right}` } })],
    ['it in the address', (right) => ({ headers: {}, path: `${PATH}?secret_token=${right}` })],
    ['the token in its place', () => ({ headers: { [HEADER]: fake.token } })],
    ['letters beyond ASCII', () => ({ headers: { [HEADER]: '\u00e9'.repeat(43) } })],
    ['a long one', () => ({ headers: { [HEADER]: 'x'.repeat(8000) } })],
  ])('%s: as if there were nothing, and nothing is stored', async (_, posted) => {
    const chatId = 500 + lastUpdate;
    const answer = await post({ ...posted(secret), body: updateOf(chatId, 'Bonjour') });
    expect(answer.status).toBe(404);
    const nowhere = await post({ headers: {}, path: '/telegram/nothing', body: '{}' });
    expect(visible(answer)).toEqual({ ...visible(nowhere), headers: expect.anything() });
    expect(answer.text).not.toContain(secret);
    expect(fake.callsOf('sendMessage', chatId)).toEqual([]);
  });

  test('a body without the secret is not even read', async () => {
    const { status } = await post({ headers: {}, body: Buffer.alloc(3_000_000, 'x') });
    expect(status).toBe(404);
  });

  test('with the secret: taken in, and answered', async () => {
    fake.openChat({ id: 4242 }).write('/start');
    const { status, text } = await post({ body: updateOf(4242, 'Bonjour') });
    expect([status, text.length < 100]).toEqual([200, true]);
    await fake.waitForCalls('sendMessage');
    expect(fake.callsOf('sendMessage', 4242).length).toBeGreaterThan(0);
  });

  test('the same update many times at once is one message', async () => {
    fake.openChat({ id: 4343 }).write('/start');
    const body = updateOf(4343, 'Bonjour');
    const answers = await Promise.all(Array.from({ length: 20 }, () => post({ body })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });

  test.each<[string, string | Buffer, readonly number[]]>([
    ['nothing', '', [200, 400]],
    ['null', 'null', [400]],
    ['no JSON', '{"update_id":', [200, 400]],
    ['bytes', Buffer.from([0xff, 0xfe, 0x00, 0x7b]), [200, 400]],
    ['a number', '5', [200, 400]],
    ['a text', '"x"', [200, 400]],
    ['a list', '[]', [200, 400]],
    ['an empty object', '{}', [200]],
    ['numbers as texts', '{"update_id":"5","message":{}}', [200]],
    ['an enormous number', '{"update_id":1e400,"message":{}}', [200]],
    ['members of every object', '{"__proto__":{"update_id":5},"constructor":{"prototype":{}},"update_id":5}', [200]],
    [
      'deep nesting',
      `{"update_id":6,"message":${'{"reply_to_message":'.repeat(2000)}{}${'}'.repeat(2000)}}`,
      [200, 400],
    ],
    ['more than a megabyte', JSON.stringify({ update_id: 7, x: 'x'.repeat(1_200_000) }), [413]],
  ])('with the secret, %s: refused or passed over, and never a fault', async (_, body, expected) => {
    const { status, text } = await post({ body });
    expect(expected).toContain(status);
    expect(text).not.toMatch(/at \w|node_modules|SyntaxError/);
  });

  test.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])(
    '%s: nothing to be had, and without the secret nothing at all',
    async (method) => {
      expect((await post({ method, headers: {} })).status).toBe(404);
      expect([200, 404, 405]).toContain((await post({ method })).status);
    },
  );

  test('what was handed in is all that is stored', async () => {
    const chats = [...(await readLedger({ dataDir: site.dataDir })).keys()];
    expect(chats.toSorted()).toEqual([4242, 4343]);
  });
});

test('without PUBLIC_URL there is no webhook: nobody can hand anything in', async () => {
  const polling = await openFakeTelegram();
  const other = await openSite({ TELEGRAM_TOKEN: polling.token, TELEGRAM_API_ROOT: polling.url });
  const headers = { ...JSON_TYPE, [HEADER]: secret };
  const { status } = await send(other.port, { method: 'POST', path: PATH, headers, body: updateOf(1, 'Bonjour') });
  expect(status).toBe(404);
  await other.close();
  await polling.close();
});
