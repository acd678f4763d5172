import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { openTestPeers, type TestPeers } from '../../support/redis-peers.js';
import { canStartRedis, NEEDS_REDIS_SERVER, type RedisServer, startRedisServer } from '../../support/redis-server.js';
import {
  CONVERSATION,
  openReportProcesses,
  type ReportProcess,
  type ReportProcesses,
} from '../../support/report-processes.js';

const KEY = randomBytes(32);
const STORY = 'ils crient sous ma fenêtre avec un hautparleurcanari';
const WALK = [STORY, 'Commencer', 'Bruit, nuisances', 'Picardiecanari', 'hier soir', 'non', 'anonyme'];

/** All that reaches Redis, as Redis takes it: every byte of every command, from before the first one on. */
async function monitor({ port }: RedisServer): Promise<{ bytes(): Buffer; close(): void }> {
  const socket = connect(port, '127.0.0.1');
  const parts: Buffer[] = [];
  socket.on('data', (part: Buffer) => parts.push(part));
  socket.write('MONITOR\r\n');
  await once(socket, 'data');
  return { bytes: () => Buffer.concat(parts), close: () => void socket.destroy() };
}

(canStartRedis ? describe : describe.skip)(`a report over Redis (${NEEDS_REDIS_SERVER})`, () => {
  let redis: RedisServer;
  let stage: ReportProcesses;
  let peers: TestPeers[];
  let processes: ReportProcess[];

  beforeAll(async () => {
    redis = await startRedisServer();
    stage = await openReportProcesses();
    peers = [1, 2, 3].map(() => openTestPeers(redis.url, KEY));
    await Promise.all(peers.map((each) => each.until('together')));
    processes = peers.map((each) => stage.start(each));
  });
  afterAll(async () => {
    for (const each of peers) each.close();
    await redis.close();
  });

  const at = (index: number): ReportProcess => processes[index % 3] ?? never();

  test('goes from process to process, and Redis is told and keeps nothing of it', async () => {
    const heard = await monitor(redis);
    const raw = new Redis(redis.url);
    for (const [index, text] of WALK.entries()) await at(index).say(text);
    const shown = await at(WALK.length).shown();
    expect(shown.join('\n')).toContain(STORY);
    expect(shown.join('\n')).not.toContain('déjà scellé');

    const draft = await stage.world.storage.reports.draftOf(CONVERSATION);
    const [{ id: keyId = '' } = {}] = draft?.keys ?? [];
    const held = processes.map(({ reports }) => reports.intake.draftOf(CONVERSATION));
    expect((await Promise.all(held)).map((each) => Object.keys(each?.known ?? {}).length)).toEqual([6, 6, 6]);

    const keys = await raw.keys('*');
    const dumps = await Promise.all(keys.map((key) => raw.dumpBuffer(key)));
    // Answered, so that all before it has been seen.
    await raw.ping('the end');
    while (!heard.bytes().includes('the end')) await new Promise((resolve) => setImmediate(resolve));
    const bytes = Buffer.concat([
      heard.bytes(),
      ...keys.map((key) => Buffer.from(key)),
      ...dumps.map((dump) => dump ?? Buffer.of()),
    ]);
    expect(
      heard
        .bytes()
        .toString('latin1')
        .match(/"publish"/gi)?.length,
    ).toBeGreaterThan(WALK.length);
    expect(keys).toEqual([]);
    for (const secret of [
      'canari',
      'fenêtre',
      'fen\\xc3\\xaatre',
      CONVERSATION,
      draft?.id ?? never(),
      keyId,
      'words',
      'secret',
    ]) {
      if (secret.length > 2) expect(bytes.includes(secret)).toBe(false);
    }
    heard.close();
    raw.disconnect();
  });

  test('with Redis away it waits for nobody, and goes on as after a restart', async () => {
    redis.pause();
    const began = performance.now();
    await at(0).say('Modifier');
    await at(1).say('non');
    at(2).confidences.clear();
    expect((await at(2).shown()).join('\n')).not.toContain(STORY);
    expect(performance.now() - began).toBeLessThan(5_000);
    redis.resume();
    await Promise.all(peers.map((each) => each.until('together')));
    const seq = await stage.lastSeq();
    await at(2).say('Modifier');
    await at(0).say('non');
    expect((await at(1).shown(seq)).join('\n')).toContain(STORY);
    expect(stage.failures).toEqual([]);
  });
});

function never(): never {
  throw new Error('It is there');
}
