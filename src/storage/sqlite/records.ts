import type { RecordRange, RecordTable, StoredRecord } from '../records.js';
import type { SqliteDatabase } from './database.js';
import { type Group, prepareRecordStatements } from './record-statements.js';

export interface RecordRow extends Omit<StoredRecord, 'uniqueKey'> {
  readonly unique_key: string;
}

const NO_LIMIT = -1;
const NO_KIND = '';

export function createRecordTable(db: SqliteDatabase): RecordTable {
  const statements = prepareRecordStatements(db);

  return {
    insert: (record) =>
      db.write(() => {
        statements.insert.run(...valuesOf(record));
      }),
    put: (record) =>
      db.write(() => {
        statements.put.run(...valuesOf(record));
      }),
    replace: (record, expectedRev, { isErasing = false } = {}) =>
      (isErasing ? db.erase : db.write)(() => {
        if (statements.update.run(...valuesOf(record), expectedRev).changes === 1) return 'replaced';
        return statements.selectById.get(record.kind, record.id) ? 'conflict' : 'gone';
      }),
    find: (kind, by) =>
      db.read(() => {
        const row =
          'id' in by ? statements.selectById.get(kind, by.id) : statements.selectByKey.get(kind, by.uniqueKey);
        return row && toRecord(row as unknown as RecordRow);
      }),
    list: ({ order, limit = NO_LIMIT, ...range }) =>
      db.read(() => {
        const rows = statements.list[order][groupOf(range)].all(...boundsOf(range), limit);
        return rows.map((row) => toRecord(row as unknown as RecordRow));
      }),
    remove: (kind, id, rev) =>
      db.erase(() => {
        const { deleteById, deleteAtRev } = statements;
        const { changes } = rev === undefined ? deleteById.run(kind, id) : deleteAtRev.run(kind, id, rev);
        return changes === 1;
      }),
    removeRange: (range) =>
      db.erase(() => Number(statements.deleteRange[groupOf(range)].run(...boundsOf(range)).changes)),
    conversationIds: (limit, after) =>
      db.read(() => statements.selectConversations.all(after, limit).map(({ conversation }) => String(conversation))),
    removeOfConversations: (ids, { except = NO_KIND } = {}) =>
      db.erase(() => ids.reduce((sum, id) => sum + Number(statements.deleteOfConversation.run(id, except).changes), 0)),
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
export function valuesOf({ rev, uniqueKey, owner, conversation, sort, sealed, kind, id }: StoredRecord) {
  return [rev, uniqueKey, owner, conversation, sort, sealed, kind, id] as const;
}

export function toRecord({ unique_key: uniqueKey, ...row }: RecordRow): StoredRecord {
  return { ...row, uniqueKey };
}
