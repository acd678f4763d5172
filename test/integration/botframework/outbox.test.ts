import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mayBeUnsent } from '../../../src/may-be-unsent.js';
import type { Delivery } from '../../../src/storage/ports/desk-store.js';
import {
  type Behaviour,
  type BotFrameworkServer,
  type ChannelService,
  startBotFrameworkServer,
  startChannelService,
} from '../../support/directline-botframework.js';
import { call, type ProblemBody } from '../../support/directline-calls.js';
import { ACCEPTED } from '../../support/directline-desk.js';

let service: ChannelService;
let server: BotFrameworkServer;

beforeEach(async () => {
  service = await startChannelService();
  server = await startBotFrameworkServer({ emulator: true });
});
afterEach(async () => {
  await server.stop();
  await service.stop();
});

const WELCOME = 'Bonjour, je suis un robot.';

async function post(text: string, members: object = {}): Promise<{ readonly status: number; readonly code?: string }> {
  const { status, body } = await call<ProblemBody | undefined>(`${server.url}/api/messages`, {
    body: {
      type: 'message',
      id: `a-${text}`,
      channelId: 'emulator',
      serviceUrl: service.url,
      conversation: { id: 'conv-1' },
      from: { id: 'user-1' },
      recipient: { id: 'bot-1' },
      text,
      ...members,
    },
  });
  return { status, ...(body && { code: body.code }) };
}

const texts = (): readonly unknown[] => service.sent.map(({ activity }) => activity.text ?? activity.name);
const theId = (): Promise<string> => server.conversationOf(service.url, 'conv-1');

/** Resolves once the stored delivery is so; each change of it is told by a signal. */
async function deliveryUntil(isSo: (delivery: Delivery | undefined) => boolean): Promise<Delivery | undefined> {
  const id = await theId();
  for (;;) {
    let end: () => void = () => undefined;
    const changed = new Promise<void>((resolve) => {
      end = server.bot.wakeUps.subscribe(id, () => resolve());
    });
    const now = await server.storage.deliveries.load(id);
    if (isSo(now)) {
      end();
      return now;
    }
    await changed.finally(end);
  }
}

const failureIs = (code: string) => (now: Delivery | undefined) => now?.failure?.code === code;
const isClear = (now: Delivery | undefined) => now !== undefined && now.failure === undefined;

describe('what is said outside of a turn', () => {
  test('reaches the resident in order, a delegate by name, and the protocol’s events', async () => {
    await post('Bonjour');
    const id = await theId();
    await server.desk.change(id, 'assigned', ACCEPTED, 'Vous parlez maintenant avec un délégué.');
    await server.desk.say(id, 'Je vous lis.');
    await service.until(5);
    expect(texts().slice(2)).toEqual([
      'handoff.status',
      'Vous parlez maintenant avec un délégué.',
      'Jean, délégué : Je vous lis.',
    ]);
    expect(service.sent[2]?.activity).toMatchObject({ type: 'event', value: { state: 'accepted' } });
    expect(service.sent[2]?.activity).not.toHaveProperty('replyToId');
    await deliveryUntil((now) => now?.deliveredSeq === 6);
  });

  test('a channel that knows no events gets the words only', async () => {
    await post('Bonjour', { channelId: 'msteams' });
    await server.desk.change(await theId(), 'assigned', ACCEPTED, 'Un délégué est là.');
    await service.until(3);
    expect(texts()).toEqual([WELCOME, 'Vous avez écrit : Bonjour', 'Un délégué est là.']);
  });

  test('while a delegate holds it a resident’s message gets no answer, and is no failure', async () => {
    await post('Bonjour');
    await server.desk.say(await theId(), 'Je vous lis.');
    expect((await post('Merci')).status).toBe(200);
    await server.desk.say(await theId(), 'De rien.');
    await service.until(4);
    expect(texts().slice(2)).toEqual(['Jean, délégué : Je vous lis.', 'Jean, délégué : De rien.']);
  });

  test('each conversation gets its own', async () => {
    await post('Bonjour');
    await post('Bonjour', { conversation: { id: 'conv-2' } });
    await server.desk.say(await server.conversationOf(service.url, 'conv-2'), 'Pour la seconde.');
    await service.until(5);
    expect(service.sent.at(-1)?.activity.conversation.id).toBe('conv-2');
  });

  test('an older conversation, begun before the outbox, is not told its past again', async () => {
    await post('Bonjour');
    await server.storage.deliveries.remove(await theId());
    await post('Encore');
    expect(texts()).toEqual([WELCOME, 'Vous avez écrit : Bonjour', 'Vous avez écrit : Encore']);
  });
});

