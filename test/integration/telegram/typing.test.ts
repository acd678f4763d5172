import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTyping, type Typing } from '../../../src/channels/telegram/typing.js';
import { createManualTimers, type ManualTimers } from '../../support/directline-timers.js';
import { openSending, type Sending } from '../../support/telegram-sending.js';

let sending: Sending;
let timers: ManualTimers;
let typing: Typing;
let lookups: number;

beforeEach(async () => {
  sending = await openSending({ answerMs: 500 });
  let now = 0;
  const clock = {
    now: () => new Date(now),
    advance(seconds: number) {
      now += seconds * 1000;
    },
  };
  timers = createManualTimers(clock);
  lookups = 0;
  typing = createTyping({
    api: sending.api,
    timers,
    changes: sending.wakeUps,
    chatOf: async (id) => {
      lookups += 1;
      if (id === 'broken') throw new Error('no storage');
      return id === sending.conversation.id ? sending.chat.id : undefined;
    },
    clock: clock.now,
  });
});
afterEach(async () => {
  typing.close();
  await sending.close();
});

/** Whatever was called for before has been answered. */
const quiet = () => sending.api.call('getMe', {});
const shown = () => sending.fake.callsOf('sendChatAction').length;
const delegate = { kind: 'typing', author: 'delegate', delegateId: 'd1', name: 'Jean' } as const;

/** A turn that lasts until it is told to end. */
function startTurn(): { readonly end: () => void; readonly done: Promise<string> } {
  let end: () => void = () => undefined;
  const turn = new Promise<string>((resolve) => {
    end = () => resolve('answered');
  });
  return { end, done: typing.during(sending.chat.id, () => turn) };
}

describe('a turn', () => {
  test('that is quick shows nothing', async () => {
    const { end, done } = startTurn();
    timers.advance(0.29);
    end();
    expect(await done).toBe('answered');
    timers.advance(60);
    await quiet();
    expect(shown()).toBe(0);
  });

  test('that lasts shows it, and again every five seconds until it is over', async () => {
    const { end, done } = startTurn();
    timers.advance(0.31);
    await sending.fake.waitForCalls('sendChatAction', 1);
    timers.advance(4.9);
    timers.advance(0.2);
    await sending.fake.waitForCalls('sendChatAction', 2);
    expect(sending.chat.actions.map(({ action }) => action)).toEqual(['typing', 'typing']);
    end();
    await done;
    timers.advance(60);
    expect(timers.pending()).toBe(0);
    expect(shown()).toBe(2);
  });

  test('is nothing that a failure of Telegram could stop; it is then left alone as long as it asks', async () => {
    sending.fake.fail({ method: 'sendChatAction', status: 429, retryAfter: 30 });
    const { end, done } = startTurn();
    timers.advance(0.31);
    await sending.fake.waitForCalls('sendChatAction', 1);
    await quiet();
    timers.advance(25);
    await quiet();
    expect(shown()).toBe(1);
    timers.advance(10);
    await sending.fake.waitForCalls('sendChatAction', 2);
    end();
    expect(await done).toBe('answered');
  });

  test('that fails fails as it did', async () => {
    await expect(typing.during(sending.chat.id, async () => Promise.reject(new Error('storage')))).rejects.toThrow(
      'storage',
    );
    expect(timers.pending()).toBe(0);
  });
});

describe('a delegate who types', () => {
  test('is seen to, at most every five seconds, however often it is told', async () => {
    for (let count = 0; count < 5; count += 1) sending.wakeUps.notify(sending.conversation.id, delegate);
    await sending.fake.waitForCalls('sendChatAction', 1);
    timers.advance(5.1);
    sending.wakeUps.notify(sending.conversation.id, delegate);
    await sending.fake.waitForCalls('sendChatAction', 2);
    expect(lookups).toBe(2);
  });

  test('elsewhere is not, nor is the resident, nor where storage fails', async () => {
    sending.wakeUps.notify('another', delegate);
    sending.wakeUps.notify('broken', delegate);
    sending.wakeUps.notify(sending.conversation.id, { kind: 'typing', author: 'resident' });
    await quiet();
    expect(lookups).toBe(2);
    expect(shown()).toBe(0);
  });
});
