import { DomainError, StorageAwayError } from '../../domain/errors.js';
import { codeOf } from '../error-code.js';
import { setupFaults } from '../setup-faults.js';

/** Result codes of https://www.sqlite.org/rescode.html; the low byte is the primary code. */
const SQLITE_BUSY = 5;
const SQLITE_CANTOPEN = 14;
const SQLITE_FULL = 13;
const SQLITE_CONSTRAINT = 19;
const SQLITE_NOTADB = 26;
const SQLITE_IOERR_WRITE = 778;
const SQLITE_CONSTRAINT_PRIMARYKEY = 1555;
const SQLITE_CONSTRAINT_UNIQUE = 2067;

interface SqliteError extends Error {
  readonly errcode: number;
  readonly errstr: string;
}

/** What the port throws in place of a driver's error; anything else is given back as it is. */
export function toDomainError(error: unknown): unknown {
  if (isSqliteError(error)) {
    const isDuplicate = error.errcode === SQLITE_CONSTRAINT_PRIMARYKEY || error.errcode === SQLITE_CONSTRAINT_UNIQUE;
    if (isDuplicate) return new DomainError('duplicate', 'Already stored');
    // SQLite's own words for the code: they hold no value of any row.
    return new StorageAwayError(`SQLite ${error.errcode}, « ${error.errstr} »`);
  }
  if (codeOf(error) === 'ERR_INVALID_STATE') return new StorageAwayError('la base SQLite est fermée');
  return error;
}

/** The same while opening, where some failures are for the operator to mend. */
export function toOpeningError(error: unknown, file: string): unknown {
  const primary = primaryCode(error);
  if (primary === SQLITE_NOTADB) return setupFaults.notADatabase(file);
  // Whoever writes lets go within the time limit: only a command that wants to be alone does not.
  if (primary === SQLITE_BUSY) return setupFaults.heldDatabase(file);
  if (primary === SQLITE_CANTOPEN) return setupFaults.cannotWrite(file);
  return toDomainError(error);
}

/** Somebody else has the file. */
export function isBusy(error: unknown): boolean {
  return primaryCode(error) === SQLITE_BUSY;
}

/** A row is there already, or refers to one that is not. */
export function breaksConstraint(error: unknown): boolean {
  return primaryCode(error) === SQLITE_CONSTRAINT;
}

/** No room for what was written: on the disk, or under a limit of the system's for one file. */
export function isOutOfSpace(error: unknown): boolean {
  return isSqliteError(error) && [SQLITE_FULL, SQLITE_IOERR_WRITE].includes(error.errcode);
}

function primaryCode(error: unknown): number {
  return isSqliteError(error) ? error.errcode & 0xff : 0;
}

function isSqliteError(error: unknown): error is SqliteError {
  return codeOf(error) === 'ERR_SQLITE_ERROR';
}
