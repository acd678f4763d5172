import { DomainError } from '../../domain/errors.js';
import { codeOf } from '../error-code.js';
import { setupFaults } from '../setup-faults.js';

/** Result codes of https://www.sqlite.org/rescode.html; the low byte is the primary code. */
const SQLITE_CANTOPEN = 14;
const SQLITE_NOTADB = 26;
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
    return new DomainError('storage-unavailable', `SQLite ${error.errcode}, « ${error.errstr} »`);
  }
  if (codeOf(error) === 'ERR_INVALID_STATE') return new DomainError('storage-unavailable', 'la base SQLite est fermée');
  return error;
}

/** The same while opening, where some failures are for the operator to mend. */
export function toOpeningError(error: unknown, file: string): unknown {
  const primary = isSqliteError(error) ? error.errcode & 0xff : 0;
  if (primary === SQLITE_NOTADB) return setupFaults.notADatabase(file);
  if (primary === SQLITE_CANTOPEN) return setupFaults.cannotWrite(file);
  return toDomainError(error);
}

function isSqliteError(error: unknown): error is SqliteError {
  return codeOf(error) === 'ERR_SQLITE_ERROR';
}
