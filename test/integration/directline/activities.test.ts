import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DomainError } from '../../../src/domain/errors.js';
import type { Message } from '../../../src/domain/message.js';
import {
  activitiesUrl,
  base,
  call,
  openSession,
  type ProblemBody,
  readAll,
  say,
} from '../../support/directline-calls.js';
import { type DirectLineServer, startDirectLineServer } from '../../support/directline-server.js';

let server: DirectLineServer;

beforeAll(async () => {
  server = await startDirectLineServer();
});
afterAll(() => server.stop());

describe('a message', () => {
  test('is answered by its id once it is stored, echoed with what Web Chat looks for, and replied to', async () => {
    const session = await openSession(server.url);
    const { status, body } = await say(server.url, session, '  Bonjour à tous  ', 'mon-id-1');
    expect(status).toBe(200);
    expect(body).toEqual({ id: `${session.conversationId}|0000002` });
    const { activities, watermark } = await readAll(server.url, session);
    expect(watermark).toBe('3');
    expect(activities[1]).toEqual({
      type: 'message',
      id: body.id,
      timestamp: '2026-11-25T09:00:00.000Z',
      channelId: 'directline',
      conversation: { id: session.conversationId },
      from: { id: 'resident', role: 'user' },
      locale: 'fr-FR',
      text: 'Bonjour à tous',
      textFormat: 'plain',
      channelData: { author: 'resident', 'webchat:sequence-id': 2, clientActivityID: 'mon-id-1' },
    });
    expect(activities[2]).toEqual({
      type: 'message',
      id: `${session.conversationId}|0000003`,
      replyToId: body.id,
      timestamp: '2026-11-25T09:00:00.000Z',
      channelId: 'directline',
      conversation: { id: session.conversationId },
      from: { id: 'bot', name: 'Assistant (robot)', role: 'bot' },
      locale: 'fr-FR',
      text: 'Vous avez écrit : Bonjour à tous',
      textFormat: 'plain',
      inputHint: 'expectingInput',
      suggestedActions: { to: [], actions: [{ type: 'imBack', title: 'Oui', value: 'Oui' }] },
      channelData: { author: 'bot', 'webchat:sequence-id': 3 },
    });
  });

  test('sent 20 times at once under one client id is one message with one answer', async () => {
    const session = await openSession(server.url);
    const answers = await Promise.all(Array.from({ length: 20 }, () => say(server.url, session, 'Bonjour', 'le-meme')));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect((await readAll(server.url, session)).activities).toHaveLength(3);
  });

  test('without a client id is a message of its own each time', async () => {
    const session = await openSession(server.url);
    await say(server.url, session, 'Bonjour');
    await say(server.url, session, 'Bonjour');
    expect((await readAll(server.url, session)).activities).toHaveLength(5);
  });

  test.each([
    ['imBack', { type: 'message', text: 'Oui', textFormat: 'plain', channelData: { clientActivityID: 'a' } }],
    ['postBack', { type: 'message', value: 'Oui', channelData: { postBack: true } }],
    ['messageBack', { type: 'message', text: '', value: 'Oui', channelData: { messageBack: { displayText: 'x' } } }],
    [
      'members that nobody reads',
      { type: 'message', text: 'Oui', inconnu: { a: 1 }, from: 5, attachments: [], entities: [] },
    ],
    ['a text beside a value that is no text', { type: 'message', text: 'Oui', value: { a: 'Non' } }],
    ['keys of the prototype', '{"type":"message","text":"Oui","__proto__":{"text":"Non"},"constructor":{"a":1}}'],
  ])('%s says what it says', async (_, body) => {
    const session = await openSession(server.url);
    const answer = await call(activitiesUrl(server.url, session.conversationId), { token: session.token, body });
    expect(answer.status).toBe(200);
    const { activities } = await readAll(server.url, session);
    expect(activities.map(({ text }) => text)).toEqual(['Bonjour, je suis un robot.', 'Oui', 'Vous avez écrit : Oui']);
    expect(activities[1]?.from).toEqual({ id: 'resident', role: 'user' });
  });

  test.each([['typing'], ['event'], ['conversationUpdate'], ['endOfConversation'], ['invoke'], ['messageReaction']])(
    '%s is taken note of, and is no message',
    async (type) => {
      const session = await openSession(server.url);
      const answer = await call<{ id: string }>(activitiesUrl(server.url, session.conversationId), {
        token: session.token,
        body: { type, name: 'webchat/join', value: { a: 1 } },
      });
      expect(answer.status).toBe(200);
      expect(answer.body.id).toEqual(expect.stringContaining(session.conversationId));
      expect((await readAll(server.url, session)).activities).toHaveLength(1);
    },
  );

  test('4,000 characters pass', async () => {
    const session = await openSession(server.url);
    expect((await say(server.url, session, 'é'.repeat(4000))).status).toBe(200);
  });
});

