import { describe, expect, test } from '@jest/globals';
import { createPace, type Pace } from '../../../../src/channels/telegram/pace.js';
import { createManualTimers, type ManualTimers } from '../../../support/directline-timers.js';

interface Scene {
  readonly pace: Pace;
  readonly timers: ManualTimers;
  /** The chats that were let through, in their order, with the ms since the start. */
  readonly passed: { readonly chatId: number; readonly at: number }[];
  /** Asks for a message to the chat; it is over `tookMs` after it was let through. */
  ask(chatId: number, tookMs?: number): void;
  /** Lets what follows from the promises happen, a ms at a time. */
  advance(ms: number): Promise<void>;
}

function startScene(mostASecond?: () => number): Scene {
  let now = 0;
  const clock = {
    now: () => new Date(now),
    advance(seconds: number) {
      now += seconds * 1000;
    },
  };
  const timers = createManualTimers(clock);
  const pace = createPace({ clock: clock.now, timers, ...(mostASecond && { mostASecond }) });
  const passed: Scene['passed'] = [];
  return {
    pace,
    timers,
    passed,
    ask(chatId, tookMs = 0) {
      void pace.ready(chatId).then(() => {
        passed.push({ chatId, at: Math.round(now) });
        if (tookMs === 0) pace.sent(chatId);
        else timers.set(() => pace.sent(chatId), tookMs);
      });
    },
    async advance(ms) {
      for (let past = 0; past < ms; past += 1) {
        await Promise.resolve();
        await Promise.resolve();
        timers.advance(0.001);
      }
      await Promise.resolve();
      await Promise.resolve();
    },
  };
}

const timesOf = ({ passed }: Scene, chatId: number) =>
  passed.filter((one) => one.chatId === chatId).map(({ at }) => at);

describe('a turn that is given up', () => {
  test('while it was waited for holds nobody up', async () => {
    const scene = startScene();
    scene.ask(7);
    const end = new AbortController();
    const waited = scene.pace.ready(7, end.signal);
    end.abort();
    await expect(waited).rejects.toThrow('given up');
    scene.ask(7);
    await scene.advance(1_500);
    expect(timesOf(scene, 7)).toEqual([0, expect.closeTo(1_005, -1)]);
  });

  test('once it was had is free at once, to the chat and to all', async () => {
    const scene = startScene();
    const ends = Array.from({ length: 30 }, () => new AbortController());
    for (const [index, { signal }] of ends.entries()) await scene.pace.ready(index + 1, signal);
    scene.ask(1);
    scene.ask(31);
    await scene.advance(10);
    expect(scene.passed).toEqual([]);
    for (const end of ends.slice(0, 2)) end.abort();
    await scene.advance(10);
    expect(scene.passed.map(({ chatId }) => chatId)).toEqual([1, 31]);
  });
});

describe('one chat', () => {
  test('is written to once a second, the first time at once', async () => {
    const scene = startScene();
    for (let count = 0; count < 3; count += 1) scene.ask(7);
    await scene.advance(3_000);
    expect(timesOf(scene, 7)).toEqual([0, expect.closeTo(1_005, -1), expect.closeTo(2_010, -1)]);
  });

  test('the second counts from the answer: so long may the message have been on its way', async () => {
    const scene = startScene();
    scene.ask(7, 400);
    scene.ask(7);
    await scene.advance(2_000);
    expect(timesOf(scene, 7)[1]).toBeGreaterThanOrEqual(1_400);
  });

  test('does not keep another one waiting', async () => {
    const scene = startScene();
    scene.ask(7);
    scene.ask(7);
    scene.ask(8);
    await scene.advance(10);
    expect(scene.passed.map(({ chatId }) => chatId)).toEqual([7, 8]);
  });
});

