import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConfigError } from '../../../src/config.js';
import { createDataCipher } from '../../../src/storage/data-cipher.js';
import { createRecordCodec } from '../../../src/storage/record-codec.js';
import { createConversationStore } from '../../../src/storage/sqlite/conversation-store.js';
import { IN_MEMORY, openSqliteDatabase, type SqliteDatabase } from '../../../src/storage/sqlite/database.js';
import { migrate } from '../../../src/storage/sqlite/migrations.js';
import { openSqliteStorage } from '../../../src/storage/sqlite/storage.js';
import { buildChange, buildConversation, buildMessage, buildMessages } from '../../support/build-conversation.js';

const cipher = createDataCipher(Buffer.alloc(32, 1));
const codec = createRecordCodec(cipher);

let folder: string;
let file: string;
let opened: SqliteDatabase[];

async function open(): Promise<SqliteDatabase> {
  const db = await openSqliteDatabase(file, codec);
  opened.push(db);
  return db;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'permanence-sqlite-'));
  file = join(folder, 'test.db');
  opened = [];
});
afterEach(async () => {
  for (const db of opened) await db.close();
  await rm(folder, { recursive: true });
});

describe('the database file', () => {
  it('and its side files are for their owner only', async () => {
    const store = createConversationStore(await open(), codec);
    await store.create(buildConversation({ lastSeq: 5 }), buildMessages(5));
    const names = await readdir(folder);
    expect(names.sort()).toEqual(['test.db', 'test.db-shm', 'test.db-wal']);
    for (const name of names) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  });

  it('is closed to others again when a copy opened it', async () => {
    await (await open()).close();
    await chmod(file, 0o644);
    await open();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('writes through to the disk and overwrites what it removes', async () => {
    const db = await open();
    const pragma = (name: string) => Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
    const settings = ['journal_mode', 'synchronous', 'foreign_keys', 'secure_delete', 'busy_timeout'].map(pragma);
    expect(settings).toEqual(['wal', 2, 1, 1, 5000]);
  });

  it('leaves an empty log after an erasure', async () => {
    const store = createConversationStore(await open(), codec);
    const conversation = buildConversation({ lastSeq: 5 });
    await store.create(conversation, buildMessages(5));
    expect((await stat(`${file}-wal`)).size).toBeGreaterThan(0);
    await store.commit(buildChange({ id: conversation.id, erasesHistory: true }));
    expect((await stat(`${file}-wal`)).size).toBe(0);
  });

  it('may be in memory', async () => {
    const { conversations, ping, close } = await openSqliteStorage(IN_MEMORY, cipher);
    const conversation = buildConversation();
    await conversations.create(conversation, []);
    await ping();
    expect(await conversations.load(conversation.id)).toEqual(conversation);
    await close();
  });

  it('is refused with its remedy when it is no database', async () => {
    await writeFile(file, 'A letter to the editor, long enough to be taken for a page of a database. '.repeat(50));
    const opening = open();
    await expect(opening).rejects.toThrow(ConfigError);
    await expect(opening).rejects.toThrow(/n'est pas une base de données lisible/);
  });

  it('is refused with its remedy where it cannot be made', async () => {
    file = join(folder, 'absent', 'test.db');
    const opening = open();
    await expect(opening).rejects.toThrow(ConfigError);
    await expect(opening).rejects.toThrow(/DATA_DIR/);
  });
});

describe('migrations', () => {
  it('refuse a database of a newer version and leave it as it is', async () => {
    await (await open()).close();
    const raw = new DatabaseSync(file);
    raw.exec('PRAGMA user_version = 99');
    const opening = open();
    await expect(opening).rejects.toThrow(ConfigError);
    await expect(opening).rejects.toThrow(/version plus récente.*format 99/);
    expect(raw.prepare('PRAGMA user_version').get()).toEqual({ user_version: 99 });
    raw.close();
  });

  it('run each step once, in order, from where the database stands', () => {
    const db = new DatabaseSync(IN_MEMORY);
    const steps = ['CREATE TABLE a (x)', 'CREATE TABLE b (y)', 'ALTER TABLE a ADD COLUMN z'];
    migrate(db, steps.slice(0, 1));
    migrate(db, steps);
    migrate(db, steps);
    expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: 3 });
    expect(db.prepare('SELECT x, z FROM a').all()).toEqual([]);
    db.close();
  });

  it('leave nothing of a step that fails', () => {
    const db = new DatabaseSync(IN_MEMORY);
    expect(() => migrate(db, ['CREATE TABLE a (x)', 'CREATE TABLE b (y); CREATE TABLE a (x)'])).toThrow(
      /already exists/,
    );
    expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: 1 });
    expect(() => db.prepare('SELECT * FROM b')).toThrow(/no such table/);
    db.close();
  });
});

describe('a full disk', () => {
  it('refuses a change whole, then takes it once there is room', async () => {
    const db = await open();
    const store = createConversationStore(db, codec);
    const conversation = buildConversation({ lastSeq: 1 });
    await store.create(conversation, buildMessages(1));
    const pages = Number(Object.values(db.prepare('PRAGMA page_count').get() ?? {})[0]);
    db.prepare(`PRAGMA max_page_count = ${pages + 3}`).get();

    const long = [2, 3, 4, 5].map((seq) => buildMessage({ seq, text: 'x'.repeat(4_000) }));
    const change = buildChange({ id: conversation.id, status: 'waiting', dialogState: { long: 1 }, messages: long });
    await expect(store.commit(change)).rejects.toMatchObject({ code: 'storage-unavailable' });
    await expect(store.create(buildConversation({ lastSeq: 5 }), [buildMessage(), ...long])).rejects.toMatchObject({
      code: 'storage-unavailable',
    });
    expect(await store.load(conversation.id)).toEqual(conversation);
    expect(await store.messagesAfter(conversation.id, 0, 10)).toEqual(buildMessages(1));

    db.prepare('PRAGMA max_page_count = 1000000').get();
    await store.commit(change);
    expect(await store.messagesAfter(conversation.id, 1, 10)).toEqual(long);
  });
});

describe('a lock held by another program', () => {
  it('makes a write unavailable, and not a read', async () => {
    const db = await open();
    const store = createConversationStore(db, codec);
    const conversation = buildConversation();
    await store.create(conversation, []);
    db.prepare('PRAGMA busy_timeout = 0').get();

    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    const change = buildChange({ id: conversation.id, messages: buildMessages(1) });
    await expect(store.commit(change)).rejects.toMatchObject({ code: 'storage-unavailable' });
    expect(await store.load(conversation.id)).toEqual(conversation);
    other.exec('ROLLBACK');
    other.close();
    await store.commit(change);
    expect(await store.countMessages(conversation.id)).toBe(1);
  });

  it('lets an erasure stand while a reader holds back the log, which the next write empties', async () => {
    const db = await open();
    const store = createConversationStore(db, codec);
    const conversation = buildConversation({ lastSeq: 3 });
    await store.create(conversation, buildMessages(3));
    db.prepare('PRAGMA busy_timeout = 0').get();

    const reader = new DatabaseSync(file);
    reader.exec('BEGIN; SELECT * FROM messages');
    await store.commit(buildChange({ id: conversation.id, erasesHistory: true }));
    expect(await store.countMessages(conversation.id)).toBe(0);
    expect((await stat(`${file}-wal`)).size).toBeGreaterThan(0);
    reader.exec('COMMIT');
    reader.close();
    await store.commit(buildChange({ id: conversation.id, expectedRev: 1 }));
    expect((await stat(`${file}-wal`)).size).toBe(0);
  });
});
