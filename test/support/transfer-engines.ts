import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Storage } from '../../src/storage/ports/storage.js';
import { makeMongooseStorage } from './storage-mongoose.js';
import { makeSqliteStorage } from './storage-sqlite.js';
import { TEST_KEY } from './storage-under-test.js';

/** A database of a test's own, as the operator's commands are told of it. */
export interface OperatorDatabase {
  readonly place: { readonly dataDir: string; readonly dataKey: string; readonly mongodbUri?: string };
  open(): Promise<Storage>;
  dispose(): Promise<void>;
}

export type MakeDatabase = () => Promise<OperatorDatabase>;

const SERVER = process.env.MONGODB_TEST_URI;

export const makeSqlite: MakeDatabase = async () => {
  const underTest = await makeSqliteStorage();
  return {
    place: { dataDir: underTest.dataDir, dataKey: TEST_KEY },
    open: () => underTest.open(),
    dispose: () => underTest.dispose(),
  };
};

export const makeMongodb: MakeDatabase = async () => {
  const underTest = await makeMongooseStorage(SERVER ?? '');
  const dataDir = await mkdtemp(join(tmpdir(), 'permanence-'));
  return {
    place: { dataDir, dataKey: TEST_KEY, mongodbUri: underTest.uri },
    open: () => underTest.open(),
    async dispose() {
      await underTest.dispose();
      await rm(dataDir, { recursive: true });
    },
  };
};

/** The engines that this machine has. */
export const ENGINES: readonly (readonly [string, MakeDatabase])[] = [
  ['sqlite', makeSqlite],
  ...(SERVER ? [['mongodb', makeMongodb] as const] : []),
];

/** From each engine to each. */
export const PAIRS = ENGINES.flatMap(([from, makeFrom]) =>
  ENGINES.map(([to, makeTo]) => [from, to, makeFrom, makeTo] as const),
);

/** Makes databases and folders, and removes them all at the end. */
export function createShelf() {
  const disposals: (() => Promise<void>)[] = [];
  return {
    async database(make: MakeDatabase): Promise<OperatorDatabase> {
      const made = await make();
      disposals.push(() => made.dispose());
      return made;
    },
    async folder(): Promise<string> {
      const path = await mkdtemp(join(tmpdir(), 'permanence-backup-'));
      disposals.push(() => rm(path, { recursive: true }));
      return path;
    },
    async clear(): Promise<void> {
      for (const dispose of disposals.splice(0).reverse()) await dispose();
    },
  };
}
