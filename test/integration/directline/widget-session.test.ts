import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Session } from '../../../src/channels/directline/parts.js';
import {
  type Answer,
  base,
  call,
  openSession,
  type ProblemBody,
  readAll,
  say,
} from '../../support/directline-calls.js';
import {
  createManualClock,
  type DirectLineServer,
  SECRET,
  startDirectLineServer,
} from '../../support/directline-server.js';

type Opened = Session & { readonly isNew: boolean } & ProblemBody;

const DAY = 24 * 3600;
const clock = createManualClock();
let server: DirectLineServer;

beforeAll(async () => {
  server = await startDirectLineServer({ clock });
});
afterAll(() => server.stop());

function open(body: unknown = {}, headers: Record<string, string> = {}): Promise<Answer<Opened>> {
  return call(`${server.url}/api/widget/session`, { body, headers });
}

function erase(token?: string): Promise<Answer<ProblemBody | undefined>> {
  return call(`${server.url}/api/widget/session`, { method: 'DELETE', ...(token !== undefined && { token }) });
}

describe('a session', () => {
  test('is a conversation with its welcome, its token and its stream', async () => {
    const { status, body, headers } = await open();
    expect(status).toBe(201);
    expect(body).toEqual({
      conversationId: expect.stringMatching(/^[\w-]{22}$/),
      token: expect.any(String),
      expires_in: 1800,
      streamUrl: expect.stringContaining(body.conversationId),
      isNew: true,
    });
    expect(headers.get('cache-control')).toBe('no-store');
    expect((await readAll(server.url, body)).activities).toHaveLength(1);
  });

  test('needs no body', async () => {
    expect((await call(`${server.url}/api/widget/session`, { method: 'POST' })).status).toBe(201);
  });

  test('works with an unmodified client: its token starts the same conversation', async () => {
    const { body } = await open();
    const started = await call<Session>(`${base(server.url)}/conversations`, { token: body.token, body: {} });
    expect([started.status, started.body.conversationId]).toEqual([200, body.conversationId]);
  });

  test.each([
    ['still valid', 0],
    ['that ended an hour ago', 1800 + 3600],
    ['that ended a day ago', 1800 + DAY - 1],
  ])('goes on with a token %s', async (_, age) => {
    const { body } = await open();
    await say(server.url, body, 'Bonjour');
    clock.advance(age);
    const again = await open({ token: body.token });
    expect(again.status).toBe(200);
    expect(again.body).toMatchObject({ conversationId: body.conversationId, isNew: false });
    expect((await readAll(server.url, again.body)).activities).toHaveLength(3);
  });

  test('starts afresh with a token that is too old, unknown, or of a removed conversation', async () => {
    const { body: old } = await open();
    clock.advance(1800 + DAY + 1);
    const { body: removed } = await open();
    await erase(removed.token);
    for (const token of [old.token, removed.token, 'abc', `${old.token}x`, SECRET]) {
      const { status, body } = await open({ token });
      expect([status, body.isNew]).toEqual([201, true]);
      expect([old.conversationId, removed.conversationId]).not.toContain(body.conversationId);
    }
  });

  test('does not take a stream token for the conversation’s', async () => {
    const { body } = await open();
    const token = new URL(body.streamUrl).searchParams.get('t');
    expect((await open({ token })).body.isNew).toBe(true);
  });
});

describe('« Effacer »', () => {
  test('removes the conversation at once, and may be asked twice', async () => {
    const { body } = await open();
    expect([(await erase(body.token)).status, (await erase(body.token)).status]).toEqual([204, 204]);
    expect(await server.bot.conversations.find(body.conversationId)).toBeUndefined();
  });

  test('works on a page that slept for hours', async () => {
    const { body } = await open();
    clock.advance(12 * 3600);
    expect((await erase(body.token)).status).toBe(204);
    expect(await server.bot.conversations.find(body.conversationId)).toBeUndefined();
  });

  test.each([
    ['no token', undefined, 401, 'MissingToken'],
    ['a broken token', 'abc', 403, 'InvalidToken'],
    ['the secret', SECRET, 403, 'InvalidToken'],
  ])('is refused to %s', async (_, token, status, code) => {
    const answer = await erase(token);
    expect([answer.status, answer.body?.code]).toEqual([status, code]);
  });
});

