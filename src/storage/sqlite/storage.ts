import type { DataCipher } from '../data-cipher.js';
import type { Storage } from '../ports/storage.js';
import { createRecordCodec } from '../record-codec.js';
import type { OnUnreadable } from '../record-collection.js';
import { createStores } from '../stores/create-stores.js';
import { createConversationStore } from './conversation-store.js';
import { openSqliteDatabase } from './database.js';
import { createRecordTable } from './records.js';

/**
 * @param file the database file, or `:memory:`.
 * @throws ConfigError, or DomainError `storage-unavailable`.
 */
export async function openSqliteStorage(
  file: string,
  cipher: DataCipher,
  onUnreadable?: OnUnreadable,
): Promise<Storage> {
  const codec = createRecordCodec(cipher);
  const db = await openSqliteDatabase(file, codec);
  const probe = db.prepare('SELECT id FROM key_check');
  return {
    conversations: createConversationStore(db, codec),
    ...createStores({ table: createRecordTable(db), cipher, ...(onUnreadable && { onUnreadable }) }),
    ping: () =>
      db.read(() => {
        probe.get();
      }),
    close: () => db.close(),
  };
}
