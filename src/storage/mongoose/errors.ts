import { DomainError, StorageAwayError } from '../../domain/errors.js';
import { codeOf } from '../error-code.js';
import { setupFaults } from '../setup-faults.js';

/** Server error codes: https://www.mongodb.com/docs/manual/reference/error-codes/ */
const DUPLICATE_KEY = 11000;
const REFUSALS = new Set([13, 18, 8000]);
/** The server is going down, or is not the primary any more: another one will be. */
const CHANGING = new Set([91, 189, 10107, 11600, 11602, 13435, 13436]);
/** Somebody else is building an index just now; the last one is Amazon DocumentDB's, which builds one at a time. */
const BUILDING = new Set([112, 117, 276, 40333]);
const BROKEN = new Set(['MongoNetworkError', 'MongoPoolClearedError', 'MongoPoolClearedOnNetworkError']);
const UNREACHABLE = new Set([
  ...[...BROKEN, 'MongoNetworkTimeoutError', 'MongoServerSelectionError'],
  // Mongoose's own, while connecting.
  'MongooseServerSelectionError',
  // Connections were given up, and those that were to take their place have found no server.
  ...['MongoNotConnectedError', 'MongoTopologyClosedError', 'MongoServerClosedError', 'MongoClientClosedError'],
]);
const URI_FAULTS = new Set(['MongoParseError', 'MongoInvalidArgumentError', 'MongoMissingDependencyError']);

interface DriverError extends Error {
  readonly code?: unknown;
}

/** What the port throws in place of a driver's error; anything else is given back as it is. */
export function toDomainError(error: unknown): unknown {
  if (isDuplicateKey(error)) return new DomainError('duplicate', 'Already stored');
  if (!isDriverError(error)) return error;
  // The driver's own message may hold values of a document or the URI's password: only its name and code go on.
  const code = typeof error.code === 'number' ? ` ${error.code}` : '';
  return new StorageAwayError(`MongoDB, ${error.name}${code}`);
}

/** The same while opening, where some failures are for the operator to mend. */
export function toOpeningError(error: unknown): unknown {
  if (isLookupFailure(error)) return new StorageAwayError('le nom du serveur MongoDB est inconnu');
  if (!isDriverError(error)) return error;
  if (URI_FAULTS.has(error.name)) return setupFaults.badMongodbUri();
  if (error.name === 'MongoCompatibilityError') return setupFaults.oldMongodb();
  if (typeof error.code === 'number' && REFUSALS.has(error.code)) return setupFaults.mongodbRefuses();
  return toDomainError(error);
}

export function isDuplicateKey(error: unknown): boolean {
  return isDriverError(error) && error.code === DUPLICATE_KEY;
}

/** Nobody knows whether what was asked was done, and another server may answer at once. */
export function isInterrupted(error: unknown): boolean {
  return isDriverError(error) && (BROKEN.has(error.name) || isBrokenBulk(error) || CHANGING.has(Number(error.code)));
}

/** No server answers, or none that writes, yet. */
export function isUnreachable(error: unknown): boolean {
  if (isLookupFailure(error)) return true;
  return isDriverError(error) && (UNREACHABLE.has(error.name) || CHANGING.has(Number(error.code)));
}

/** The index is refused now and may be asked for again. */
export function isBuildingIndex(error: unknown): boolean {
  return isDriverError(error) && BUILDING.has(Number(error.code));
}

/** For a write of several documents: whether each one that failed was there already. */
export function areAllDuplicates(error: unknown): boolean {
  if (!isDuplicateKey(error)) return false;
  const { writeErrors } = error as { writeErrors?: unknown };
  return [writeErrors].flat().every((failure) => codeOf(failure) === DUPLICATE_KEY);
}

/** A write of several documents hides what befell it, save that no server has refused it: then there would be a code. */
function isBrokenBulk({ name, code }: DriverError): boolean {
  return name === 'MongoBulkWriteError' && code === undefined;
}

/** Of an address mongodb+srv://, whose servers are asked of the name service: Node's error, not the driver's. */
function isLookupFailure(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && /^query(Srv|Txt)$/.test(String(error.syscall));
}

/** By name: the driver, its parser of addresses and mongoose have a base class each. */
function isDriverError(error: unknown): error is DriverError {
  return typeof error === 'object' && error !== null && 'name' in error && /^(Mongo|BSON)/.test(String(error.name));
}
