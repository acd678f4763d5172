import { afterEach, beforeEach, describe } from '@jest/globals';
import type { Storage } from '../../src/storage/ports/storage.js';
import type { MakeStorage, StorageUnderTest } from './storage-under-test.js';

/** A database of its own for each test. To be read in the tests, not while they are described. */
export interface FreshStorage {
  readonly underTest: StorageUnderTest;
  /** Two servers on the same database. */
  readonly storage: Storage;
  readonly other: Storage;
}

/** Describes tests that each start on an empty database, which two servers have opened. */
export function describeFresh(title: string, makeStorage: MakeStorage, define: (fresh: () => FreshStorage) => void) {
  describe(title, () => {
    let fresh: FreshStorage;

    beforeEach(async () => {
      const underTest = await makeStorage();
      const [storage, other] = await Promise.all([underTest.open(), underTest.open()]);
      fresh = { underTest, storage, other };
    });
    afterEach(() => fresh.underTest.dispose());

    define(() => fresh);
  });
}

export interface RaceOutcome<Value> {
  /** By the order in which they were started. */
  readonly won: readonly { readonly index: number; readonly value: Value }[];
  /** The codes of the DomainErrors of all others. */
  readonly lost: readonly string[];
}

/** Starts 20 at once. */
export async function race<Value>(run: (index: number) => Promise<Value>): Promise<RaceOutcome<Value>> {
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => run(index)));
  return {
    won: outcomes.flatMap((outcome, index) =>
      outcome.status === 'fulfilled' ? [{ index, value: outcome.value }] : [],
    ),
    lost: outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : [])),
  };
}