describe('all chats', () => {
  test('have thirty places in any second, as messages arrive; those who waited longest come first', async () => {
    const scene = startScene();
    for (let chatId = 1; chatId <= 100; chatId += 1) scene.ask(chatId, (chatId * 37) % 200);
    await scene.advance(6_000);
    expect(scene.passed.map(({ chatId }) => chatId)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    for (const { at } of scene.passed) {
      expect(scene.passed.filter((one) => one.at >= at && one.at < at + 1_000).length).toBeLessThanOrEqual(30);
    }
  });

  test('a place whose call never ends is free again some time', async () => {
    const scene = startScene();
    for (let chatId = 1; chatId <= 30; chatId += 1) void scene.pace.ready(chatId);
    scene.ask(31);
    await scene.advance(29_000);
    expect(scene.passed).toEqual([]);
    await scene.advance(2_000);
    expect(timesOf(scene, 31)).toHaveLength(1);
  });
});

describe('a pause that the service wants', () => {
  test('stops the one chat', async () => {
    const scene = startScene();
    scene.pace.hold(5_000, 7);
    scene.ask(7);
    scene.ask(8);
    await scene.advance(4_900);
    expect(scene.passed.map(({ chatId }) => chatId)).toEqual([8]);
    expect(scene.pace.heldMs(7)).toBeGreaterThan(0);
    await scene.advance(200);
    expect(timesOf(scene, 7)[0]).toBeGreaterThanOrEqual(5_000);
    expect(scene.pace.heldMs(7)).toBe(0);
  });

  test('stops all when no chat is named, or when a second chat is stopped meanwhile', async () => {
    const named = startScene();
    named.pace.hold(3_000);
    named.ask(7);
    const second = startScene();
    second.pace.hold(1_000, 7);
    second.pace.hold(3_000, 8);
    second.ask(9);
    for (const scene of [named, second]) {
      await scene.advance(2_900);
      expect(scene.passed).toEqual([]);
      await scene.advance(200);
      expect(scene.passed).toHaveLength(1);
    }
  });

  test('of an earlier time means nothing for a later one', async () => {
    const scene = startScene();
    scene.pace.hold(1_000, 7);
    await scene.advance(1_500);
    scene.pace.hold(60_000, 8);
    scene.ask(9);
    await scene.advance(10);
    expect(timesOf(scene, 9)).toHaveLength(1);
  });
});

describe('time', () => {
  test('a clock that is set back, or stands still, keeps nobody waiting', async () => {
    let now = 10_000_000;
    const rings: { readonly task: () => void; readonly ms: number }[] = [];
    const pace = createPace({
      clock: () => new Date(now),
      timers: {
        set(task, ms) {
          rings.push({ task, ms });
          return () => undefined;
        },
      },
    });
    await pace.ready(7);
    pace.sent(7);
    now -= 3_600_000;
    const second = pace.ready(7);
    expect(rings.map(({ ms }) => ms)).toEqual([1_005]);
    rings[0]?.task();
    await expect(second).resolves.toBeUndefined();
  });

  test('once closed, nobody waits any longer', async () => {
    const scene = startScene();
    scene.pace.hold(60_000);
    const waiting = scene.pace.ready(7);
    scene.pace.close();
    await expect(waiting).rejects.toThrow();
    await expect(scene.pace.ready(8)).rejects.toThrow();
    expect(scene.timers.pending()).toBe(0);
  });
});

test('a process that shares what Telegram takes with others keeps to its part, and takes all of it when it is alone', async () => {
  let part = 2;
  const scene = startScene(() => part);
  for (let chatId = 1; chatId <= 6; chatId++) scene.ask(chatId);
  await scene.advance(3_100);
  expect(scene.passed.map(({ at }) => Math.floor(at / 1000))).toEqual([0, 0, 1, 1, 2, 2]);
  part = 30;
  for (let chatId = 11; chatId <= 20; chatId++) scene.ask(chatId);
  await scene.advance(1_000);
  expect(scene.passed).toHaveLength(16);
});
