import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createStorage } from '../../src/storage/create-storage.js';
import type { Storage } from '../../src/storage/ports/storage.js';
import { type StorageUnderTest, TEST_KEY } from './storage-under-test.js';

export interface SqliteUnderTest extends StorageUnderTest {
  readonly dataDir: string;
  readonly file: string;
}

export async function makeSqliteStorage(): Promise<SqliteUnderTest> {
  const dataDir = await mkdtemp(join(tmpdir(), 'permanence-'));
  const file = join(dataDir, 'permanence.db');
  const opened: Storage[] = [];

  return {
    dataDir,
    file,
    async open({ dataKey = TEST_KEY } = {}) {
      const { storage } = await createStorage({ dataDir, dataKey });
      opened.push(storage);
      return storage;
    },
    async readRaw() {
      const names = await readdir(dataDir);
      return Buffer.concat(await Promise.all(names.map((name) => readFile(join(dataDir, name)))));
    },
    async readSealedMessages() {
      const db = new DatabaseSync(file, { readOnly: true });
      const rows = db.prepare('SELECT sealed FROM messages').all();
      db.close();
      return rows.map((row) => Buffer.from(row.sealed as Uint8Array));
    },
    async dispose() {
      for (const storage of opened) await storage.close();
      await rm(dataDir, { recursive: true });
    },
  };
}
