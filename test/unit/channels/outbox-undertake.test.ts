import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../src/channels/deliveries.js';
import { SendFailure } from '../../../src/channels/delivery-failures.js';
import { createOutbox, type Outbox } from '../../../src/channels/outbox.js';
import type { Sender } from '../../../src/channels/outbox-sender.js';
import type { Message } from '../../../src/domain/message.js';
import { createInProcessWakeUps } from '../../../src/realtime/wake-ups.js';
import { buildConversation, buildMessage } from '../../support/build-conversation.js';
import { createLogSpy, createManualClock } from '../../support/directline-server.js';
import { createManualTimers } from '../../support/directline-timers.js';

interface Scene {
  readonly outbox: Outbox;
  readonly messages: Message[];
  readonly sent: number[];
  stored(): Delivery | undefined;
  /** As an earlier process left it. */
  store(delivery: Delivery): void;
  /** Every failure code that was stored, `''` where there was none. */
  readonly codes: string[];
  /** Storage answers no more. */
  breakStorage(): void;
  mendStorage(): void;
}

function startScene(sender: Partial<Sender> = {}): Scene {
  const clock = createManualClock();
  const messages = [1, 2].map((seq) => buildMessage({ seq, externalId: `out:${seq}`, author: 'bot' }));
  const sent: number[] = [];
  const codes: string[] = [];
  let stored: Delivery | undefined;
  let isBroken = false;
  const outbox = createOutbox({
    channel: 'telegram',
    conversations: {
      find: async (id) => buildConversation({ id, channel: 'telegram', lastSeq: messages.length }),
      messagesAfter: async (_, after, limit) => messages.filter(({ seq }) => seq > after).slice(0, limit),
      signal: () => undefined,
    },
    deliveries: {
      load: async () => stored,
      async save(delivery) {
        if (isBroken) throw new Error('no storage');
        stored = delivery;
        codes.push(delivery.failure?.code ?? '');
      },
      listFailed: async () => [],
      remove: async () => true,
    },
    changes: createInProcessWakeUps(() => undefined),
    sender: {
      resends: 'never',
      takes: () => true,
      async send(dues) {
        sent.push(...dues.map(({ message }) => message.seq));
        return {};
      },
      ...sender,
    },
    clock: clock.now,
    log: createLogSpy(),
    timers: createManualTimers(clock),
    random: () => 0,
  });
  return {
    outbox,
    messages,
    sent,
    codes,
    stored: () => stored,
    store(delivery) {
      stored = delivery;
    },
    breakStorage() {
      isBroken = true;
    },
    mendStorage() {
      isBroken = false;
    },
  };
}

const begin = (scene: Scene) => scene.outbox.begin(buildConversation({ id: 'c1', channel: 'telegram' }), true);

describe('what a caller may leave to the outbox', () => {
  test('what waits for its turn is known to storage before the caller goes on', async () => {
    const turn = Promise.withResolvers<void>();
    const scene = startScene({ ready: () => turn.promise });
    await begin(scene);
    expect(await scene.outbox.undertake('c1')).toBe(true);
    expect(scene.sent).toEqual([]);
    expect(scene.stored()).toMatchObject({ deliveredSeq: 0, failure: { code: 'queued', attempts: 0 } });
    turn.resolve();
    expect(await scene.outbox.deliver('c1')).toBe('delivered');
    expect(scene.sent).toEqual([1, 2]);
    expect(scene.stored()).toEqual({ conversationId: 'c1', deliveredSeq: 2 });
  });

  test('so is what a run waits for that began at the change itself, before the caller asked', async () => {
    const turn = Promise.withResolvers<void>();
    const scene = startScene({ ready: () => turn.promise });
    await begin(scene);
    const running = scene.outbox.deliver('c1');
    expect(await scene.outbox.undertake('c1')).toBe(true);
    expect(scene.sent).toEqual([]);
    turn.resolve();
    expect(await running).toBe('delivered');
  });

  test('a process that dies after the first of several parcels leaves a mark for the others', async () => {
    const scene = startScene();
    await begin(scene);
    await scene.outbox.deliver('c1');
    expect(scene.codes).toEqual(['', 'sending', 'queued', 'sending', '']);
  });

  test('a run that began before does not answer for what came meanwhile', async () => {
    const first = Promise.withResolvers<void>();
    const scene = startScene({ send: () => first.promise.then(() => ({})) });
    await begin(scene);
    const running = scene.outbox.undertake('c1');
    expect(await running).toBe(true);
    const order: string[] = [];
    const later = scene.outbox.undertake('c1').then(() => order.push('undertaken'));
    scene.messages.push(buildMessage({ seq: 3, externalId: 'out:3', author: 'bot' }));
    order.push('let go');
    first.resolve();
    await later;
    expect(order).toEqual(['let go', 'undertaken']);
  });

  test('without storage nothing is promised', async () => {
    const scene = startScene();
    await begin(scene);
    scene.breakStorage();
    expect(await scene.outbox.undertake('c1')).toBe(false);
  });

  test('nothing is promised once it closes', async () => {
    const scene = startScene();
    await begin(scene);
    await scene.outbox.close();
    expect(await scene.outbox.undertake('c1')).toBe(false);
  });

  test('what failed and is stored as such is promised', async () => {
    const scene = startScene({ send: () => Promise.reject(new SendFailure('unreachable')) });
    await begin(scene);
    expect(await scene.outbox.deliver('c1')).toBe('due');
    expect(scene.stored()?.failure?.code).toBe('unreachable');
    expect(await scene.outbox.undertake('c1')).toBe(true);
  });
});

