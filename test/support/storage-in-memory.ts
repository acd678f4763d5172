import { createDataCipher } from '../../src/storage/data-cipher.js';
import type { Storage } from '../../src/storage/ports/storage.js';
import { IN_MEMORY } from '../../src/storage/sqlite/database.js';
import { openSqliteStorage } from '../../src/storage/sqlite/storage.js';
import { TEST_KEY } from './storage-under-test.js';

/** A whole storage of its own, quick to open and without a file, for tests of what is built on it. */
export function openMemoryStorage(): Promise<Storage> {
  return openSqliteStorage(IN_MEMORY, createDataCipher(Buffer.from(TEST_KEY, 'base64')));
}
