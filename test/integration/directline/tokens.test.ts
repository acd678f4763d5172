import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SignJWT } from 'jose';
import type { Session } from '../../../src/channels/directline/parts.js';
import { activitiesUrl, base, call, openSession, type ProblemBody, readAll } from '../../support/directline-calls.js';
import {
  createManualClock,
  type DirectLineServer,
  SECRET,
  SIGNING_KEY,
  startDirectLineServer,
} from '../../support/directline-server.js';

const clock = createManualClock();
let server: DirectLineServer;

beforeAll(async () => {
  server = await startDirectLineServer({ clock });
});
afterAll(() => server.stop());

const generate = (token?: string, body?: unknown) =>
  call<Session & ProblemBody>(`${base(server.url)}/tokens/generate`, {
    method: 'POST',
    ...(token !== undefined && { token }),
    ...(body !== undefined && { body }),
  });
const refresh = (token: string) =>
  call<Session & ProblemBody>(`${base(server.url)}/tokens/refresh`, { method: 'POST', token });
const start = (token: string) =>
  call<Session & ProblemBody>(`${base(server.url)}/conversations`, {
    token,
    body: { user: { id: 'u' }, locale: 'fr' },
  });

describe('the secret', () => {
  test('makes a token that names its conversation beforehand: 201 first, 200 later', async () => {
    const { status, body } = await generate(SECRET, { user: { id: 'dl_1' } });
    expect(status).toBe(200);
    expect(body).toEqual({ conversationId: expect.any(String), token: expect.any(String), expires_in: 1800 });
    const first = await start(body.token);
    const second = await start(body.token);
    expect([first.status, second.status]).toEqual([201, 200]);
    expect([first.body.conversationId, second.body.conversationId]).toEqual([body.conversationId, body.conversationId]);
    expect(first.body.expires_in).toBe(1800);
    expect(first.body.streamUrl).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/v3\/directline\/conversations\/.+\/stream\?t=/);
    expect((await readAll(server.url, first.body)).activities).toHaveLength(1);
  });

  test('opens a new conversation at each start, and reads it, as a client made with the secret does', async () => {
    const { status, body } = await start(SECRET);
    expect(status).toBe(201);
    const read = await readAll(server.url, { ...body, token: SECRET });
    expect(read.activities).toHaveLength(1);
    expect((await start(SECRET)).body.conversationId).not.toBe(body.conversationId);
  });

  test('opens no conversation of another channel', async () => {
    await server.bot.conversations.open({ id: 'chat-42', channel: 'telegram' });
    const read = await call<ProblemBody>(activitiesUrl(server.url, 'chat-42'), { token: SECRET });
    const write = await call<ProblemBody>(activitiesUrl(server.url, 'chat-42'), {
      token: SECRET,
      body: { type: 'message', text: 'Bonjour' },
    });
    expect([read.status, write.status]).toEqual([404, 404]);
  });

  test.each([
    ['no token', undefined, 401, 'MissingToken'],
    ['another secret', `${SECRET}x`, 403, 'InvalidToken'],
  ])('%s is refused', async (_, token, status, code) => {
    const answer = await generate(token);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.body.error.code).toBe(code);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });

  test('is refused while it is not configured, and a token makes no other', async () => {
    const bare = await startDirectLineServer({ clock, hasSecret: false });
    try {
      const answer = await call<ProblemBody>(`${base(bare.url)}/tokens/generate`, { method: 'POST', token: SECRET });
      expect([answer.status, answer.body.code]).toEqual([403, 'InvalidToken']);
      const { token } = await openSession(bare.url);
      const other = await call<ProblemBody>(`${base(bare.url)}/tokens/generate`, { method: 'POST', token });
      expect([other.status, other.body.code]).toEqual([403, 'SecretRequired']);
    } finally {
      await bare.stop();
    }
  });
});