describe('reading', () => {
  test('goes on after the watermark, page by page, and never moves back', async () => {
    const session = await openSession(server.url);
    await fill(session.conversationId, 249);
    const first = await readAll(server.url, session);
    const second = await readAll(server.url, session, first.watermark);
    const third = await readAll(server.url, session, second.watermark);
    const last = await readAll(server.url, session, third.watermark);
    expect([first, second, third, last].map(({ activities }) => activities.length)).toEqual([100, 100, 50, 0]);
    expect([first, second, third, last].map(({ watermark }) => watermark)).toEqual(['100', '200', '250', '250']);
    const seqs = [first, second, third].flatMap(({ activities }) =>
      activities.map((a) => a.channelData['webchat:sequence-id']),
    );
    expect(seqs).toEqual(Array.from({ length: 250 }, (_, index) => index + 1));
  });

  test('from a watermark of the future starts at the end', async () => {
    const session = await openSession(server.url);
    expect(await readAll(server.url, session, '99')).toEqual({ activities: [], watermark: '1' });
  });

  test.each([['-1'], ['1.5'], ['abc'], ['9'.repeat(16)], ['0x1'], ['1&watermark=2']])(
    'a watermark of %s is refused',
    async (watermark) => {
      const { conversationId, token } = await openSession(server.url);
      const urls = [activitiesUrl(server.url, conversationId), `${base(server.url)}/conversations/${conversationId}`];
      for (const url of urls) {
        const answer = await call<ProblemBody>(`${url}?watermark=${watermark}`, { token });
        expect([answer.status, answer.body.code]).toEqual([400, 'InvalidWatermark']);
      }
    },
  );

  test('shows a card with absolute links, and who wrote', async () => {
    const session = await openSession(server.url);
    await say(server.url, session, 'carte');
    await append(session.conversationId, [
      { author: 'delegate', content: { kind: 'text', text: 'Bonjour, je prends la suite.' } },
      { author: 'system', content: { kind: 'text', text: 'Le délégué a quitté la conversation.' } },
    ]);
    const { activities } = await readAll(server.url, session);
    expect(activities[2]?.attachments).toEqual([
      {
        contentType: 'application/vnd.microsoft.card.hero',
        content: {
          title: 'La permanence',
          text: 'Sur place',
          buttons: [
            { type: 'openUrl', title: 'Calendrier', value: `${server.url}/permanences.ics` },
            { type: 'openUrl', title: 'Appeler le 17', value: 'tel:17' },
          ],
        },
      },
    ]);
    expect(
      activities.slice(3).map(({ from, channelData, inputHint }) => [from, channelData.author, inputHint]),
    ).toEqual([
      [{ id: 'delegate', name: 'Délégué', role: 'bot' }, 'delegate', 'acceptingInput'],
      [{ id: 'system', name: 'Permanence', role: 'bot' }, 'system', 'acceptingInput'],
    ]);
  });

  test('tells of an erasure, and never refers to what is gone', async () => {
    const session = await openSession(server.url);
    await say(server.url, session, 'efface');
    const { activities } = await readAll(server.url, session);
    expect(activities).toEqual([
      {
        type: 'event',
        name: 'conversation.erased',
        value: { erasedMessages: 2 },
        id: `${session.conversationId}|0000002`,
        timestamp: '2026-11-25T09:00:00.000Z',
        channelId: 'directline',
        conversation: { id: session.conversationId },
        from: { id: 'system', name: 'Permanence', role: 'bot' },
        locale: 'fr-FR',
        channelData: { author: 'system', 'webchat:sequence-id': 2 },
      },
    ]);
  });

  test('links follow PUBLIC_URL, or the proxies that are believed', async () => {
    const atHome = await startDirectLineServer({ publicUrl: 'https://permanence.example' });
    const behind = await startDirectLineServer({ trustProxy: 1 });
    const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'aide.example, 10.0.0.1' };
    try {
      const urls = await Promise.all(
        [atHome, behind, server].map(async ({ url }) => {
          const { body } = await call<{ streamUrl: string }>(`${url}/api/widget/session`, { body: {}, headers });
          return new URL(body.streamUrl).origin;
        }),
      );
      expect(urls).toEqual(['wss://permanence.example', 'wss://aide.example', server.url.replace('http', 'ws')]);
    } finally {
      await Promise.all([atHome.stop(), behind.stop()]);
    }
  });
});

describe('while storage is unavailable', () => {
  test('a message gets 503, which clients report as « retry »; the same call works later', async () => {
    const session = await openSession(server.url);
    const restore = breakStore('commit');
    const refused = await say(server.url, session, 'Bonjour', 'plus-tard').finally(restore);
    expect([refused.status, (refused.body as unknown as ProblemBody).code]).toEqual([503, 'Unavailable']);
    expect(refused.headers.get('retry-after')).toBe('2');
    expect((await say(server.url, session, 'Bonjour', 'plus-tard')).status).toBe(200);
  });

  test('a poll is told that nothing is new, since one error would end all polling', async () => {
    const session = await openSession(server.url);
    const restore = breakStore('messagesAfter');
    const idle = await readAll(server.url, session, '1').finally(restore);
    expect(idle).toEqual({ activities: [], watermark: '1' });
    expect((await readAll(server.url, session)).activities).toHaveLength(1);
  });
});

/** Makes one call of the store fail as a lost database does; returns the repair. */
function breakStore(name: 'commit' | 'messagesAfter'): () => void {
  const { store } = server.data;
  const original = store[name];
  Object.assign(store, { [name]: () => Promise.reject(new DomainError('storage-unavailable', 'lost')) });
  return () => {
    Object.assign(store, { [name]: original });
  };
}

async function append(id: string, parts: readonly Pick<Message, 'author' | 'content'>[]): Promise<void> {
  const { store, clock } = server.data;
  const conversation = await store.load(id);
  if (!conversation) throw new Error('no conversation');
  const { lastSeq, rev, desk, inboxList } = conversation;
  const messages = parts.map((part, index): Message => {
    const seq = lastSeq + 1 + index;
    return { seq, externalId: `out:${seq}`, at: clock(), ...part };
  });
  await store.commit({ id, expectedRev: rev, status: 'bot', desk, inboxList, dialogState: {}, messages, at: clock() });
}

function fill(id: string, count: number): Promise<void> {
  return append(
    id,
    Array.from({ length: count }, () => ({ author: 'bot' as const, content: { kind: 'text' as const, text: 'x' } })),
  );
}