describe('a service that fails', () => {
  async function meets(...behaviours: readonly Behaviour[]): Promise<string> {
    await post('Bonjour');
    service.script(...behaviours);
    await server.desk.say(await theId(), 'Un');
    return theId();
  }

  test.each<[string, Behaviour, string]>([
    ['500', { status: 500 }, 'service-error'],
    ['503', { status: 503 }, 'service-error'],
    ['429', { status: 429 }, 'busy'],
    ['400', { status: 400 }, 'refused'],
  ])('%s: the message stays due, the reason is told, and it goes out later, once', async (_, behaviour, code) => {
    await meets(behaviour);
    await deliveryUntil(failureIs(code));
    expect(service.calls()).toBe(3);
    server.timers.advance(15);
    await deliveryUntil(isClear);
    expect(texts().slice(2)).toEqual(['Jean, délégué : Un']);
    expect(service.calls()).toBe(4);
  });

  test('what comes after waits behind it', async () => {
    const id = await meets({ status: 500 }, { status: 500 }, { status: 500 });
    for (const [index, text] of ['Deux', 'Trois'].entries()) {
      await deliveryUntil((now) => now?.failure?.attempts === index + 1);
      await server.desk.say(id, text);
    }
    await deliveryUntil((now) => now?.failure?.attempts === 3);
    expect(texts()).toHaveLength(2);
    server.timers.advance(60);
    await service.until(5);
    expect(texts().slice(2)).toEqual(['Un', 'Deux', 'Trois'].map((text) => `Jean, délégué : ${text}`));
  });

  test('429 with Retry-After: it is left alone for so long, whatever happens', async () => {
    const id = await meets({ status: 429, retryAfter: '120' });
    await deliveryUntil(failureIs('busy'));
    await server.desk.say(id, 'Deux');
    expect((await post('Je réponds')).code).toBe('DeliveryFailed');
    server.timers.advance(119);
    expect(service.calls()).toBe(3);
    server.timers.advance(2);
    await service.until(4);
    expect(texts().slice(2)).toEqual(['Jean, délégué : Un', 'Jean, délégué : Deux']);
  });

  test('each failure doubles the wait', async () => {
    await meets(...Array.from({ length: 4 }, () => ({ status: 502 })));
    let waited = 0;
    for (let calls = 4; calls <= 7; calls++) {
      await deliveryUntil((now) => now?.failure?.code === 'service-error' && now.failure.attempts === calls - 3);
      const before = server.clock.now().getTime();
      while (service.calls() < calls) {
        server.timers.advance(1);
        const isDue = server.clock.now().getTime() - before >= 1000 * 2 ** (calls - 3);
        if (isDue) await Promise.race([service.untilCalled(calls), settled()]);
      }
      waited = server.clock.now().getTime() - before;
      expect(waited).toBeLessThanOrEqual(1000 * (2 ** (calls - 3) * 1.25 + 1));
    }
    expect(waited).toBeGreaterThanOrEqual(16_000);
    await deliveryUntil(isClear);
  });

  test.each<[string, Behaviour]>([
    ['the answer was lost', 'lose the answer'],
    ['the connection broke', 'reset'],
  ])('%s: it is sent a second time, after a while, and never a third', async (_, behaviour) => {
    await meets(behaviour, behaviour);
    await deliveryUntil(failureIs('unanswered'));
    server.timers.advance(19);
    expect(service.calls()).toBe(3);
    server.timers.advance(10);
    const passed = await deliveryUntil(failureIs('unconfirmed'));
    expect(passed?.deliveredSeq).toBe(4);
    server.timers.advance(3600);
    await settled();
    expect(service.calls()).toBe(4);
    await server.desk.say(await theId(), 'Deux');
    await deliveryUntil(isClear);
    expect(service.calls()).toBe(5);
    expect(texts().at(-1)).toBe('Jean, délégué : Deux');
  });

  test('an answer lost once: the second try is believed', async () => {
    await meets('lose the answer');
    await deliveryUntil(failureIs('unanswered'));
    server.timers.advance(30);
    await deliveryUntil(isClear);
    expect(texts().slice(2)).toEqual(['Jean, délégué : Un', 'Jean, délégué : Un']);
  });

  test('no answer at all ends after ten seconds, and counts as unanswered', async () => {
    await meets('hang');
    await deliveryUntil(failureIs('unanswered'));
    expect(service.calls()).toBe(3);
  });

  test('a message that is refused again and again is passed over, so that the others go out', async () => {
    const id = await meets(...Array.from({ length: 5 }, () => ({ status: 413 })));
    for (let attempts = 1; attempts < 5; attempts++) {
      await deliveryUntil((now) => now?.failure?.code === 'refused' && now.failure.attempts === attempts);
      server.timers.advance(600);
    }
    await deliveryUntil((now) => now?.failure?.code === 'refused' && now.deliveredSeq === 4);
    await server.desk.say(id, 'Deux');
    await deliveryUntil(isClear);
    expect(texts().slice(2)).toEqual(['Jean, délégué : Deux']);
  });

  test.each<[string, number, string]>([
    ['forbidden', 403, 'not-allowed'],
    ['gone', 404, 'gone'],
  ])('%s: it is asked rarely, and at once when the resident writes', async (_, status, code) => {
    await meets({ status });
    await deliveryUntil(failureIs(code));
    server.timers.advance(500);
    await settled();
    expect(service.calls()).toBe(3);
    expect((await post('Je suis revenu')).status).toBe(200);
    expect(texts().slice(2)).toEqual(['Jean, délégué : Un']);
  });

  test('a stopped service is told apart from one that does not answer: nothing can have arrived', async () => {
    const stopped = await startChannelService();
    await stopped.stop();
    expect((await post('Bonjour', { serviceUrl: stopped.url })).code).toBe('DeliveryFailed');
    const id = await server.conversationOf(stopped.url, 'conv-1');
    expect((await server.storage.deliveries.load(id))?.failure?.code).toBe('unreachable');
  });

  test('within a turn: the 502 tells the channel, and the reply is sent later, before the next one', async () => {
    await post('Bonjour');
    service.script({ status: 500 });
    expect(await post('Un')).toEqual({ status: 502, code: 'DeliveryFailed' });
    expect((await post('Deux')).status).toBe(200);
    expect(texts().slice(2)).toEqual(['Vous avez écrit : Un', 'Vous avez écrit : Deux']);
    expect(service.sent[2]?.activity.replyToId).toBe('a-Un');
    expect(service.sent[3]?.activity.replyToId).toBe('a-Deux');
  });

  test('nothing that was written, nor who it is for, reaches the log', async () => {
    await meets({ status: 500 }, 'reset');
    await deliveryUntil(failureIs('service-error'));
    server.timers.advance(5);
    await deliveryUntil(failureIs('unanswered'));
    expect(server.log.lines).toHaveLength(2);
    expect(server.log.lines.join()).not.toMatch(/Un|Jean|conv-1|user-1/);
  });
});

