import type { Storage } from '../../src/storage/ports/storage.js';
import type { OnUnreadable } from '../../src/storage/record-collection.js';
import type { StoredRecord } from '../../src/storage/records.js';

/** One database of its own, for one test. */
export interface StorageUnderTest {
  /** Opens it, the first time or again, with the same key unless another one is given. */
  open(options?: { dataKey?: string; onUnreadable?: OnUnreadable }): Promise<Storage>;
  /** All that lies in the database, as someone who took it would have it. */
  readRaw(): Promise<Buffer>;
  /** The sealed part of every message in the database. */
  readSealedMessages(): Promise<readonly Buffer[]>;
  /** Changes the records as someone would who can write into the database, but has no key. */
  editRecords(edit: (records: readonly StoredRecord[]) => readonly StoredRecord[]): Promise<void>;
  /** Makes the database, before it is first opened, as the first released format had it: `VERSION_1`. */
  makeVersion1(): Promise<void>;
  /** Closes what was opened and removes the database. */
  dispose(): Promise<void>;
}

export type MakeStorage = () => Promise<StorageUnderTest>;

export const TEST_KEY = Buffer.alloc(32, 7).toString('base64');
export const OTHER_KEY = Buffer.alloc(32, 8).toString('base64');
