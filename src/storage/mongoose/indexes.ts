import { setTimeout as wait } from 'node:timers/promises';
import { isBuildingIndex } from './errors.js';
import type { Models } from './models.js';
import { type DeclaredIndex, INDEXES, type IndexName } from './queries.js';

const PAUSE_MS = 1000;

/**
 * Builds what is missing of these indexes, one after the other: Amazon DocumentDB builds one of a collection at a time, and
 * refuses those of another process meanwhile. They are asked for again until that one is done.
 */
export async function buildIndexes(
  models: Models,
  names: readonly IndexName[],
  pause: () => Promise<unknown> = () => wait(PAUSE_MS),
): Promise<void> {
  for (const name of names) await build(models, INDEXES[name], pause);
}

export function buildAllIndexes(models: Models): Promise<void> {
  return buildIndexes(models, Object.keys(INDEXES) as IndexName[]);
}

async function build(
  models: Models,
  { on, key, isUnique }: DeclaredIndex,
  pause: () => Promise<unknown>,
): Promise<void> {
  for (;;) {
    try {
      await models[on].collection.createIndex({ ...key }, isUnique === true ? { unique: true } : {});
      return;
    } catch (error) {
      if (!isBuildingIndex(error)) throw error;
      await pause();
    }
  }
}
