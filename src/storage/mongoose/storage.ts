import type { Clock } from '../../domain/clock.js';
import type { DataCipher } from '../data-cipher.js';
import type { Storage } from '../ports/storage.js';
import { createRecordCodec } from '../record-codec.js';
import { createStores } from '../stores/create-stores.js';
import { createArchive } from './archive.js';
import { createConversationStore } from './conversation-store.js';
import { openMongooseDatabase } from './database.js';
import { createRecordTable } from './records.js';

/**
 * @param uri names the database too; « permanence » when it does not.
 * @throws ConfigError, or DomainError `storage-unavailable`.
 */
export async function openMongooseStorage(uri: string, cipher: DataCipher, clock: Clock): Promise<Storage> {
  const codec = createRecordCodec(cipher);
  const db = await openMongooseDatabase(uri, codec);
  const archive = createArchive(db.models, clock);
  try {
    await db.run(() => archive.sweepAll());
  } catch (error) {
    await db.close();
    throw error;
  }
  return {
    conversations: createConversationStore(db, archive, codec),
    ...createStores(createRecordTable(db), cipher),
    ping: () => db.ping(),
    close: () => db.close(),
  };
}
