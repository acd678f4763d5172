import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SendFailure } from '../../../src/channels/delivery-failures.js';
import { type OutboxProcess, type OutboxStage, openOutboxStage } from '../../support/outbox-processes.js';

let stage: OutboxStage;
let one: OutboxProcess;
let two: OutboxProcess;

beforeEach(async () => {
  stage = await openOutboxStage();
  [one, two] = [stage.join('one'), stage.join('two')];
  const conversation = await stage.open();
  await two.outbox.begin(conversation, true);
});
afterEach(() => stage.close());

const delivery = () => stage.storage.deliveries.load('c1');

describe('what a process asks that does not send', () => {
  test('is stored, told, done by the one that sends, and no longer asked then', async () => {
    one.take();
    await stage.settle();
    await stage.say();
    expect(await two.outbox.undertake('c1')).toBe(true);
    await stage.settle();
    expect(stage.sent).toEqual([{ by: 'one', seq: 1 }]);
    expect(await delivery()).toMatchObject({ deliveredSeq: 1 });
    expect(await stage.storage.asks.load('c1')).toBeUndefined();
    expect(stage.given).toEqual([{ by: 'one', notes: { from: 'two' } }]);
    expect([one.outbox.isSender(), two.outbox.isSender()]).toEqual([true, false]);
  });

  test('is asked for, not sent, when somebody wants it delivered', async () => {
    await stage.say();
    expect(await two.outbox.deliver('c1')).toBe('asked');
    expect(stage.sent).toEqual([]);
    two.breakStorage();
    expect(await two.outbox.deliver('c1')).toBe('due');
    expect(await two.outbox.undertake('c1')).toBe(false);
    expect(await two.outbox.learn('c1', 'blocked')).toBe(false);
  });

  test('is found by the one that sends next, when nobody does', async () => {
    await stage.say();
    expect(await two.outbox.undertake('c1')).toBe(true);
    one.take();
    await stage.settle();
    expect(stage.seqs()).toEqual([1]);
    expect(await stage.storage.asks.load('c1')).toBeUndefined();
  });

  test.each([
    ['when the line is away', () => stage.line.cut()],
    ['when what is told is lost', () => stage.line.lose(() => true)],
  ])('is found by looking, %s', async (_, disturb) => {
    one.take();
    await stage.settle();
    disturb();
    await stage.say();
    await two.outbox.undertake('c1');
    await stage.settle();
    stage.timers.advance(10);
    await stage.settle();
    expect(stage.seqs()).toEqual([1]);
    expect(await stage.storage.asks.load('c1')).toBeUndefined();
  });

  test('what nobody asked for, since its process died or its signal was lost, is found among what has changed', async () => {
    one.take();
    await stage.settle();
    await stage.say();
    stage.timers.advance(31);
    await stage.settle();
    expect(stage.seqs()).toEqual([1]);
  });

  test('news counts in the order in which it was learnt, whoever learnt it', async () => {
    await stage.say();
    expect(await two.outbox.learn('c1', 'blocked')).toBe(true);
    one.take();
    await stage.settle();
    expect((await delivery())?.failure?.code).toBe('blocked');
    expect(stage.sent).toEqual([]);
    await one.outbox.learn('c1', 'blocked');
    await two.outbox.learn('c1', 'reachable');
    await stage.settle();
    expect(stage.seqs()).toEqual([1]);
    expect(await delivery()).not.toHaveProperty('failure');
    expect(await stage.storage.asks.load('c1')).toBeUndefined();
  });

  test('what is asked anew while it is seen to is seen to again', async () => {
    one.take();
    await stage.settle();
    await stage.say();
    one.stopAtSend();
    await two.outbox.undertake('c1');
    await one.stopped();
    await stage.say();
    await two.outbox.undertake('c1');
    one.wake();
    await stage.settle();
    stage.timers.advance(10);
    await stage.settle();
    expect(stage.seqs()).toEqual([1, 2]);
    expect(await stage.storage.asks.load('c1')).toBeUndefined();
  });

  test('of a conversation that is gone is forgotten', async () => {
    await two.outbox.undertake('c1');
    await stage.storage.conversations.remove('c1');
    one.take();
    await stage.settle();
    expect(await stage.storage.asks.load('c1')).toBeUndefined();
    expect(await delivery()).toBeUndefined();
  });
});

