import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Session } from '../../../src/channels/directline/parts.js';
import { DomainError } from '../../../src/domain/errors.js';
import { base, call, openSession, say } from '../../support/directline-calls.js';
import { type DirectLineServer, type ServerOptions, startDirectLineServer } from '../../support/directline-server.js';
import { openStream, refusedStream, type StreamSocket } from '../../support/directline-socket.js';

let server: DirectLineServer;

beforeEach(async () => {
  server = await startDirectLineServer();
});
afterEach(() => server.stop());

/** Replaces the server of this test. */
async function restartWith(options: ServerOptions): Promise<void> {
  await server.stop();
  server = await startDirectLineServer(options);
}

const count = (expected: number) => (activities: readonly unknown[]) => activities.length >= expected;
const seqs = (socket: StreamSocket): unknown[] => socket.activities().map((a) => a.channelData['webchat:sequence-id']);

describe('the stream', () => {
  test('begins at the start, and follows what is said', async () => {
    const session = await openSession(server.url);
    const socket = await openStream(session.streamUrl);
    await socket.until(count(1));
    await say(server.url, session, 'Bonjour', 'id-1');
    const activities = await socket.until(count(3));
    expect(activities.map(({ text }) => text)).toEqual([
      'Bonjour, je suis un robot.',
      'Bonjour',
      'Vous avez écrit : Bonjour',
    ]);
    expect(activities[1]?.channelData.clientActivityID).toBe('id-1');
    expect(socket.frames.at(-1)?.watermark).toBe('3');
  });

  test('covers what came between the session and the socket', async () => {
    const session = await openSession(server.url);
    await say(server.url, session, 'Avant');
    const socket = await openStream(session.streamUrl);
    await socket.until(count(3));
    expect(seqs(socket)).toEqual([1, 2, 3]);
  });

  test('resumes after the watermark of GET /conversations/{id}, in pages', async () => {
    const session = await openSession(server.url);
    for (let turn = 0; turn < 55; turn++) await say(server.url, session, `n° ${turn}`);
    const { body } = await call<Session>(`${base(server.url)}/conversations/${session.conversationId}?watermark=5`, {
      token: session.token,
    });
    expect(new URL(body.streamUrl).searchParams.get('watermark')).toBe('5');
    const socket = await openStream(body.streamUrl);
    await socket.until(count(106));
    expect(seqs(socket)).toEqual(Array.from({ length: 106 }, (_, index) => index + 6));
    expect(socket.frames.map(({ watermark }) => watermark)).toEqual(['105', '111']);
  });

  test('is one for each tab, all alike', async () => {
    const session = await openSession(server.url);
    const tabs = [await openStream(session.streamUrl), await openStream(session.streamUrl)];
    await Promise.all([say(server.url, session, 'Un'), say(server.url, session, 'Deux')]);
    const [one, two] = await Promise.all(tabs.map((tab) => tab.until(count(5))));
    expect(one).toEqual(two);
  });

  test('keeps conversations apart', async () => {
    const [mine, other] = [await openSession(server.url), await openSession(server.url)];
    const [a, b] = [await openStream(mine.streamUrl), await openStream(other.streamUrl)];
    await say(server.url, mine, 'À moi');
    await a.until(count(3));
    await say(server.url, other, 'À l’autre');
    await b.until(count(3));
    expect(b.activities().map(({ text }) => text)).not.toContain('À moi');
    expect(a.activities()).toHaveLength(3);
  });

  test('shows typing without moving the watermark', async () => {
    const session = await openSession(server.url);
    const socket = await openStream(session.streamUrl);
    await socket.until(count(1));
    server.bot.wakeUps.notify(session.conversationId, {
      kind: 'typing',
      author: 'delegate',
      delegateId: 'd-1',
      name: 'Jean',
    });
    const activities = await socket.until(count(2));
    expect(activities[1]).toEqual({
      type: 'typing',
      timestamp: '2026-11-25T09:00:00.000Z',
      channelId: 'directline',
      conversation: { id: session.conversationId },
      from: { id: 'delegate', name: 'Jean, délégué', role: 'bot' },
      locale: 'fr-FR',
      channelData: { author: 'delegate', 'webchat:sequence-id': 1 },
    });
    expect(socket.frames.at(-1)).not.toHaveProperty('watermark');
  });

  test('tolerates empty frames, and whatever else a client sends', async () => {
    const session = await openSession(server.url);
    const socket = await openStream(session.streamUrl);
    for (const frame of ['', 'n’importe quoi', '{"type":"message","text":"par ici"}', Buffer.from([0, 1])])
      socket.socket.send(frame);
    await say(server.url, session, 'Bonjour');
    await socket.until(count(3));
    expect(seqs(socket)).toEqual([1, 2, 3]);
  });

  test('does not refer to a message that it never showed', async () => {
    const session = await openSession(server.url);
    await say(server.url, session, 'efface');
    await say(server.url, session, 'Encore');
    const socket = await openStream(session.streamUrl);
    const activities = await socket.until(count(3));
    expect(activities.map(({ type, replyToId }) => [type, replyToId?.slice(-1)])).toEqual([
      ['event', undefined],
      ['message', undefined],
      ['message', '3'],
    ]);
  });
});

