import type { StatementSync } from 'node:sqlite';
import type { RecordQuery } from '../records.js';
import type { SqliteDatabase } from './database.js';

/** The three ways in which rows are grouped. */
export type Group = 'owner' | 'conversation' | 'kind';

/** Each with its index, by name: left to itself, the planner takes the one of the whole kind for all three. */
const FROM: Record<Group, string> = {
  owner: 'FROM records INDEXED BY records_by_owner WHERE kind = ? AND owner = ? AND sort > ? AND sort < ?',
  conversation: `
    FROM records INDEXED BY records_by_conversation WHERE kind = ? AND conversation = ? AND sort > ? AND sort < ?`,
  kind: 'FROM records INDEXED BY records_by_sort WHERE kind = ? AND sort > ? AND sort < ?',
};

const INSERT = `
  INSERT INTO records (rev, unique_key, owner, conversation, sort, sealed, kind, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;

const SQL = {
  insert: INSERT,
  put: `${INSERT}
    ON CONFLICT (kind, id) DO UPDATE SET rev = excluded.rev, unique_key = excluded.unique_key,
      owner = excluded.owner, conversation = excluded.conversation, sort = excluded.sort, sealed = excluded.sealed`,
  update: `
    UPDATE records SET rev = ?, unique_key = ?, owner = ?, conversation = ?, sort = ?, sealed = ?
    WHERE kind = ? AND id = ? AND rev = ?`,
  selectById: 'SELECT * FROM records WHERE kind = ? AND id = ?',
  selectByKey: 'SELECT * FROM records WHERE kind = ? AND unique_key = ?',
  deleteById: 'DELETE FROM records WHERE kind = ? AND id = ?',
  deleteAtRev: 'DELETE FROM records WHERE kind = ? AND id = ? AND rev = ?',
  selectConversations: `
    SELECT DISTINCT conversation FROM records WHERE conversation > ? ORDER BY conversation LIMIT ?`,
  deleteOfConversation: 'DELETE FROM records WHERE conversation = ? AND kind <> ?',
} as const;

type Grouped = Readonly<Record<Group, StatementSync>>;

export interface RecordStatements extends Readonly<Record<keyof typeof SQL, StatementSync>> {
  readonly list: Readonly<Record<RecordQuery['order'], Grouped>>;
  readonly deleteRange: Grouped;
}

/** Every statement of the table, compiled once for the connection's life. */
export function prepareRecordStatements(db: SqliteDatabase): RecordStatements {
  const grouped = (sql: (from: string) => string): Grouped => ({
    owner: db.prepare(sql(FROM.owner)),
    conversation: db.prepare(sql(FROM.conversation)),
    kind: db.prepare(sql(FROM.kind)),
  });
  const entries = Object.entries(SQL).map(([name, sql]) => [name, db.prepare(sql)]);
  return {
    ...(Object.fromEntries(entries) as Record<keyof typeof SQL, StatementSync>),
    list: {
      ascending: grouped((from) => `SELECT * ${from} ORDER BY sort, id LIMIT ?`),
      descending: grouped((from) => `SELECT * ${from} ORDER BY sort DESC, id DESC LIMIT ?`),
    },
    deleteRange: grouped((from) => `DELETE ${from}`),
  };
}
