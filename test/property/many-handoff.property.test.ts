import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createInProcessWakeUps, createSharedWakeUps } from '../../src/realtime/wake-ups.js';
import type { Storage } from '../../src/storage/ports/storage.js';
import { inDepth } from '../support/depth.js';
import { playHandoff } from '../support/handoff-model.js';
import { type Crash, type HandoffPlan, handoffPlans } from '../support/handoff-plan.js';
import type { PlayedProcess } from '../support/handoff-world.js';
import { eventually } from '../support/many/doors.js';
import { openTestPeers, type TestPeers } from '../support/redis-peers.js';
import { canStartRedis, type RedisServer, startRedisServer } from '../support/redis-server.js';
import { type MongooseUnderTest, makeMongooseStorage } from '../support/storage-mongoose.js';

/** Each play is a tenth of a second, or more where the machine is busy. */
const RUNS = Number(process.env.MANY_PLAYS ?? inDepth(300, 50));
const MS_A_PLAY = 4_000;
const START_MS = 60_000;
/** What is told on the line arrives within so long. */
const LINE_MS = 5_000;

const uri = process.env.MONGODB_TEST_URI;
const canRun = uri !== undefined && canStartRedis;

(canRun ? describe : describe.skip)('four processes on MongoDB and Redis (needs both)', () => {
  let redis: RedisServer;
  let database: MongooseUnderTest;
  let line: readonly TestPeers[];
  let storages: readonly Storage[];
  beforeAll(async () => {
    redis = await startRedisServer();
    database = await makeMongooseStorage(uri ?? '');
    const key = Buffer.alloc(32, 7);
    line = Array.from({ length: 4 }, () => openTestPeers(redis.url, key));
    storages = await openAll(4);
    await Promise.all(line.map((peers) => peers.until('together')));
  }, START_MS);
  afterAll(async () => {
    for (const peers of line) peers.close();
    await database.dispose();
    await redis.close();
  }, START_MS);

  /** One after the other: the first makes the database. */
  async function openAll(count: number): Promise<readonly Storage[]> {
    const opened: Storage[] = [];
    while (opened.length < count) opened.push(await database.open());
    return opened;
  }

  function processAt(index: number): PlayedProcess {
    const [storage, peers] = [storages[index], line[index]];
    if (!storage || !peers) throw new Error('There is no such process');
    return { store: storage.conversations, wakeUps: createSharedWakeUps(createInProcessWakeUps(failed), peers) };
  }

  test(
    `${RUNS} plays: the handoff holds, and whoever reads at a fourth process is woken for every change`,
    async () => {
      const processes = [processAt(0), processAt(1), processAt(2)] as const;
      const reader = processAt(3);
      const property = fc.asyncProperty(handoffPlans, async (plan) => {
        const id = randomUUID();
        const wakings = countWakings(reader, id);
        const { faults, played } = await playHandoff(plan, { store: processes[0].store, processes, id });
        expect(faults).toEqual([]);
        const expected = played.commits.length - deathsIn(plan);
        await eventually(
          () => wakings.count() >= expected || undefined,
          LINE_MS,
          () => `woken ${wakings.count()} times for ${expected} changes`,
        );
        wakings.end();
      });
      await fc.assert(property, { numRuns: RUNS, endOnFailure: true });
    },
    START_MS + RUNS * MS_A_PLAY,
  );
});

/** Processes that die after a change was stored, and before they tell of it: readers find that by looking at storage. */
function deathsIn({ tabs, delegates, sweeps }: HandoffPlan): number {
  const steps: readonly { readonly crash: Crash }[] = [...tabs.flat(), ...delegates.flat(), ...sweeps];
  return steps.filter(({ crash }) => crash === 'after-commit').length;
}

function countWakings({ wakeUps }: PlayedProcess, id: string): { count(): number; end(): void } {
  let changes = 0;
  const end = wakeUps.subscribe(id, ({ kind }) => {
    if (kind === 'changed') changes += 1;
  });
  return { count: () => changes, end };
}

function failed(error: unknown): void {
  throw error;
}