describe('what the channel learns of a resident', () => {
  test('who cannot be reached is marked, and nothing is sent', async () => {
    const scene = startScene();
    await begin(scene);
    await scene.outbox.learn('c1', 'blocked');
    expect(scene.stored()).toMatchObject({ deliveredSeq: 0, failure: { code: 'blocked' } });
    expect(scene.sent).toEqual([]);
  });

  test('what a process that died was sending stays in doubt, and is not sent a second time', async () => {
    const scene = startScene();
    scene.store({
      conversationId: 'c1',
      deliveredSeq: 0,
      failure: { code: 'sending', at: 0, attempts: 0, upTo: 1 },
      notes: { last: 3 },
    });
    await scene.outbox.learn('c1', 'blocked');
    expect(scene.stored()).toMatchObject({
      deliveredSeq: 1,
      failure: { code: 'blocked' },
      uncertain: [1],
      notes: { last: 3 },
    });
    await scene.outbox.learn('c1', 'reachable');
    expect(scene.sent).toEqual([2]);
    expect(scene.stored()).toMatchObject({ deliveredSeq: 2, uncertain: [1] });
  });

  test('who can be again gets what waits', async () => {
    const scene = startScene();
    await begin(scene);
    await scene.outbox.learn('c1', 'blocked');
    await scene.outbox.learn('c1', 'reachable');
    expect(scene.sent).toEqual([1, 2]);
    expect(scene.stored()).toEqual({ conversationId: 'c1', deliveredSeq: 2 });
  });

  test('the mark goes where nothing waits, too', async () => {
    const scene = startScene();
    await begin(scene);
    await scene.outbox.deliver('c1');
    await scene.outbox.learn('c1', 'blocked');
    await scene.outbox.learn('c1', 'reachable');
    expect(scene.stored()).toEqual({ conversationId: 'c1', deliveredSeq: 2 });
  });

  test('news that comes while something is sent is heard after it', async () => {
    const sending = Promise.withResolvers<object>();
    const begun = Promise.withResolvers<void>();
    const scene = startScene({
      send() {
        begun.resolve();
        return sending.promise;
      },
    });
    await begin(scene);
    const delivered = scene.outbox.deliver('c1');
    await begun.promise;
    const learnt = scene.outbox.learn('c1', 'blocked');
    sending.resolve({});
    await Promise.all([delivered, learnt]);
    expect(scene.stored()).toMatchObject({ deliveredSeq: 2, failure: { code: 'blocked' } });
  });
});

describe('what storage does not take of a send', () => {
  test.each([
    ['it arrived', {}, { deliveredSeq: 2 }],
    ['it was refused', new SendFailure('busy'), { deliveredSeq: 1, failure: { code: 'busy', attempts: 2 } }],
  ])('is known all the same while the process lives, and stored when it can be: %s', async (_, outcome, stored) => {
    const sent: number[] = [];
    const scene: Scene = startScene({
      async send([{ message }]) {
        sent.push(message.seq);
        if (message.seq === 1) return {};
        if (sent.length === 2) scene.breakStorage();
        if (outcome instanceof SendFailure) throw outcome;
        return outcome;
      },
    });
    await begin(scene);
    expect(await scene.outbox.deliver('c1')).toBe('due');
    expect(scene.stored()).toMatchObject({ deliveredSeq: 1, failure: { code: 'sending' } });
    scene.mendStorage();
    await scene.outbox.deliver('c1');
    expect(scene.stored()).toMatchObject(stored);
    expect(scene.codes).not.toContain('uncertain');
    // What arrived is not sent again; what did not, is.
    expect(sent).toEqual(outcome instanceof SendFailure ? [1, 2, 2] : [1, 2]);
  });
});