describe('two processes that both believe to have the right to send', () => {
  /** One stands still in the middle of a send while two takes over. */
  async function standStill(): Promise<void> {
    one.take();
    await stage.settle();
    await stage.say();
    one.stopAtSend();
    void one.outbox.deliver('c1');
    await one.stopped();
    two.take();
    await stage.settle();
  }

  test('what the first was sending is in doubt, and not sent by the second', async () => {
    await standStill();
    expect(stage.sent).toEqual([]);
    expect(await delivery()).toMatchObject({ deliveredSeq: 1, uncertain: [1], failure: { code: 'uncertain' } });
  });

  test('what turns out to have arrived is in doubt no longer', async () => {
    await standStill();
    one.wake();
    await stage.settle();
    expect(stage.sent).toEqual([{ by: 'one', seq: 1 }]);
    const now = await delivery();
    expect(now).toMatchObject({ deliveredSeq: 1 });
    expect(now).not.toHaveProperty('uncertain');
    expect(now?.failure?.code ?? 'queued').toBe('queued');
  });

  test('nor after the second has gone on', async () => {
    await standStill();
    await stage.say();
    await two.outbox.deliver('c1');
    one.wake();
    await stage.settle();
    expect(stage.sent).toEqual([
      { by: 'two', seq: 2 },
      { by: 'one', seq: 1 },
    ]);
    const now = await delivery();
    expect(now).toMatchObject({ deliveredSeq: 2, notes: { by: 'two' } });
    expect(now).not.toHaveProperty('uncertain');
    expect(now).not.toHaveProperty('failure');
  });

  test('what did not arrive stays in doubt as it was left', async () => {
    await standStill();
    one.wake(new SendFailure('unreachable'));
    await stage.settle();
    expect(await delivery()).toMatchObject({ deliveredSeq: 1, uncertain: [1] });
  });

  test('the first sends nothing more, and spoils nothing, with all that it had read before', async () => {
    await standStill();
    for (let count = 0; count < 3; count++) await stage.say();
    await two.outbox.deliver('c1');
    one.wake();
    await Promise.all([one.outbox.deliver('c1'), two.outbox.deliver('c1')]);
    await stage.settle();
    expect([...stage.seqs()].sort()).toEqual([1, 2, 3, 4]);
    expect(await delivery()).toMatchObject({ deliveredSeq: 4 });
  });

  test('each message is sent once, however they take turns', async () => {
    one.take();
    two.take();
    for (let round = 0; round < 20; round++) {
      await stage.say();
      await Promise.all([one.outbox.deliver('c1'), two.outbox.deliver('c1')]);
    }
    await stage.settle();
    stage.timers.advance(60);
    await stage.settle();
    const seqs = [...stage.seqs()].sort((a, b) => a - b);
    expect(new Set(seqs).size).toBe(seqs.length);
    const { uncertain = [], deliveredSeq } = (await delivery()) ?? {};
    expect(deliveredSeq).toBe(20);
    expect([...new Set([...seqs, ...uncertain])].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
    // What has arrived is in no doubt.
    expect(uncertain.filter((seq) => seqs.includes(seq))).toEqual([]);
  });
});

describe('a right that is lost', () => {
  test('before the send, and after its mark: it is not sent, and is due to the next one without a doubt', async () => {
    await stage.close();
    const held = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    stage = await openOutboxStage({
      ready() {
        asked.resolve();
        return held.promise;
      },
    });
    [one, two] = [stage.join('one'), stage.join('two')];
    await one.outbox.begin(await stage.open(), true);
    one.take();
    await stage.settle();
    await stage.say();
    const delivered = one.outbox.deliver('c1');
    await asked.promise;
    const lost = one.lose();
    held.resolve();
    await Promise.all([delivered, lost]);
    expect(stage.sent).toEqual([]);
    two.take();
    await stage.settle();
    expect(stage.sent).toEqual([{ by: 'two', seq: 1 }]);
    expect(await delivery()).not.toHaveProperty('uncertain');
  });

  test('while storage is away: what it knows to have arrived is told when storage is back', async () => {
    one.take();
    await stage.settle();
    await stage.say();
    one.stopAtSend();
    void one.outbox.deliver('c1');
    await one.stopped();
    one.breakStorage();
    one.wake();
    await one.lose();
    two.take();
    await stage.settle();
    expect(await delivery()).toMatchObject({ uncertain: [1] });
    one.mendStorage();
    stage.timers.advance(6);
    await stage.settle();
    expect(stage.sent).toEqual([{ by: 'one', seq: 1 }]);
    expect(await delivery()).not.toHaveProperty('uncertain');
  });

  test('by a release: the other one goes on with what is due', async () => {
    one.take();
    await stage.settle();
    await stage.say();
    await one.lose();
    expect(await one.outbox.undertake('c1')).toBe(true);
    two.take();
    await stage.settle();
    expect(stage.sent).toEqual([{ by: 'two', seq: 1 }]);
  });

  test('a process that ends promises nothing more', async () => {
    one.take();
    await stage.settle();
    await stage.say();
    await Promise.all([one.outbox.close(), two.outbox.close()]);
    expect(await Promise.all([one.outbox.undertake('c1'), two.outbox.undertake('c1')])).toEqual([false, false]);
    expect(await two.outbox.deliver('c1')).toBe('due');
    expect(await two.outbox.learn('c1', 'blocked')).toBe(false);
    expect(await stage.storage.asks.load('c1')).toBeUndefined();
  });
});
