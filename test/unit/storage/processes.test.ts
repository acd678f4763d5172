import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createStorage } from '../../../src/storage/create-storage.js';
import { makeMongooseStorage } from '../../support/storage-mongoose.js';

const SUPPORT = join(import.meta.dirname, '..', '..', 'support');
const CHILD = [
  '--no-warnings',
  '--import',
  join(SUPPORT, 'storage-child-hooks.ts'),
  join(SUPPORT, 'storage-appender.ts'),
];
const NAMES = ['one', 'two', 'three'];
const EACH = 40;
const serverUri = process.env.MONGODB_TEST_URI ?? '';

let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'permanence-processes-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

/** Lets three processes write at once, then looks at what is stored. */
async function expectNothingLost(mongodbUri?: string): Promise<void> {
  const target = mongodbUri === undefined ? {} : { mongodbUri };
  await (await createStorage({ dataDir, ...target })).storage.close();
  const exits = NAMES.map((name) => {
    const rest = [dataDir, name, `${EACH}`, ...(mongodbUri === undefined ? [] : [mongodbUri])];
    return once(spawn(process.execPath, [...CHILD, ...rest], { stdio: ['ignore', 'ignore', 'inherit'] }), 'exit');
  });
  expect(await Promise.all(exits)).toEqual(NAMES.map(() => [0, null]));

  const total = NAMES.length * EACH;
  const { storage } = await createStorage({ dataDir, ...target });
  const entries = await storage.audit.after(0, 1_000);
  expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: total }, (_, index) => index + 1));
  expect(new Set(entries.map(({ subject }) => subject)).size).toBe(total);
  expect(await storage.settings.load('setup')).toEqual({ rev: total, value: { count: total } });
  await storage.close();
}

describe('processes that write at once', () => {
  it('lose nothing of each other in one SQLite file', () => expectNothingLost());

  (serverUri ? it : it.skip)('lose nothing of each other on MongoDB (needs MONGODB_TEST_URI)', async () => {
    const underTest = await makeMongooseStorage(serverUri);
    await expectNothingLost(underTest.uri);
    await underTest.dispose();
  });
});
