import type { RecordRange, RecordTable, StoredRecord } from '../records.js';
import type { SqliteDatabase } from './database.js';

interface RecordRow extends Omit<StoredRecord, 'uniqueKey'> {
  readonly unique_key: string;
}

/** The three ways in which rows are grouped; each has an index that ends with sort and id. */
const GROUPS = ['owner', 'conversation', 'kind'] as const;
type Group = (typeof GROUPS)[number];

const WHERE: Record<Group, string> = {
  owner: 'kind = ? AND owner = ? AND sort > ? AND sort < ?',
  conversation: 'kind = ? AND conversation = ? AND sort > ? AND sort < ?',
  kind: 'kind = ? AND sort > ? AND sort < ?',
};
const NO_LIMIT = -1;

export function createRecordTable(db: SqliteDatabase): RecordTable {
  const insert = db.prepare(`
    INSERT INTO records (rev, unique_key, owner, conversation, sort, sealed, kind, id)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
  const put = db.prepare(`
    INSERT INTO records (rev, unique_key, owner, conversation, sort, sealed, kind, id)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (kind, id) DO UPDATE SET rev = excluded.rev, unique_key = excluded.unique_key,
      owner = excluded.owner, conversation = excluded.conversation, sort = excluded.sort, sealed = excluded.sealed`);
  const update = db.prepare(`
    UPDATE records SET rev = ?, unique_key = ?, owner = ?, conversation = ?, sort = ?, sealed = ?
    WHERE kind = ? AND id = ? AND rev = ?`);
  const selectById = db.prepare('SELECT * FROM records WHERE kind = ? AND id = ?');
  const selectByKey = db.prepare('SELECT * FROM records WHERE kind = ? AND unique_key = ?');
  const deleteById = db.prepare('DELETE FROM records WHERE kind = ? AND id = ?');
  const selectConversations = db.prepare(`
    SELECT DISTINCT conversation FROM records WHERE conversation > ? ORDER BY conversation LIMIT ?`);
  const deleteOfConversation = db.prepare('DELETE FROM records WHERE conversation = ?');
  const prepareEach = (sql: (where: string) => string) => ({
    owner: db.prepare(sql(WHERE.owner)),
    conversation: db.prepare(sql(WHERE.conversation)),
    kind: db.prepare(sql(WHERE.kind)),
  });
  const lists = {
    ascending: prepareEach((where) => `SELECT * FROM records WHERE ${where} ORDER BY sort, id LIMIT ?`),
    descending: prepareEach((where) => `SELECT * FROM records WHERE ${where} ORDER BY sort DESC, id DESC LIMIT ?`),
  };
  const deleteRange = prepareEach((where) => `DELETE FROM records WHERE ${where}`);

  return {
    insert: (record) =>
      db.write(() => {
        insert.run(...valuesOf(record));
      }),
    put: (record) =>
      db.write(() => {
        put.run(...valuesOf(record));
      }),
    replace: (record, expectedRev) =>
      db.write(() => {
        if (update.run(...valuesOf(record), expectedRev).changes === 1) return 'replaced';
        return selectById.get(record.kind, record.id) ? 'conflict' : 'gone';
      }),
    find: (kind, by) =>
      db.read(() => {
        const row = 'id' in by ? selectById.get(kind, by.id) : selectByKey.get(kind, by.uniqueKey);
        return row && toRecord(row as unknown as RecordRow);
      }),
    list: ({ order, limit = NO_LIMIT, ...range }) =>
      db.read(() => {
        const rows = lists[order][groupOf(range)].all(...boundsOf(range), limit);
        return rows.map((row) => toRecord(row as unknown as RecordRow));
      }),
    remove: (kind, id) => db.erase(() => deleteById.run(kind, id).changes === 1),
    removeRange: (range) => db.erase(() => Number(deleteRange[groupOf(range)].run(...boundsOf(range)).changes)),
    conversationIds: (limit, after) =>
      db.read(() => selectConversations.all(after, limit).map(({ conversation }) => String(conversation))),
    removeOfConversations: (ids) =>
      db.erase(() => ids.reduce((sum, id) => sum + Number(deleteOfConversation.run(id).changes), 0)),
  };
}

function groupOf({ group }: RecordRange): Group {
  return group?.field ?? 'kind';
}

function boundsOf({ kind, group, after, before }: RecordRange): (string | number)[] {
  const bounds = [after ?? Number.MIN_SAFE_INTEGER, before ?? Number.MAX_SAFE_INTEGER];
  return [kind, ...(group ? [group.value] : []), ...bounds];
}

/** In the order in which every statement takes them. */
function valuesOf({ rev, uniqueKey, owner, conversation, sort, sealed, kind, id }: StoredRecord) {
  return [rev, uniqueKey, owner, conversation, sort, sealed, kind, id] as const;
}

function toRecord({ unique_key: uniqueKey, ...row }: RecordRow): StoredRecord {
  return { ...row, uniqueKey };
}