describe('after a restart', () => {
  async function restart(options: { readonly atStart?: () => Promise<readonly string[]> } = {}): Promise<void> {
    await server.stop(true);
    server = await startBotFrameworkServer({ emulator: true }, { after: server, ...options });
  }

  async function leaves(delivery: Delivery): Promise<void> {
    const { deliveries } = server.storage;
    await deliveries.save(delivery, (await deliveries.load(delivery.conversationId))?.rev);
  }

  test('what was due is sent, and nothing else', async () => {
    await post('Bonjour');
    service.script({ status: 500 });
    await server.desk.say(await theId(), 'Un');
    await deliveryUntil(failureIs('service-error'));
    await restart();
    await whileTimePasses(deliveryUntil(isClear));
    expect(texts()).toEqual([WELCOME, 'Vous avez écrit : Bonjour', 'Jean, délégué : Un']);
  });

  test('a process that died while sending: sent again once, then told as in doubt', async () => {
    await post('Bonjour');
    const conversationId = await theId();
    await leaves({ conversationId, deliveredSeq: 2, failure: { code: 'sending', at: 0, attempts: 0 } });
    await restart();
    await whileTimePasses(deliveryUntil(isClear));
    expect(texts()).toEqual([WELCOME, 'Vous avez écrit : Bonjour', 'Vous avez écrit : Bonjour']);

    await leaves({ conversationId, deliveredSeq: 2, failure: { code: 'resending', at: 0, attempts: 1 } });
    await restart();
    await whileTimePasses(deliveryUntil(failureIs('unconfirmed')));
    expect(service.sent).toHaveLength(3);
  });

  test('what a delegate wrote just before the crash is found on starting', async () => {
    await post('Bonjour');
    const id = await theId();
    await server.stop(true);
    await server.desk.say(id, 'Un');
    server = await startBotFrameworkServer({ emulator: true }, { after: server, atStart: async () => [id] });
    await whileTimePasses(service.until(3));
    expect(texts().at(-1)).toBe('Jean, délégué : Un');
  });

  test('what was stored just before it where no delegate has anything to do is found among the last ones', async () => {
    await post('Bonjour');
    await server.stop(true);
    await server.desk.say(await theId(), 'Un');
    const { conversations } = server.storage;
    expect(await conversations.listQueue(10)).toEqual([]);
    const atStart = () => mayBeUnsent(conversations, 'botframework');
    server = await startBotFrameworkServer({ emulator: true }, { after: server, atStart });
    await whileTimePasses(service.until(3));
    expect(texts().at(-1)).toBe('Jean, délégué : Un');
    expect(await mayBeUnsent(conversations, 'telegram')).toEqual([]);
  });
});

describe('many at once', () => {
  test('a conversation is never sent to twice at the same time, and loses nothing', async () => {
    await post('Bonjour');
    const id = await theId();
    const expected: string[] = [];
    for (let count = 0; count < 20; count++) {
      if (count % 4 === 0) service.script({ status: 503 });
      expected.push(`Jean, délégué : ${count}`);
      await server.desk.say(id, `${count}`);
      await Promise.all([post('ping', { type: 'typing' }), settled()]);
    }
    while (service.sent.length < 22) {
      server.timers.advance(400);
      await settled();
    }
    expect(texts().slice(2)).toEqual(expected);
  });
});

/** Lets the clock run until it has happened. */
async function whileTimePasses(event: Promise<unknown>): Promise<void> {
  let hasHappened = false;
  const end = event.then(() => {
    hasHappened = true;
  });
  while (!hasHappened) {
    server.timers.advance(1);
    await Promise.race([end, settled()]);
  }
}

/** Lets what is under way on this machine come to its end; nothing is asserted on how long that takes. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 30));
}
