import { createDataCipher } from '../../src/storage/data-cipher.js';
import type { Storage } from '../../src/storage/ports/storage.js';
import { IN_MEMORY } from '../../src/storage/sqlite/database.js';
import { openSqliteStorage } from '../../src/storage/sqlite/storage.js';

/** Every store, for a test; gone when it is closed. */
export function openMemoryStorage(): Promise<Storage> {
  return openSqliteStorage(IN_MEMORY, createDataCipher(Buffer.alloc(32, 7)));
}
