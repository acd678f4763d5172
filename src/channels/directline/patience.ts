import { setTimeout as wait } from 'node:timers/promises';
import { isDomainError } from '../../domain/errors.js';

const PAUSES_MS = [100, 400, 1500];

/**
 * Tries again while storage is unavailable, for two seconds in all: a client takes an error on its first call, or on
 * a poll, for the end. Only for what may be done twice.
 */
export async function withPatience<Result>(task: () => Promise<Result>): Promise<Result> {
  for (const pauseMs of PAUSES_MS) {
    try {
      return await task();
    } catch (error) {
      if (!isDomainError(error, 'storage-unavailable')) throw error;
      await wait(pauseMs);
    }
  }
  return task();
}
