import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDataCipher } from '../../../src/storage/data-cipher.js';
import { createRecordCodec } from '../../../src/storage/record-codec.js';
import { createConversationStore } from '../../../src/storage/sqlite/conversation-store.js';
import { IN_MEMORY, openSqliteDatabase, type SqliteDatabase } from '../../../src/storage/sqlite/database.js';
import { createRecordTable } from '../../../src/storage/sqlite/records.js';

const codec = createRecordCodec(createDataCipher(Buffer.alloc(32, 1)));

describe('every statement of the SQLite stores', () => {
  let db: SqliteDatabase;
  let statements: string[];

  beforeAll(async () => {
    db = await openSqliteDatabase(IN_MEMORY, codec);
    statements = [];
    const recording: SqliteDatabase = {
      ...db,
      prepare(sql) {
        statements.push(sql);
        return db.prepare(sql);
      },
    };
    createConversationStore(recording, codec);
    createRecordTable(recording);
  });
  afterAll(() => db.close());

  it('finds and orders its rows by an index', () => {
    expect(statements.length).toBeGreaterThan(25);
    for (const sql of statements) {
      const plan = db
        .prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map(({ detail }) => String(detail));
      const slow = plan.filter((step) => /^SCAN|TEMP B-TREE/.test(step));
      expect({ sql, slow }).toEqual({ sql, slow: [] });
    }
  });

  it('uses every index that the database has', () => {
    const isOwn = "type = 'index' AND name NOT LIKE 'sqlite_autoindex_%'";
    const names = db.prepare(`SELECT name FROM sqlite_schema WHERE ${isOwn} ORDER BY name`).all();
    const used = statements.flatMap((sql) => {
      const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
      return plan.map(({ detail }) => /INDEX (\w+)/.exec(String(detail))?.[1]);
    });
    expect(names.map(({ name }) => name)).toEqual(
      [...new Set(used)].filter((name) => !/^sqlite_/.test(name ?? 'sqlite_')).sort(),
    );
  });

  it('reads the records of one owner, or of one conversation, and no other', () => {
    for (const group of ['owner', 'conversation']) {
      const ofGroup = statements.filter((sql) => sql.includes(`${group} = ? AND sort`));
      expect(ofGroup).toHaveLength(3);
      for (const sql of ofGroup) {
        const [step] = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
        expect(step?.detail).toContain(`${group}=?`);
      }
    }
  });
});
