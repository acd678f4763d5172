import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { createAddressCap } from '../../../src/channels/directline/limits.js';
import { createSharedLimiters, type Limiters } from '../../../src/http/limiters.js';
import { createSharedReceiptAttempts } from '../../../src/http/receipt-limit.js';
import { ATTEMPT_LIMITS, createAttempts, createCallLimits } from '../../../src/inbox/limits.js';
import { createRedisCounting } from '../../../src/realtime/redis-counting.js';
import { openTestPeers, type TestPeers } from '../../support/redis-peers.js';
import { canStartRedis, NEEDS_REDIS_SERVER, type RedisServer, startRedisServer } from '../../support/redis-server.js';

const SILENT = { warn: () => undefined };
const WHO = { login: 'marie.canari', address: '198.51.100.77' };

(canStartRedis ? describe : describe.skip)(`counters in Redis (${NEEDS_REDIS_SERVER})`, () => {
  let redis: RedisServer;
  let opened: TestPeers[] = [];

  /** Two processes of one installation. */
  async function openTwo(): Promise<readonly [Limiters, Limiters]> {
    const [key, salt] = [randomBytes(32), randomBytes(32)];
    const open = (): Limiters => {
      const peers = openTestPeers(redis.url, key);
      opened.push(peers);
      return createSharedLimiters(salt, createRedisCounting(peers, SILENT));
    };
    const pair = [open(), open()] as const;
    await Promise.all(opened.map((peers) => peers.until('together')));
    return pair;
  }

  async function stored(): Promise<readonly string[]> {
    const looker = new Redis(redis.url);
    const keys = await looker.keys('*');
    looker.disconnect();
    return keys;
  }

  beforeAll(async () => {
    redis = await startRedisServer();
  });
  afterAll(() => redis.close());
  afterEach(() => {
    for (const peers of opened) peers.close();
    opened = [];
  });

  test('wrong passwords at one server are counted at the other; a right one forgives at both', async () => {
    const [one, other] = await openTwo();
    const limits = { ...ATTEMPT_LIMITS, pair: { points: 3, duration: 60 } };
    const [here, there] = [createAttempts(limits, one), createAttempts(limits, other)];
    await here.begin(WHO);
    await there.begin(WHO);
    const third = await here.begin(WHO);
    await expect(there.begin(WHO)).rejects.toMatchObject({ code: 'too-many-attempts' });
    await third.succeed();
    await expect(there.begin(WHO)).resolves.toBeDefined();
  });

  test('calls, new sessions of the widget and wrong receipts are counted together', async () => {
    const [one, other] = await openTwo();
    const [here, there] = [one, other].map((limiters) =>
      createCallLimits({ perAddress: 2, perStranger: 9, perSession: 9 }, limiters),
    );
    await here?.passAddress(WHO.address);
    await there?.passAddress(WHO.address);
    await expect(here?.passAddress(WHO.address)).rejects.toMatchObject({ code: 'too-many-attempts' });

    const caps = [one, other].map((limiters) => createAddressCap(1, { name: 'cap', limiters }));
    expect(await caps[0]?.secondsToWait(WHO.address)).toBeUndefined();
    expect(await caps[1]?.secondsToWait(WHO.address)).toBe(600);

    const receipts = [one, other, one, other, one, other].map(createSharedReceiptAttempts);
    const taken = [];
    for (const attempts of receipts) taken.push(await attempts.begin('c1'));
    expect(taken).toEqual([true, true, true, true, true, false]);
    await receipts[0]?.forgive('c1');
    await receipts[0]?.forgive('c1');
    expect(await receipts[1]?.begin('c1')).toBe(true);
  });

  test('Redis keeps hashes for a limited time: no login, no address, no conversation', async () => {
    const [one] = await openTwo();
    await (await createAttempts(ATTEMPT_LIMITS, one).begin(WHO)).succeed();
    await createSharedReceiptAttempts(one).begin('conversation-canari');
    const keys = await stored();
    expect(keys.length).toBeGreaterThan(2);
    expect(keys.join()).not.toMatch(/canari|marie|198\.51/);
    const looker = new Redis(redis.url);
    const lives = await Promise.all(keys.map((key) => looker.ttl(key)));
    looker.disconnect();
    expect(lives.every((seconds) => seconds > 0)).toBe(true);
  });

  test('a silent Redis holds up one call by a third of a second; then this process counts until it answers', async () => {
    const [one] = await openTwo();
    const attempts = createSharedReceiptAttempts(one);
    for (let count = 0; count < 5; count += 1) await attempts.begin('c2');
    expect(await attempts.begin('c2')).toBe(false);
    redis.pause();
    try {
      const started = performance.now();
      expect(await attempts.begin('c2')).toBe(true);
      const first = performance.now() - started;
      for (let count = 0; count < 4; count += 1) expect(await attempts.begin('c2')).toBe(true);
      expect(await attempts.begin('c2')).toBe(false);
      const rest = performance.now() - started - first;
      expect(first).toBeGreaterThan(250);
      expect(rest).toBeLessThan(first);
    } finally {
      redis.resume();
    }
    await opened[0]?.until('together');
    expect(await attempts.begin('c2')).toBe(false);
  });
});
