import { request as httpRequest } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import {
  type BotFrameworkServer,
  type ChannelService,
  startBotFrameworkServer,
  startChannelService,
} from '../../support/directline-botframework.js';
import { type Answer, call, type ProblemBody } from '../../support/directline-calls.js';

let service: ChannelService;
let server: BotFrameworkServer;

beforeAll(async () => {
  service = await startChannelService();
});
afterAll(() => service.stop());
beforeEach(async () => {
  service.sent.length = 0;
  service.answerWith(200);
  server = await startBotFrameworkServer({ emulator: true });
});
afterEach(() => server.stop());

const activity = (members: object = {}): object => ({
  type: 'message',
  id: 'a-1',
  channelId: 'emulator',
  serviceUrl: service.url,
  conversation: { id: 'conv-1' },
  from: { id: 'user-1', name: 'Une personne' },
  recipient: { id: 'bot-1', name: 'Bot' },
  text: 'Bonjour',
  ...members,
});

function post(
  body: unknown,
  options: { url?: string; headers?: Record<string, string> } = {},
): Promise<Answer<ProblemBody>> {
  return call(`${options.url ?? server.url}/api/messages`, {
    body,
    ...(options.headers && { headers: options.headers }),
  });
}

const texts = (): unknown[] => service.sent.map((reply) => reply.activity.text);

describe('a message from an Emulator on this machine', () => {
  test('is a turn; its replies go to the channel once they are stored', async () => {
    expect((await post(activity())).status).toBe(200);
    expect(texts()).toEqual(['Bonjour, je suis un robot.', 'Vous avez écrit : Bonjour']);
    const reply = service.sent[1]?.activity;
    expect(reply).toMatchObject({
      type: 'message',
      replyToId: 'a-1',
      conversation: { id: 'conv-1' },
      recipient: { id: 'user-1' },
      suggestedActions: { actions: [{ type: 'imBack', title: 'Oui', value: 'Oui' }] },
    });
    await post(activity({ id: 'a-2', text: 'Encore' }));
    expect(texts().slice(2)).toEqual(['Vous avez écrit : Encore']);
  });

  test('delivered twice is answered once', async () => {
    await post(activity());
    expect((await post(activity())).status).toBe(200);
    expect(service.sent).toHaveLength(2);
  });

  test('keeps conversations apart', async () => {
    await post(activity());
    await post(activity({ conversation: { id: 'conv-2' } }));
    expect(service.sent.map((reply) => reply.activity.conversation.id)).toEqual([
      'conv-1',
      'conv-1',
      'conv-2',
      'conv-2',
    ]);
  });

  test('carries cards whose links are absolute', async () => {
    const atHome = await startBotFrameworkServer({ emulator: true }, { publicUrl: 'https://permanence.example' });
    await post(activity({ text: 'carte' }), { url: atHome.url }).finally(() => atHome.stop());
    expect(service.sent.at(-1)?.activity.attachments?.[0]?.content).toMatchObject({
      buttons: [{ value: 'https://permanence.example/permanences.ics' }, { value: 'tel:17' }],
    });
  });

  test('who joins is welcomed, once; the bot itself is not', async () => {
    const joins = (id: string) => activity({ type: 'conversationUpdate', text: undefined, membersAdded: [{ id }] });
    await post(joins('bot-1'));
    expect(service.sent).toEqual([]);
    await post(joins('user-1'));
    await post(joins('user-1'));
    await post(activity());
    expect(texts()).toEqual(['Bonjour, je suis un robot.', 'Vous avez écrit : Bonjour']);
  });

  test.each([['typing'], ['event'], ['endOfConversation'], ['messageReaction']])(
    '%s is taken note of',
    async (type) => {
      expect((await post(activity({ type }))).status).toBe(200);
      expect(service.sent).toEqual([]);
    },
  );

  test('is stored even when the channel takes no reply, which is told by 502 and logged without a word of it', async () => {
    service.answerWith(400);
    const answer = await post(activity({ text: 'temoin-secret' }));
    expect([answer.status, answer.body.code]).toEqual([502, 'DeliveryFailed']);
    expect(server.log.lines.length).toBeGreaterThan(0);
    expect(server.log.lines.join()).not.toContain('temoin-secret');
  });
});

