import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Session } from '../../../src/channels/directline/parts.js';
import type { Signal } from '../../../src/domain/wake-ups.js';
import { activitiesUrl, call, openSession, readAll, say } from '../../support/directline-calls.js';
import { ACCEPTED, COMPLETED, INITIATE } from '../../support/directline-desk.js';
import { type DirectLineServer, startDirectLineServer } from '../../support/directline-server.js';
import { openStream } from '../../support/directline-socket.js';

let server: DirectLineServer;
let session: Session;

beforeEach(async () => {
  server = await startDirectLineServer();
  session = await openSession(server.url);
});
afterEach(() => server.stop());

const id = (): string => session.conversationId;
const count = (enough: number) => (activities: readonly unknown[]) => activities.length >= enough;

/** The signals about the conversation from now on, of the kinds asked for. */
function signals(...kinds: readonly Signal['kind'][]): Signal[] {
  const heard: Signal[] = [];
  server.bot.wakeUps.subscribe(id(), (signal) => kinds.includes(signal.kind) && heard.push(signal));
  return heard;
}

function type(): ReturnType<typeof call> {
  return call(activitiesUrl(server.url, id()), { token: session.token, body: { type: 'typing', from: { id: 'x' } } });
}

async function heldByDelegate(): Promise<void> {
  await server.desk.change(id(), 'assigned', ACCEPTED);
}

describe('a delegate takes part', () => {
  test('the protocol’s events tell who speaks, and the name tells which person', async () => {
    await server.desk.change(id(), 'waiting', INITIATE);
    await server.desk.take(id());
    await server.desk.say(id(), 'Je vous lis.');
    await server.desk.change(id(), 'bot', COMPLETED, 'L’assistant reprend.');
    const { activities, watermark } = await readAll(server.url, session, '1');
    expect(activities.map(({ type, name, value, text }) => [type, name ?? text, value])).toEqual([
      ['event', 'handoff.initiate', {}],
      ['event', 'handoff.status', { state: 'accepted' }],
      ['message', 'Vous parlez maintenant avec un délégué.', undefined],
      ['message', 'Je vous lis.', undefined],
      ['event', 'handoff.status', { state: 'completed' }],
      ['message', 'L’assistant reprend.', undefined],
    ]);
    expect(watermark).toBe('7');
    expect(activities[0]).toEqual({
      type: 'event',
      name: 'handoff.initiate',
      value: {},
      id: `${id()}|0000002`,
      timestamp: '2026-11-25T09:00:00.000Z',
      channelId: 'directline',
      conversation: { id: id() },
      from: { id: 'system', name: 'Permanence', role: 'bot' },
      locale: 'fr-FR',
      channelData: { author: 'system', 'webchat:sequence-id': 2 },
    });
    expect(activities[1]).toMatchObject({
      from: { id: 'delegate', name: 'Jean, délégué', role: 'bot' },
      channelData: { author: 'system' },
    });
    expect(activities[2]?.from).toEqual({ id: 'system', name: 'Permanence', role: 'bot' });
    expect(activities[3]).toMatchObject({
      from: { id: 'delegate', name: 'Jean, délégué', role: 'bot' },
      channelData: { author: 'delegate' },
    });
    expect(JSON.stringify(activities)).not.toContain('d-Jean');
  });

  test('what they write reaches every stream at once', async () => {
    const tabs = [await openStream(session.streamUrl), await openStream(session.streamUrl)];
    await heldByDelegate();
    await server.desk.say(id(), 'Je vous lis.');
    for (const tab of tabs) {
      const activities = await tab.until(count(3));
      expect(activities[2]).toMatchObject({ type: 'message', text: 'Je vous lis.' });
    }
  });
});

describe('typing', () => {
  test('of the resident reaches delegates while they wait or talk with one, and not the resident’s own screens', async () => {
    const heard = signals('typing');
    const socket = await openStream(session.streamUrl);
    await socket.until(count(1));
    expect((await type()).status).toBe(200);
    await server.desk.change(id(), 'waiting', INITIATE);
    await socket.until(count(2));
    expect(heard).toEqual([]);
    server.bot.conversations.signal(id(), { kind: 'typing', author: 'resident' });
    await server.desk.say(id(), 'Bonjour');
    await socket.until(count(3));
    expect(socket.activities().map(({ type: kind }) => kind)).toEqual(['message', 'event', 'message']);
  });

  test('is passed on once in a while, however often it is told, and never refused', async () => {
    await heldByDelegate();
    const heard = signals('typing');
    const answers = await Promise.all(Array.from({ length: 50 }, type));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(heard).toEqual([{ kind: 'typing', author: 'resident' }]);
  });

  test('takes nothing from what one may write', async () => {
    await server.stop();
    server = await startDirectLineServer({ limits: { messageBurst: 1, messagesPerMinute: 1, longestDelayMs: 1 } });
    session = await openSession(server.url);
    for (let times = 0; times < 5; times++) expect((await type()).status).toBe(200);
    expect((await say(server.url, session, 'Bonjour')).status).toBe(200);
    expect((await say(server.url, session, 'Encore')).status).toBe(503);
  });

  test('of another conversation’s token is refused', async () => {
    const other = await openSession(server.url);
    const answer = await call(activitiesUrl(server.url, id()), { token: other.token, body: { type: 'typing' } });
    expect(answer.status).toBe(403);
  });

  test('of a removed conversation: 404', async () => {
    await server.data.store.remove(id());
    expect((await type()).status).toBe(404);
  });
});

