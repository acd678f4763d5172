import type { Storage } from '../../src/storage/ports/storage.js';

/** One database of its own, for one test. */
export interface StorageUnderTest {
  /** Opens it, the first time or again, with the same key unless another one is given. */
  open(options?: { dataKey?: string }): Promise<Storage>;
  /** All that lies in the database, as someone who took it would have it. */
  readRaw(): Promise<Buffer>;
  /** The sealed part of every message in the database. */
  readSealedMessages(): Promise<readonly Buffer[]>;
  /** Closes what was opened and removes the database. */
  dispose(): Promise<void>;
}

export type MakeStorage = () => Promise<StorageUnderTest>;

export const TEST_KEY = Buffer.alloc(32, 7).toString('base64');
export const OTHER_KEY = Buffer.alloc(32, 8).toString('base64');