describe('a token', () => {
  test('lasts half an hour, is refreshed, and the fresh one lasts another', async () => {
    const session = await openSession(server.url);
    clock.advance(1799);
    const refreshed = await refresh(session.token);
    expect(refreshed.status).toBe(200);
    expect(refreshed.body).toMatchObject({ conversationId: session.conversationId, expires_in: 1800 });
    clock.advance(2);
    const stale = await call<ProblemBody>(activitiesUrl(server.url, session.conversationId), { token: session.token });
    expect([stale.status, stale.body.code]).toEqual([403, 'TokenExpired']);
    expect((await refresh(session.token)).status).toBe(403);
    expect((await readAll(server.url, { ...session, token: refreshed.body.token })).activities).toHaveLength(1);
  });

  test('made before its conversation stays able to open it when refreshed', async () => {
    const { body } = await generate(SECRET);
    const refreshed = await refresh(body.token);
    expect((await start(refreshed.body.token)).status).toBe(201);
  });

  test('opens its own conversation only', async () => {
    const [mine, other] = [await openSession(server.url), await openSession(server.url)];
    const urls = [
      activitiesUrl(server.url, other.conversationId),
      `${base(server.url)}/conversations/${other.conversationId}`,
    ];
    for (const url of urls) {
      const answer = await call<ProblemBody>(url, { token: mine.token });
      expect([answer.status, answer.body.code]).toEqual([403, 'WrongConversation']);
    }
    const write = await call<ProblemBody>(urls[0] ?? '', {
      token: mine.token,
      body: { type: 'message', text: 'Bonjour' },
    });
    expect([write.status, write.body.code]).toEqual([403, 'WrongConversation']);
  });

  test('of a removed conversation finds nothing: 404 everywhere, so that clients stop', async () => {
    const session = await openSession(server.url);
    await server.bot.conversations.remove(session.conversationId);
    const { token, conversationId } = session;
    const answers = await Promise.all([
      refresh(token),
      start(token),
      call<ProblemBody>(`${base(server.url)}/conversations/${conversationId}?watermark=`, { token }),
      call<ProblemBody>(activitiesUrl(server.url, conversationId), { token }),
      call<ProblemBody>(activitiesUrl(server.url, conversationId), {
        token,
        body: { type: 'message', text: 'Bonjour' },
      }),
      call<ProblemBody>(activitiesUrl(server.url, conversationId), { token, body: { type: 'typing' } }),
    ]);
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
      answers.map(() => [404, 'ConversationNotFound']),
    );
  });

  test.each([
    ['not a token', () => 'n’importe quoi'.normalize('NFD').replace(/[^\x21-\x7e]/g, '')],
    [
      'unsigned',
      () => `${b64({ alg: 'none' })}.${b64({ conv: 'x', exp: 9e9, iss: 'permanence', aud: 'directline' })}.`,
    ],
    ['signed by somebody else', () => sign(Buffer.alloc(32, 1), 'directline')],
    ['a stream token', () => sign(SIGNING_KEY, 'directline.stream')],
    ['without a conversation', () => sign(SIGNING_KEY, 'directline', {})],
    ['with a conversation that is no text', () => sign(SIGNING_KEY, 'directline', { conv: ['x'] })],
  ])('%s is refused', async (_, make) => {
    const answer = await call<ProblemBody>(activitiesUrl(server.url, 'x'), { token: await make() });
    expect([answer.status, answer.body.code]).toEqual([403, 'InvalidToken']);
  });

  test.each([['Basic abc'], ['Bearer'], ['Bearer  '], ['bearer a b']])('"%s" is no token', async (authorization) => {
    const answer = await call<ProblemBody>(activitiesUrl(server.url, 'x'), { headers: { authorization } });
    expect([answer.status, answer.body.code]).toEqual([401, 'MissingToken']);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });
});

const b64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function sign(key: Uint8Array, audience: string, claims: Record<string, unknown> = { conv: 'x' }): Promise<string> {
  const now = Math.floor(clock.now().getTime() / 1000);
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer('permanence')
    .setAudience(audience)
    .setExpirationTime(now + 600)
    .sign(key);
}
