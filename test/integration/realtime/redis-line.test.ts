import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import type { PeersState } from '../../../src/domain/peers.js';
import { hear, openTestPeers, type TestPeers } from '../../support/redis-peers.js';
import { canStartRedis, NEEDS_REDIS_SERVER, type RedisServer, startRedisServer } from '../../support/redis-server.js';

const KEY = randomBytes(32);
/** Within which a change of the line is noticed, both ways. */
const NOTICED_MS = 5_000;

(canStartRedis ? describe : describe.skip)(`the line over Redis (${NEEDS_REDIS_SERVER})`, () => {
  let redis: RedisServer;
  let opened: TestPeers[] = [];

  function open(key: Uint8Array = KEY): TestPeers {
    const peers = openTestPeers(redis.url, key);
    opened.push(peers);
    return peers;
  }

  async function openPair(): Promise<readonly [TestPeers, TestPeers]> {
    const pair = [open(), open()] as const;
    await Promise.all(pair.map((peers) => peers.until('together')));
    return pair;
  }

  async function within(peers: readonly TestPeers[], state: PeersState): Promise<number> {
    const started = performance.now();
    await Promise.all(peers.map((each) => each.until(state)));
    return performance.now() - started;
  }

  beforeAll(async () => {
    redis = await startRedisServer();
  });
  afterAll(() => redis.close());
  afterEach(() => {
    for (const peers of opened) peers.close();
    opened = [];
  });

  test('what one tells, the others hear in its order, and it does not hear itself', async () => {
    const [one, other] = await openPair();
    const own: unknown[] = [];
    one.listen('change', (content) => own.push(content));
    const heard = hear(other, 500);
    for (let number = 0; number < 500; number += 1) one.tell('change', { number });
    expect(await heard).toEqual(Array.from({ length: 500 }, (_, number) => ({ number })));
    const back = hear(one, 1);
    other.tell('change', { from: 'other' });
    expect(await back).toEqual([{ from: 'other' }]);
    expect(own).toEqual([{ from: 'other' }]);
  });

  test('a question is answered by whoever can; without others, or an answer, there is none', async () => {
    const [one, other] = await openPair();
    other.answer('secret', (question) => (question === null ? undefined : { echo: 'yes' }));
    expect(await one.ask('secret', { of: 'c1' }, 2_000)).toEqual({ echo: 'yes' });
    expect(await one.ask('session', {}, 50)).toBeUndefined();

    const alone = open(randomBytes(32));
    await alone.until('together');
    const started = performance.now();
    expect(await alone.ask('secret', {}, 60_000)).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test('nothing in clear passes over Redis or is stored there; another key hears nothing', async () => {
    const [one, other] = await openPair();
    const stranger = open(randomBytes(32));
    await stranger.until('together');
    const strangerHeard: unknown[] = [];
    stranger.listen('change', (content) => strangerHeard.push(content));
    const raw = new Redis(redis.url);
    const passed: Buffer[] = [];
    await raw.psubscribe('*');
    raw.on('pmessageBuffer', (_pattern: Buffer, channel: Buffer, bytes: Buffer) => passed.push(channel, bytes));

    const heard = hear(other, 1);
    one.tell('change', { word: 'canari' });
    await heard;
    // Its own word comes back to the stranger after that one would have come.
    const answer = stranger.ask('secret', {}, 200);
    await answer;
    expect(passed.length).toBeGreaterThan(0);
    const bytes = Buffer.concat(passed);
    for (const secret of ['canari', 'change', 'tell', KEY.toString('base64'), one.self])
      expect(bytes.includes(secret)).toBe(false);
    expect(bytes.includes(KEY)).toBe(false);
    expect(strangerHeard).toEqual([]);
    raw.disconnect();
    const looker = new Redis(redis.url);
    expect(await looker.keys('*')).toEqual([]);
    looker.disconnect();
  });

  test('what is played again, altered, or comes from a stranger is not heard', async () => {
    const [one, other] = await openPair();
    const raw = new Redis(redis.url);
    const recorder = new Redis(redis.url);
    await recorder.subscribe(`${one.prefix}:line`);
    const recorded: Buffer[] = [];
    recorder.on('messageBuffer', (_channel: Buffer, bytes: Buffer) => recorded.push(bytes));
    const heard: unknown[] = [];
    other.listen('change', (content) => heard.push(content));
    const first = hear(other, 1);
    one.tell('change', { number: 1 });
    await first;
    for (const bytes of [...recorded]) {
      await raw.publish(`${one.prefix}:line`, bytes);
      const altered = Buffer.from(bytes);
      altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1;
      // As if it were a later one.
      altered[24] = 255;
      await raw.publish(`${one.prefix}:line`, altered);
      await raw.publish(`${one.prefix}:line`, 'not sealed at all');
    }
    const last = hear(other, 1);
    one.tell('change', { number: 2 });
    await last;
    expect(heard).toEqual([{ number: 1 }, { number: 2 }]);
    raw.disconnect();
    recorder.disconnect();
  });

  test.each([
    ['is killed', () => redis.kill(), () => redis.restart()],
    ['falls silent', () => redis.pause(), () => redis.resume()],
  ])('apart while Redis %s, together again by itself, and nothing waits for it', async (_how, end, begin) => {
    const pair = await openPair();
    await end();
    expect(await within(pair, 'apart')).toBeLessThan(NOTICED_MS);
    const started = performance.now();
    for (let number = 0; number < 5_000; number += 1) pair[0].tell('change', { number });
    expect(await pair[0].ask('secret', {}, 200)).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(2_500);
    await begin();
    expect(await within(pair, 'together')).toBeLessThan(NOTICED_MS);
    // One that was silent may end its old connections only now: what is told in that moment is lost.
    const heard = hear(pair[1], 1);
    const telling = setInterval(() => pair[0].tell('change', { again: true }), 50);
    expect((await heard).length).toBe(1);
    clearInterval(telling);
  });

  test('a Redis that was restarted between two looks is noticed, and is no news for the operator', async () => {
    const [one] = await openPair();
    const apart = one.until('apart');
    await redis.restart();
    await apart;
    await one.until('together');
    expect(one.lines.filter((line) => line.startsWith('warn'))).toEqual([]);
  });

  test('the operator is told once what is wrong, and once that it is well again', async () => {
    const [one] = await openPair();
    await redis.kill();
    await one.until('apart');
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    await redis.restart();
    await one.until('together');
    expect(one.lines).toEqual([
      expect.stringMatching(/^info .*"together".* Redis : la liaison/),
      expect.stringMatching(/^warn .*"silent".*ECONNREFUSED.* Redis ne répond pas/),
      expect.stringMatching(/^info .*"together"/),
    ]);
    expect(one.lines.join()).not.toContain(redis.url.slice('redis://'.length));
  });
});
