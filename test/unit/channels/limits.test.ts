import { describe, expect, test } from '@jest/globals';
import { createAddressCap, createPacer, createThrottle } from '../../../src/channels/directline/limits.js';

/** A pacer on a clock of its own; `pauses` tells how long each call was held back. */
function pacer({ start = 0, longestDelayMs = 1000 } = {}) {
  let now = start;
  const pauses: number[] = [];
  const made = createPacer({
    burst: 3,
    spacingMs: 100,
    longestDelayMs,
    now: () => now,
    wait: async (ms) => {
      pauses.push(ms);
    },
  });
  return {
    pauses,
    pass: (key = 'a') => made.pass(key),
    advance: (ms: number) => {
      now += ms;
    },
  };
}

describe('the pacer', () => {
  test.each([[0], [5], [1e9]])('lets a burst through at time %d, then spaces the calls out', async (start) => {
    const { pass, pauses } = pacer({ start });
    for (let calls = 0; calls < 6; calls++) await pass();
    expect(pauses).toEqual([100, 200, 300]);
  });

  test('gives the burst back with time, and no more than that', async () => {
    const { pass, pauses, advance } = pacer();
    for (let calls = 0; calls < 3; calls++) await pass();
    advance(100);
    await pass();
    expect(pauses).toEqual([]);
    advance(1e6);
    for (let calls = 0; calls < 4; calls++) await pass();
    expect(pauses).toEqual([100]);
  });

  test('keeps keys apart', async () => {
    const { pass, pauses } = pacer();
    for (let calls = 0; calls < 3; calls++) await Promise.all([pass('a'), pass('b')]);
    expect(pauses).toEqual([]);
  });

  test('refuses what would wait for too long, and a refused call takes no place', async () => {
    const { pass, pauses, advance } = pacer({ longestDelayMs: 200 });
    for (let calls = 0; calls < 5; calls++) await pass();
    await expect(pass()).rejects.toMatchObject({ code: 'TooBusy' });
    await expect(pass()).rejects.toMatchObject({ code: 'TooBusy' });
    advance(100);
    await pass();
    expect(pauses).toEqual([100, 200, 200]);
  });

  test('forgets idle keys without forgetting what the others used', async () => {
    const { pass, pauses, advance } = pacer();
    for (let key = 0; key < 1500; key++) await pass(`${key}`);
    advance(250);
    for (let calls = 0; calls < 4; calls++) await pass('kept');
    for (let key = 0; key < 1500; key++) await pass(`later ${key}`);
    await pass('kept');
    expect(pauses).toEqual([100, 200]);
  });
});

describe('the cap of an address', () => {
  test('tells how long to wait once it is reached, for that address only', async () => {
    const cap = createAddressCap(2, { name: 'cap' });
    expect([await cap.secondsToWait('192.0.2.1'), await cap.secondsToWait('192.0.2.1')]).toEqual([
      undefined,
      undefined,
    ]);
    expect(await cap.secondsToWait('192.0.2.1')).toBe(600);
    expect(await cap.secondsToWait('192.0.2.2')).toBeUndefined();
  });

  test.each([
    ['192.0.2.7', '::ffff:192.0.2.7', true],
    ['2001:db8::1', '2001:db8:0:0:ffff::9', true],
    ['2001:db8:1:2:3:4:5:6', '2001:DB8:1:2::', true],
    ['fe80::1%eth0', 'fe80::2', true],
    ['2001:db8::1', '2001:db8:0:1::1', false],
    ['::1', '192.0.2.7', false],
  ])('%s and %s are one household: %s', async (one, other, isSame) => {
    const cap = createAddressCap(1, { name: 'cap' });
    await cap.secondsToWait(one);
    expect((await cap.secondsToWait(other)) !== undefined).toBe(isSame);
  });

  test('holds for a caller without an address', async () => {
    const cap = createAddressCap(1, { name: 'cap' });
    await cap.secondsToWait(undefined);
    expect(await cap.secondsToWait(undefined)).toBe(600);
  });
});

describe('the throttle', () => {
  test('passes one in its time for each key, and one again after it', () => {
    let now = 0;
    const throttle = createThrottle(100, () => now);
    const passes: boolean[] = [];
    for (const at of [0, 50, 99, 100, 150, 1000]) {
      now = at;
      passes.push(throttle.isDue('a'));
    }
    expect(passes).toEqual([true, false, false, true, false, true]);
    expect(throttle.isDue('b')).toBe(true);
  });

  test('forgets idle keys, and only those', () => {
    let now = 0;
    const throttle = createThrottle(100, () => now);
    for (let keys = 0; keys < 1500; keys++) throttle.isDue(`old ${keys}`);
    now = 99;
    throttle.isDue('recent');
    now = 120;
    for (let keys = 0; keys < 1500; keys++) throttle.isDue(`new ${keys}`);
    expect(throttle.isDue('recent')).toBe(false);
    expect(throttle.isDue('old 0')).toBe(true);
  });
});
