import { chmodSync, closeSync, openSync, statSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { codeOf } from '../error-code.js';
import type { RecordCodec } from '../record-codec.js';
import { setupFaults } from '../setup-faults.js';
import { toDomainError, toOpeningError } from './errors.js';
import { createGroupCommit } from './group-commit.js';
import { migrate } from './migrations.js';
import { refuseMoved } from './move-mark.js';

export const IN_MEMORY = ':memory:';
const OWNER_ONLY = 0o600;
const BUSY_TIMEOUT = 'PRAGMA busy_timeout = 5000';

/** One SQLite file, opened and migrated. Its promises reject with DomainErrors only, or with a fault of the code. */
export interface SqliteDatabase {
  prepare(sql: string): StatementSync;
  read<Result>(work: () => Result): Promise<Result>;
  /** Runs `work` in one transaction: once it resolves, what was written is on disk. */
  write<Result>(work: () => Result): Promise<Result>;
  /** The same for work that removes rows, or parts of them: their sealed content leaves the write-ahead log too. */
  erase<Result>(work: () => Result): Promise<Result>;
  close(): Promise<void>;
}

/**
 * @param file a path, made with mode 0600 when absent, or `:memory:`.
 * @throws ConfigError when the operator has to mend something, DomainError `storage-unavailable` when SQLite fails.
 */
export async function openSqliteDatabase(file: string, codec: RecordCodec): Promise<SqliteDatabase> {
  if (file !== IN_MEMORY) restrictToOwner(file);
  const db = openFile(file);
  try {
    configure(db);
    refuseMoved(db);
    migrate(db);
    checkKey(db, codec);
  } catch (error) {
    db.close();
    throw toOpeningError(error, file);
  }
  return wrap(db);
}

function wrap(db: DatabaseSync): SqliteDatabase {
  let isLogToTruncate = false;

  async function translated<Result>(work: () => Result): Promise<Result> {
    try {
      return work();
    } catch (error) {
      throw toDomainError(error);
    }
  }

  /** The rows are gone already: a log that other readers hold back is truncated at the next occasion. */
  function truncateLog(): void {
    try {
      // Not waited for: a backup reads for minutes, and this would hold up every turn for seconds.
      db.exec('PRAGMA busy_timeout = 0');
      isLogToTruncate = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy !== 0;
    } catch {
      isLogToTruncate = true;
    } finally {
      db.exec(BUSY_TIMEOUT);
    }
  }

  const group = createGroupCommit(db, (hasErased) => {
    if (hasErased || isLogToTruncate) truncateLog();
  });

  async function written<Result>(work: () => Result, isErasing: boolean): Promise<Result> {
    try {
      return await group.run(work, { isErasing });
    } catch (error) {
      throw toDomainError(error);
    }
  }

  return {
    prepare: (sql) => db.prepare(sql),
    read: translated,
    write: (work) => written(work, false),
    erase: (work) => written(work, true),
    close: async () => {
      group.flush();
      if (db.isOpen) db.close();
    },
  };
}

/** SQLite gives its side files (-wal, -shm) the mode of the database. */
export function restrictToOwner(file: string): void {
  try {
    closeSync(openSync(file, 'a', OWNER_ONLY));
    if ((statSync(file).mode & 0o777) !== OWNER_ONLY) chmodSync(file, OWNER_ONLY);
  } catch (error) {
    // These have a remedy of their own, which start-up knows.
    if (codeOf(error) === 'ENOSPC' || codeOf(error) === 'EROFS') throw error;
    throw setupFaults.cannotWrite(file);
  }
}

export function openFile(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file);
  } catch (error) {
    throw toOpeningError(error, file);
  }
}

export function configure(db: DatabaseSync): void {
  db.exec(BUSY_TIMEOUT);
  db.exec('PRAGMA journal_mode = WAL');
  // A commit is on disk before it is acknowledged.
  db.exec('PRAGMA synchronous = FULL');
  db.exec('PRAGMA foreign_keys = ON');
  // Removed rows are overwritten with zeroes.
  db.exec('PRAGMA secure_delete = ON');
}

export function checkKey(db: DatabaseSync, codec: RecordCodec): void {
  db.prepare('INSERT INTO key_check (id, sealed) VALUES (1, ?) ON CONFLICT DO NOTHING').run(codec.sealKeyCheck());
  const row = db.prepare('SELECT sealed FROM key_check').get() as { sealed: Uint8Array } | undefined;
  if (!row || !codec.opensKeyCheck(row.sealed)) throw setupFaults.otherKey();
}
