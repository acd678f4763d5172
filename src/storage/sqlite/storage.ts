import type { Storage } from '../ports/storage.js';
import type { RecordCodec } from '../record-codec.js';
import { createConversationStore } from './conversation-store.js';
import { openSqliteDatabase } from './database.js';

/**
 * @param file the database file, or `:memory:`.
 * @throws ConfigError, or DomainError `storage-unavailable`.
 */
export async function openSqliteStorage(file: string, codec: RecordCodec): Promise<Storage> {
  const db = await openSqliteDatabase(file, codec);
  const probe = db.prepare('SELECT id FROM key_check');
  return {
    conversations: createConversationStore(db, codec),
    ping: () =>
      db.read(() => {
        probe.get();
      }),
    close: () => db.close(),
  };
}