describe('the place in the queue', () => {
  const place = { kind: 'queue', position: 2, usualWaitMinutes: 8 } as const;

  test('is an event on the stream that is not stored and moves no watermark', async () => {
    const socket = await openStream(session.streamUrl);
    await socket.until(count(1));
    server.bot.wakeUps.notify(id(), place);
    server.bot.wakeUps.notify(id(), { kind: 'queue', position: 1 });
    const [, first, second] = await socket.until(count(3));
    expect(first).toEqual({
      type: 'event',
      name: 'permanence.queue',
      value: { position: 2, usualWaitMinutes: 8 },
      timestamp: '2026-11-25T09:00:00.000Z',
      channelId: 'directline',
      conversation: { id: id() },
      from: { id: 'system', name: 'Permanence', role: 'bot' },
      locale: 'fr-FR',
      channelData: { author: 'system', 'webchat:sequence-id': 1 },
    });
    expect(second?.value).toEqual({ position: 1 });
    expect(socket.frames.at(-1)).not.toHaveProperty('watermark');
    expect((await readAll(server.url, session)).activities).toHaveLength(1);
  });

  test('goes beside the activities of a poll, for as long as the resident waits', async () => {
    server.bot.wakeUps.notify(id(), place);
    expect(await readAll(server.url, session)).not.toHaveProperty('queue');
    await server.desk.change(id(), 'waiting', INITIATE);
    expect(await readAll(server.url, session)).toMatchObject({ queue: { position: 2, usualWaitMinutes: 8 } });
    await heldByDelegate();
    expect(await readAll(server.url, session)).not.toHaveProperty('queue');
  });

  test('nothing else that is for delegates goes out', async () => {
    const socket = await openStream(session.streamUrl);
    await socket.until(count(1));
    server.bot.wakeUps.notify(id(), { kind: 'desk' });
    server.bot.wakeUps.notify(id(), { kind: 'delivered', seq: 1 });
    await say(server.url, session, 'Bonjour');
    expect(await socket.until(count(3))).toHaveLength(3);
  });
});

describe('what has been delivered', () => {
  /** Resolves once `seq` has been told. */
  function told(seq: number): Promise<void> {
    return new Promise((resolve) => {
      server.bot.wakeUps.subscribe(id(), (signal) => {
        if (signal.kind === 'delivered' && signal.seq === seq) resolve();
      });
    });
  }

  test('is told when a frame has left to an open stream, once whatever the number of streams', async () => {
    const heard = signals('delivered');
    const first = told(1);
    const [one, two] = [await openStream(session.streamUrl), await openStream(session.streamUrl)];
    await first;
    const second = told(2);
    await server.desk.say(id(), 'Bonjour');
    await Promise.all([one.until(count(2)), two.until(count(2)), second]);
    expect(heard).toEqual([
      { kind: 'delivered', seq: 1 },
      { kind: 'delivered', seq: 2 },
    ]);
    expect(server.residents.deliveredSeq(id())).toBe(2);
  });

  test('is told by a poll’s watermark: an answer that was lost delivered nothing', async () => {
    const heard = signals('delivered');
    await readAll(server.url, session);
    expect(server.residents.deliveredSeq(id())).toBe(0);
    await readAll(server.url, session, '1');
    await readAll(server.url, session, '1');
    await readAll(server.url, session, '0');
    await readAll(server.url, session, '999');
    expect(heard).toEqual([{ kind: 'delivered', seq: 1 }]);
  });

  test('is told by a stream’s watermark', async () => {
    const done = told(1);
    const url = new URL(session.streamUrl);
    url.searchParams.set('watermark', '1');
    await openStream(url.href);
    await done;
    expect(server.residents.deliveredSeq(id())).toBe(1);
  });

  test('is not told while nobody reads', async () => {
    await server.desk.say(id(), 'Il y a quelqu’un ?');
    expect(server.residents.deliveredSeq(id())).toBe(0);
    expect(server.residents.isConnected(id())).toBe(false);
  });
});

describe('the resident’s presence', () => {
  /** Resolves at the next change of the conversation's presence. */
  function changed(): Promise<void> {
    return new Promise((resolve) => {
      const end = server.residents.subscribe((conversationId) => {
        if (conversationId !== id()) return;
        end();
        resolve();
      });
    });
  }

  test('lasts while a stream is open', async () => {
    const [one, two] = [await openStream(session.streamUrl), await openStream(session.streamUrl)];
    await one.until(count(1));
    expect(server.residents.isConnected(id())).toBe(true);
    await one.close();
    await two.until(count(1));
    expect(server.residents.isConnected(id())).toBe(true);
    const gone = changed();
    await two.close();
    await gone;
    expect(server.residents.isConnected(id())).toBe(false);
  });

  test('lasts ten seconds after a poll', async () => {
    await readAll(server.url, session);
    server.clock.advance(9);
    expect(server.residents.isConnected(id())).toBe(true);
    server.clock.advance(2);
    expect(server.residents.isConnected(id())).toBe(false);
  });
});