describe('bad input', () => {
  const console = { error: jest.spyOn(globalThis.console, 'error'), warn: jest.spyOn(globalThis.console, 'warn') };

  afterEach(async () => {
    expect(console.error).not.toHaveBeenCalled();
    expect(console.warn).not.toHaveBeenCalled();
    expect(server.log.lines).toEqual([]);
    expect(service.sent).toEqual([]);
    expect((await post(activity({ id: 'after' }))).status).toBe(200);
  });

  test.each([
    ['not JSON', '{', 400, 'InvalidJson'],
    ['nothing', '', 400, 'InvalidBody'],
    ['a list', [], 400, 'InvalidBody'],
    ['no activity', { text: 'x' }, 400, 'InvalidBody'],
  ])('a body that is %s is refused', async (_, body, status, code) => {
    const answer = await post(body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  test.each<[string, object, number, string]>([
    ['one megabyte', { text: 'x'.repeat(1_000_000) }, 413, 'BodyTooLarge'],
    ['no conversation', { conversation: undefined }, 400, 'InvalidBody'],
    ['a conversation that is no object', { conversation: 'x' }, 400, 'InvalidBody'],
    ['no sender', { from: null }, 400, 'InvalidBody'],
    ['an address that is no URL', { serviceUrl: 'x' }, 400, 'InvalidBody'],
    ['an address of files', { serviceUrl: 'file:///etc/passwd' }, 400, 'InvalidBody'],
    ['no text', { text: undefined }, 400, 'EmptyMessage'],
    ['a null character', { text: 'a\0b' }, 400, 'InvalidText'],
    ['4,001 characters', { text: 'x'.repeat(4001) }, 400, 'MessageTooLong'],
    [
      'a file',
      { attachments: [{ contentType: 'image/png', contentUrl: 'https://x.example/a' }] },
      415,
      'UploadsNotAccepted',
    ],
  ])('an activity with %s is refused', async (_, members, status, code) => {
    const answer = await post(activity(members));
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  test.each([
    ['https://attaque.example/'],
    ['http://169.254.169.254/latest'],
    ['http://localhost.attaque.example/'],
    ['http://localhost@attaque.example/'],
    ['http://[::ffff:192.0.2.1]/'],
  ])('without authentication nothing is sent to %s', async (serviceUrl) => {
    const answer = await post(activity({ serviceUrl }));
    expect([answer.status, answer.body.code]).toEqual([403, 'ServiceUrlNotAllowed']);
  });

  test('another content type, another method', async () => {
    const typed = await post('{}', { headers: { 'content-type': 'text/plain' } });
    expect([typed.status, typed.body.code]).toEqual([415, 'UnsupportedMediaType']);
    const got = await call<ProblemBody>(`${server.url}/api/messages`);
    expect([got.status, got.body.code]).toEqual([405, 'MethodNotAllowed']);
  });
});

describe('the endpoint', () => {
  test('does not exist unless it is configured', async () => {
    const shut = await startBotFrameworkServer({});
    const half = await startBotFrameworkServer({ appId: 'c3d4a5b6-0000-4000-8000-000000000000' });
    try {
      for (const { url } of [shut, half]) {
        const answer = await post(activity(), { url });
        expect([answer.status, answer.body.code]).toEqual([404, 'NotFound']);
      }
    } finally {
      await Promise.all([shut.stop(), half.stop()]);
    }
  });

  test.each([
    ['through a proxy', { 'x-forwarded-for': '127.0.0.1' }],
    ['through a proxy that says so in the standard way', { forwarded: 'for=127.0.0.1' }],
    ['through a proxy that names itself', { via: '1.1 proxy' }],
    ['for a name that was rebound', { host: 'attaque.example' }],
    ['for a name that resembles', { host: 'localhost.attaque.example' }],
    ['by the page of another site', { origin: 'https://attaque.example' }],
  ])('does not exist for a call %s', async (_, headers) => {
    expect(await statusWith(headers)).toBe(404);
    expect(service.sent).toEqual([]);
  });

  test('with credentials is open to authentic calls only, from wherever they come', async () => {
    const quiet = jest.spyOn(globalThis.console, 'error').mockImplementation(() => undefined);
    const locked = await startBotFrameworkServer({
      appId: 'c3d4a5b6-0000-4000-8000-000000000000',
      appPassword: 'mot-de-passe',
      emulator: true,
    });
    try {
      const attempts: Record<string, string>[] = [
        {},
        { authorization: 'Bearer abc' },
        { authorization: 'Basic abc' },
        { authorization: 'Bearer a.b.c' },
      ];
      for (const headers of attempts) {
        const answer = await post(activity(), { url: locked.url, headers });
        expect([answer.status, answer.body.code]).toEqual([401, 'Unauthenticated']);
      }
      expect(service.sent).toEqual([]);
    } finally {
      await locked.stop();
      quiet.mockRestore();
    }
  });
});

/** `fetch` does not let the Host be chosen. */
function statusWith(headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const body = JSON.stringify(activity());
    httpRequest(`${server.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
    })
      .on('error', reject)
      .on('response', (response) => resolve(response.resume().statusCode))
      .end(body);
  });
}
