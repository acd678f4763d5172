import type { DatabaseSync } from 'node:sqlite';
import { setupFaults } from '../setup-faults.js';

/** Times are milliseconds since 1970. `user_version` counts the migrations done; a released one is never edited. */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE key_check (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    sealed BLOB NOT NULL
  ) STRICT;

  CREATE TABLE conversations (
    id TEXT PRIMARY KEY,
    channel TEXT NOT NULL,
    address_hash TEXT NOT NULL UNIQUE,
    address BLOB,
    rev INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    status TEXT NOT NULL,
    dialog_state BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    last_message_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX conversations_by_last_message ON conversations (last_message_at);

  CREATE TABLE messages (
    conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    external_hash TEXT NOT NULL,
    author TEXT NOT NULL,
    at INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (conversation_id, seq),
    UNIQUE (conversation_id, external_hash)
  ) STRICT;
  `,
  `
  ALTER TABLE conversations ADD COLUMN desk BLOB;
  ALTER TABLE conversations ADD COLUMN inbox_list TEXT NOT NULL DEFAULT 'none';
  CREATE INDEX conversations_by_inbox_list ON conversations (inbox_list, last_message_at, id);
  `,
  `
  CREATE TABLE records (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    rev INTEGER NOT NULL,
    unique_key TEXT NOT NULL,
    owner TEXT,
    conversation TEXT,
    sort INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (kind, id),
    UNIQUE (kind, unique_key)
  ) STRICT;
  CREATE INDEX records_by_sort ON records (kind, sort, id);
  CREATE INDEX records_by_owner ON records (kind, owner, sort, id);
  CREATE INDEX records_by_conversation ON records (conversation, kind, sort, id);
  `,
];

/** The format that this code writes. */
export const KNOWN_VERSION = MIGRATIONS.length;

/** The format that this code reads and writes. */
export const SQLITE_FORMAT = MIGRATIONS.length;

/**
 * Brings the database to this code's format, one transaction per step; safe when processes start at once.
 * @throws ConfigError when a newer version has already been there.
 */
export function migrate(db: DatabaseSync, migrations: readonly string[] = MIGRATIONS): void {
  if (readVersion(db) > migrations.length) throw setupFaults.newerDatabase(readVersion(db), migrations.length);
  while (readVersion(db) < migrations.length) {
    db.exec('BEGIN IMMEDIATE');
    try {
      // Read again under the lock: another process may just have done this step.
      const version = readVersion(db);
      const step = migrations[version];
      if (step !== undefined) db.exec(`${step}; PRAGMA user_version = ${version + 1}`);
      db.exec('COMMIT');
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK');
      throw error;
    }
  }
}

export function readVersion(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.user_version);
}
