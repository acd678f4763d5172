import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { RecordCodec } from '../record-codec.js';
import { setupFaults } from '../setup-faults.js';
import { transferFaults } from '../transfer/faults.js';
import type { RowSource, RowTarget } from '../transfer/ports.js';
import { KINDS_LEFT_OUT, type TransferRow } from '../transfer/row.js';
import { checkKey, configure, openFile, restrictToOwner } from './database.js';
import { breaksConstraint, isBusy, isOutOfSpace, toOpeningError } from './errors.js';
import { migrate, readVersion, SQLITE_FORMAT } from './migrations.js';
import { type MoveMark, readMoveMark, refuseMoved, removeMoveMark, writeMoveMark } from './move-mark.js';
import { prepareInsertion, rowsOf } from './row-statements.js';

const OWN_SHORT_WAIT = 'PRAGMA busy_timeout = 1000';

/** What a move reads from: nobody else has the file open as long as it does. */
export interface MoveOrigin extends RowSource {
  mark(): MoveMark | undefined;
  /** On disk once it returns. Undefined takes the mark away. */
  setMark(mark: MoveMark | undefined): void;
}

/**
 * All that is in the file at this instant, while servers may go on writing: one transaction of a second connection.
 * @throws ConfigError when there is no such file, when it is of another format, or was moved.
 */
export async function openSqliteSource(file: string): Promise<RowSource> {
  if (!existsSync(file)) throw transferFaults.noDatabase(file);
  const db = openFile(file);
  try {
    configure(db);
    refuseMoved(db);
    requireFormat(db);
    // Reads only from here on, whatever the code does.
    db.exec('PRAGMA query_only = ON; BEGIN');
    return sourceOf(db);
  } catch (error) {
    db.close();
    throw toOpeningError(error, file);
  }
}

/**
 * The database as a move takes it: migrated, checked against the key, and held alone.
 * @throws ConfigError also when a server or another command has it open.
 */
export async function openMoveOrigin(file: string, codec: RecordCodec): Promise<MoveOrigin> {
  if (!existsSync(file)) throw transferFaults.noDatabase(file);
  const db = holdAlone(file);
  try {
    configure(db);
    migrate(db);
    checkKey(db, codec);
    return {
      ...sourceOf(db),
      mark: () => readMoveMark(db),
      setMark: (mark) => (mark ? writeMoveMark(db, mark) : removeMoveMark(db)),
    };
  } catch (error) {
    db.close();
    throw toOpeningError(error, file);
  }
}

/**
 * An empty database, made when absent, that is filled in one transaction: a crash at any point leaves it empty.
 * @throws ConfigError when anything is in it, or when a server or another command has it open.
 */
export async function openSqliteTarget(file: string, codec: RecordCodec): Promise<RowTarget> {
  restrictToOwner(file);
  const db = holdAlone(file);
  try {
    configure(db);
    refuseMoved(db);
    migrate(db);
    checkKey(db, codec);
    db.exec('BEGIN IMMEDIATE');
    makeEmpty(db, file);
    return targetOf(db, file);
  } catch (error) {
    db.close();
    throw toOpeningError(error, file);
  }
}

/**
 * In write-ahead mode every connection holds a shared lock on the file for as long as it is open, idle or not; this
 * asks for the exclusive one, which the system takes back when the process dies (https://www.sqlite.org/wal.html,
 * 2.2). Others that open the file meanwhile are told that it is held.
 */
function holdAlone(file: string): DatabaseSync {
  const db = openFile(file);
  try {
    db.exec(`${OWN_SHORT_WAIT}; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT`);
    return db;
  } catch (error) {
    db.close();
    throw isBusy(error) ? transferFaults.serverRuns(file) : toOpeningError(error, file);
  }
}

function requireFormat(db: DatabaseSync): void {
  const format = readVersion(db);
  if (format > SQLITE_FORMAT) throw setupFaults.newerDatabase(format, SQLITE_FORMAT);
  if (format < SQLITE_FORMAT) throw transferFaults.olderDatabase();
}

/** Rows of processes that ended say nothing; any other row is somebody's. */
function makeEmpty(db: DatabaseSync, file: string): void {
  const marks = KINDS_LEFT_OUT.map(() => '?').join(', ');
  db.prepare(`DELETE FROM records WHERE kind IN (${marks})`).run(...KINDS_LEFT_OUT);
  const found = db.prepare('SELECT 1 FROM conversations UNION ALL SELECT 1 FROM records LIMIT 1').get();
  if (found) throw transferFaults.notEmpty(file);
}

function sourceOf(db: DatabaseSync): RowSource {
  const row = db.prepare('SELECT sealed FROM key_check').get();
  if (!row) throw transferFaults.olderDatabase();
  return {
    keyCheck: row.sealed as Uint8Array,
    estimate: async () => countRows(db),
    rows: () => rowsOf(db),
    close: async () => db.close(),
  };
}

function countRows(db: DatabaseSync): number {
  const sql = ['conversations', 'messages', 'records'].map((table) => `(SELECT count(*) FROM ${table})`).join(' + ');
  return Number(db.prepare(`SELECT ${sql} AS count`).get()?.count);
}

function targetOf(db: DatabaseSync, file: string): RowTarget {
  const insert = prepareInsertion(db);

  function orFault(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (breaksConstraint(error)) throw transferFaults.contradictoryRows();
      throw isOutOfSpace(error) ? transferFaults.diskFull(file) : toOpeningError(error, file);
    }
  }

  return {
    write: async (row: TransferRow) => orFault(() => insert(row)),
    flush: async () => undefined,
    rows: () => rowsOf(db),
    async finish() {
      orFault(() => db.exec('COMMIT'));
      db.close();
    },
    async abandon() {
      // SQLite has rolled back by itself after some failures, such as a full disk.
      if (db.isTransaction) db.exec('ROLLBACK');
      db.close();
    },
  };
}