describe('the end of a stream', () => {
  test('when the conversation is removed: 4404, and it cannot be joined again', async () => {
    const session = await openSession(server.url);
    const socket = await openStream(session.streamUrl);
    await call(`${server.url}/api/widget/session`, { method: 'DELETE', token: session.token });
    expect(await socket.closed()).toBe(4404);
    expect(await refusedStream(session.streamUrl)).toEqual({ status: 404, code: 'ConversationNotFound' });
  });

  test('when the server stops: 1012, so that the client comes back', async () => {
    const session = await openSession(server.url);
    const socket = await openStream(session.streamUrl);
    const stopped = server.stop();
    expect(await socket.closed()).toBe(1012);
    await stopped;
    server = await startDirectLineServer();
  });

  test('when storage does not answer: 1013, logged by name only', async () => {
    const session = await openSession(server.url);
    const socket = await openStream(session.streamUrl);
    await socket.until(count(1));
    const { store } = server.data;
    Object.assign(store, {
      messagesAfter: () => Promise.reject(new DomainError('storage-unavailable', 'texte intime')),
    });
    server.bot.wakeUps.notify(session.conversationId, { kind: 'changed' });
    expect(await socket.closed()).toBe(1013);
    expect(server.log.lines).toHaveLength(1);
    expect(server.log.lines[0]).not.toContain('intime');
  });

  test('when the client floods or sends large frames', async () => {
    const session = await openSession(server.url);
    const [flood, large] = [await openStream(session.streamUrl), await openStream(session.streamUrl)];
    for (let frames = 0; frames < 101; frames++) flood.socket.send('');
    large.socket.send('x'.repeat(1025));
    expect([await flood.closed(), await large.closed()]).toEqual([1008, 1009]);
  });

  test('when the client reads too slowly: it is cut before much waits for it', async () => {
    await restartWith({ limits: { socketBacklogBytes: 10_000 } });
    const session = await openSession(server.url);
    const socket = await openStream(session.streamUrl);
    await socket.until(count(1));
    socket.socket.pause();
    // More than the buffers of both systems hold.
    for (let frames = 0; frames < 60_000; frames++) {
      server.bot.wakeUps.notify(session.conversationId, { kind: 'typing', author: 'bot' });
    }
    socket.socket.resume();
    expect(await socket.closed()).toBe(1006);
  });

  test('when the client is gone without a word: it is cut', async () => {
    await restartWith({ limits: { keepAliveMs: 50 } });
    const { streamUrl } = await openSession(server.url);
    const { port, pathname, search } = new URL(streamUrl);
    const dead = connect(Number(port), '127.0.0.1');
    dead.write(
      `GET ${pathname}${search} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    await once(dead.resume(), 'close');
    expect(dead.destroyed).toBe(true);
  });
});

describe('the keep-alive', () => {
  test('sends empty frames, and finds what a lost wake-up did not tell', async () => {
    await restartWith({ limits: { keepAliveMs: 50 } });
    const session = await openSession(server.url);
    const socket = await openStream(session.streamUrl);
    await socket.until(count(1));
    Object.assign(server.bot.wakeUps, { notify: () => undefined });
    await say(server.url, session, 'Personne ne prévient');
    await socket.until(count(3));
    expect(seqs(socket)).toEqual([1, 2, 3]);
    expect(socket.emptyFrames()).toBeGreaterThan(0);
    await server.data.store.remove(session.conversationId);
    expect(await socket.closed()).toBe(4404);
  });
});

describe('joining a stream', () => {
  test.each([
    ['without a token', (url: URL) => url.searchParams.delete('t'), 401, 'MissingToken'],
    ['with a broken token', (url: URL) => url.searchParams.set('t', 'abc'), 403, 'InvalidToken'],
    ['with a bad watermark', (url: URL) => url.searchParams.set('watermark', '-1'), 400, 'InvalidWatermark'],
    [
      'of another conversation',
      (url: URL) => {
        url.pathname = '/v3/directline/conversations/autre/stream';
      },
      403,
      'WrongConversation',
    ],
    [
      'at another path',
      (url: URL) => {
        url.pathname = '/v3/directline/streams';
      },
      404,
      'NotFound',
    ],
  ])('%s is refused', async (_, change, status, code) => {
    const url = new URL((await openSession(server.url)).streamUrl);
    change(url);
    expect(await refusedStream(url.href)).toEqual({ status, code });
  });

  test('takes the stream token, not the bearer token', async () => {
    const session = await openSession(server.url);
    const url = new URL(session.streamUrl);
    url.searchParams.set('t', session.token);
    expect(await refusedStream(url.href)).toEqual({ status: 403, code: 'InvalidToken' });
  });

  test('is possible for two minutes', async () => {
    const { streamUrl } = await openSession(server.url);
    server.clock.advance(121);
    expect(await refusedStream(streamUrl)).toEqual({ status: 403, code: 'TokenExpired' });
  });

  test('outlives the token, once joined', async () => {
    const session = await openSession(server.url);
    const socket = await openStream(session.streamUrl);
    server.clock.advance(3600);
    server.bot.wakeUps.notify(session.conversationId, { kind: 'typing', author: 'bot' });
    expect(await socket.until(count(2))).toHaveLength(2);
  });

  test('is for allowed origins', async () => {
    const { streamUrl } = await openSession(server.url);
    expect(await refusedStream(streamUrl, { origin: 'https://ailleurs.example' })).toEqual({
      status: 403,
      code: 'OriginNotAllowed',
    });
    const socket = await openStream(streamUrl, { origin: 'https://www.ville.example' });
    await socket.close();
  });

  test('is bounded for one conversation and in all', async () => {
    await restartWith({ limits: { socketsPerConversation: 2, socketsInAll: 3 } });
    const [mine, other] = [await openSession(server.url), await openSession(server.url)];
    const first = await openStream(mine.streamUrl);
    await openStream(mine.streamUrl);
    expect(await refusedStream(mine.streamUrl)).toEqual({ status: 503, code: 'TooBusy' });
    await openStream(other.streamUrl);
    expect(await refusedStream(other.streamUrl)).toEqual({ status: 503, code: 'TooBusy' });
    await first.close();
    const again = await openStream(other.streamUrl);
    expect((await again.until(count(1))).length).toBe(1);
  });
});
