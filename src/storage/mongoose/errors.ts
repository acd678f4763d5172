import { DomainError } from '../../domain/errors.js';
import { codeOf } from '../error-code.js';
import { setupFaults } from '../setup-faults.js';

/** Server error codes: https://www.mongodb.com/docs/manual/reference/error-codes/ */
const DUPLICATE_KEY = 11000;
const REFUSALS = new Set([13, 18, 8000]);
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
  return new DomainError('storage-unavailable', `MongoDB, ${error.name}${code}`);
}

/** The same while opening, where some failures are for the operator to mend. */
export function toOpeningError(error: unknown): unknown {
  if (!isDriverError(error)) return error;
  if (URI_FAULTS.has(error.name)) return setupFaults.badMongodbUri();
  if (typeof error.code === 'number' && REFUSALS.has(error.code)) return setupFaults.mongodbRefuses();
  return toDomainError(error);
}

export function isDuplicateKey(error: unknown): boolean {
  return isDriverError(error) && error.code === DUPLICATE_KEY;
}

/** For a write of several documents: whether each one that failed was there already. */
export function areAllDuplicates(error: unknown): boolean {
  if (!isDuplicateKey(error)) return false;
  const { writeErrors } = error as { writeErrors?: unknown };
  return [writeErrors].flat().every((failure) => codeOf(failure) === DUPLICATE_KEY);
}

/** By name: the driver, its parser of addresses and mongoose have a base class each. */
function isDriverError(error: unknown): error is DriverError {
  return typeof error === 'object' && error !== null && 'name' in error && /^(Mongo|BSON)/.test(String(error.name));
}
