import type { StatementSync } from 'node:sqlite';
import type { SqliteDatabase } from './database.js';

const SQL = {
  insertConversation: `
    INSERT INTO conversations
      (id, channel, address_hash, address, rev, last_seq, status, dialog_state, desk, inbox_list, created_at,
       last_message_at)
    VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?)`,
  selectById: 'SELECT * FROM conversations WHERE id = ?',
  selectByAddress: 'SELECT * FROM conversations WHERE address_hash = ?',
  selectRev: 'SELECT rev, last_seq FROM conversations WHERE id = ?',
  /** A null time leaves the time of the last message as it was. */
  updateConversation: `
    UPDATE conversations
    SET rev = ?, last_seq = ?, status = ?, dialog_state = ?, desk = ?, inbox_list = ?,
        last_message_at = coalesce(?, last_message_at)
    WHERE id = ? AND rev = ?`,
  /** The messages go with it, by their foreign key. */
  deleteConversation: 'DELETE FROM conversations WHERE id = ?',
  selectInactive: 'SELECT id FROM conversations WHERE last_message_at < ? ORDER BY last_message_at LIMIT ?',
  selectQueue: "SELECT * FROM conversations WHERE inbox_list = 'queue' ORDER BY last_message_at, id LIMIT ?",
  selectPast: `
    SELECT * FROM conversations WHERE inbox_list = 'past' AND (last_message_at, id) < (?, ?)
    ORDER BY last_message_at DESC, id DESC LIMIT ?`,
  // The condition is always true: it has the index searched.
  selectRecent: 'SELECT * FROM conversations WHERE last_message_at > 0 ORDER BY last_message_at DESC LIMIT ?',
  selectChanged: `
    SELECT id, rev, last_message_at FROM conversations WHERE last_message_at >= ? ORDER BY last_message_at LIMIT ?`,
  insertMessage:
    'INSERT INTO messages (conversation_id, seq, external_hash, author, at, sealed) VALUES (?, ?, ?, ?, ?, ?)',
  selectMessagesAfter: 'SELECT * FROM messages WHERE conversation_id = ? AND seq > ? ORDER BY seq LIMIT ?',
  selectMessage: 'SELECT * FROM messages WHERE conversation_id = ? AND external_hash = ?',
  countMessages: 'SELECT count(*) AS count FROM messages WHERE conversation_id = ?',
  deleteMessages: 'DELETE FROM messages WHERE conversation_id = ?',
} as const;

/** Every statement of the store, compiled once for the connection's life. */
export function prepareStatements(db: SqliteDatabase): Record<keyof typeof SQL, StatementSync> {
  const entries = Object.entries(SQL).map(([name, sql]) => [name, db.prepare(sql)]);
  return Object.fromEntries(entries) as Record<keyof typeof SQL, StatementSync>;
}
