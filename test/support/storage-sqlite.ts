import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createStorage } from '../../src/storage/create-storage.js';
import type { Storage } from '../../src/storage/ports/storage.js';
import type { StoredRecord } from '../../src/storage/records.js';
import { type StorageUnderTest, TEST_KEY } from './storage-under-test.js';
import { VERSION_1, VERSION_1_SQL } from './storage-version-1.js';

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
    async open({ dataKey = TEST_KEY, onUnreadable } = {}) {
      const { storage } = await createStorage({ dataDir, dataKey, ...(onUnreadable && { onUnreadable }) });
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
    async editRecords(edit) {
      const db = new DatabaseSync(file);
      const rows = db.prepare('SELECT * FROM records').all();
      const edited = edit(rows.map(({ unique_key, ...row }) => ({ ...row, uniqueKey: unique_key }) as StoredRecord));
      db.exec('DELETE FROM records');
      const insert = db.prepare('INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
      for (const { kind, id, rev, uniqueKey, owner, conversation, sort, sealed } of edited) {
        insert.run(kind, id, rev, uniqueKey, owner, conversation, sort, sealed);
      }
      db.close();
    },
    async makeVersion1() {
      const db = new DatabaseSync(file);
      db.exec(VERSION_1_SQL);
      db.prepare('INSERT INTO key_check VALUES (1, ?)').run(VERSION_1.keyCheck);
      for (const conversation of VERSION_1.conversations) insertVersion1(db, conversation);
      db.close();
    },
    async dispose() {
      for (const storage of opened) await storage.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

function insertVersion1(db: DatabaseSync, conversation: (typeof VERSION_1.conversations)[number]): void {
  const { id, channel, addressHash, address, rev, lastSeq, status, dialogState } = conversation;
  const times = [conversation.createdAt.getTime(), conversation.lastMessageAt.getTime()];
  db.prepare('INSERT INTO conversations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
    ...[id, channel, addressHash, address, rev, lastSeq, status, dialogState, ...times],
  );
  for (const { seq, externalHash, author, at, sealed } of conversation.messages) {
    db.prepare('INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?)').run(
      ...[id, seq, externalHash, author, at.getTime(), sealed],
    );
  }
}