describe('origins', () => {
  test.each([
    ['https://www.ville.example'],
    ['http://localhost:5173'],
    ['https://localhost'],
    ['http://127.0.0.1:8080'],
    ['http://[::1]:3000'],
  ])('%s is allowed', async (origin) => {
    const { status, headers } = await open({}, { origin });
    expect([status, headers.get('access-control-allow-origin')]).toEqual([201, origin]);
    expect(headers.get('vary')).toBe('Origin');
  });

  test.each([
    ['https://ville.example'],
    ['http://www.ville.example'],
    ['https://www.ville.example.attaque.example'],
    ['https://localhost.attaque.example'],
    ['https://127.0.0.1.attaque.example'],
    ['file://localhost'],
    ['null'],
    ['x'],
  ])('%s is not', async (origin) => {
    const { status, body, headers } = await open({}, { origin });
    expect([status, body.code]).toEqual([403, 'OriginNotAllowed']);
    // It may read the refusal, so that the page can say what is wrong.
    expect(headers.get('access-control-allow-origin')).toBe(origin);
  });

  test('neither is it for erasing', async () => {
    const session = await openSession(server.url);
    const answer = await call<ProblemBody>(`${server.url}/api/widget/session`, {
      method: 'DELETE',
      token: session.token,
      headers: { origin: 'https://ailleurs.example' },
    });
    expect([answer.status, answer.body.code]).toEqual([403, 'OriginNotAllowed']);
    expect(await server.bot.conversations.find(session.conversationId)).toBeDefined();
  });

  test('the server’s own is allowed, as its proxy or its browser tells it', async () => {
    const behind = await startDirectLineServer({ trustProxy: 1 });
    const own = await startDirectLineServer({ publicUrl: 'https://permanence.example' });
    const origin = 'https://permanence.example';
    const attempts: [DirectLineServer, Record<string, string>][] = [
      [behind, { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'permanence.example' }],
      [behind, {}],
      [own, {}],
      [server, { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'permanence.example' }],
      [server, { 'sec-fetch-site': 'same-origin' }],
      [server, { 'sec-fetch-site': 'same-site' }],
    ];
    try {
      const statuses = await Promise.all(
        attempts.map(async ([{ url }, headers]) => {
          const answer = await call(`${url}/api/widget/session`, { body: {}, headers: { origin, ...headers } });
          return answer.status;
        }),
      );
      expect(statuses).toEqual([201, 403, 201, 403, 201, 403]);
    } finally {
      await Promise.all([behind.stop(), own.stop()]);
    }
  });
});

describe('preflights', () => {
  test.each([
    ['/v3/directline/conversations', 'POST', 'GET, POST'],
    ['/v3/directline/conversations/x/activities', 'GET', 'GET, POST'],
    ['/v3/directline/tokens/refresh', 'POST', 'GET, POST'],
    ['/api/widget/session', 'DELETE', 'POST, DELETE'],
  ])('%s passes with every header that clients send, and is remembered', async (path, method, methods) => {
    const { status, headers } = await call<undefined>(`${server.url}${path}`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://www.ville.example',
        'access-control-request-method': method,
        'access-control-request-headers': 'authorization,content-type,x-ms-bot-agent,x-requested-with',
      },
    });
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe('https://www.ville.example');
    expect(headers.get('access-control-allow-methods')).toBe(methods);
    expect(headers.get('access-control-allow-headers')?.split(', ').sort()).toEqual([
      'authorization',
      'content-type',
      'x-ms-bot-agent',
      'x-requested-with',
    ]);
    expect(headers.get('access-control-max-age')).toBe('7200');
  });

  test('errors can be read by the page too', async () => {
    const { status, headers } = await call<ProblemBody>(`${base(server.url)}/conversations`, {
      body: '{',
      headers: { origin: 'https://www.ville.example' },
    });
    expect(status).toBe(400);
    expect(headers.get('access-control-allow-origin')).toBe('https://www.ville.example');
  });
});

describe('the caps of one address', () => {
  test('429 with Retry-After for new conversations; going on stays possible, and nothing names the address', async () => {
    const capped = await startDirectLineServer({ limits: { newSessionsPerAddress: 2 } });
    try {
      const session = await openSession(capped.url);
      await openSession(capped.url);
      const refused = await call<ProblemBody>(`${capped.url}/api/widget/session`, { body: {} });
      expect([refused.status, refused.body.code]).toEqual([429, 'TooManySessions']);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(500);
      const again = await call<Opened>(`${capped.url}/api/widget/session`, { body: { token: session.token } });
      expect([again.status, again.body.isNew]).toEqual([200, false]);
      expect(capped.log.lines).toEqual([]);
    } finally {
      await capped.stop();
    }
  });

  test('429 for calls of any kind, but none on Direct Line itself', async () => {
    const capped = await startDirectLineServer({ limits: { sessionCallsPerAddress: 2 } });
    try {
      const session = await openSession(capped.url);
      const statuses = [];
      for (let calls = 0; calls < 3; calls++) {
        statuses.push((await call(`${capped.url}/api/widget/session`, { body: '{' })).status);
      }
      expect(statuses).toEqual([400, 429, 429]);
      expect((await readAll(capped.url, session)).activities).toHaveLength(1);
    } finally {
      await capped.stop();
    }
  });

  test('a conversation that floods is slowed down, then told 503, never 429', async () => {
    const slow = await startDirectLineServer({
      limits: { messageBurst: 2, messagesPerMinute: 600, readsPerTenSeconds: 100, longestDelayMs: 250 },
    });
    try {
      const session = await openSession(slow.url);
      const sent = await Promise.all(
        Array.from({ length: 6 }, (_, index) => say(slow.url, session, 'Bonjour', `${index}`)),
      );
      expect(sent.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 503, 503]);
      const reads = await Promise.all(Array.from({ length: 110 }, () => readAll(slow.url, session)));
      expect(reads.filter(({ activities }) => activities?.length === 9).length).toBeGreaterThanOrEqual(101);
    } finally {
      await slow.stop();
    }
  });
});
