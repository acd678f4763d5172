import type { Clock } from '../../domain/clock.js';
import type { DataCipher } from '../data-cipher.js';
import type { Storage } from '../ports/storage.js';
import { createRecordCodec } from '../record-codec.js';
import type { OnUnreadable } from '../record-collection.js';
import { createStores } from '../stores/create-stores.js';
import { createArchive } from './archive.js';
import { createConversationStore } from './conversation-store.js';
import { type OpeningOptions, openMongooseDatabase } from './database.js';
import { createRecordTable } from './records.js';

export interface MongooseStorageParts extends OpeningOptions {
  readonly cipher: DataCipher;
  readonly clock: Clock;
  readonly onUnreadable?: OnUnreadable;
}

/**
 * @param uri names the database too; « permanence » when it does not.
 * @throws ConfigError, or DomainError `storage-unavailable`.
 */
export async function openMongooseStorage(
  uri: string,
  { cipher, clock, onUnreadable, ...opening }: MongooseStorageParts,
): Promise<Storage> {
  const codec = createRecordCodec(cipher);
  const db = await openMongooseDatabase(uri, codec, opening);
  const archive = createArchive(db.models, clock);
  try {
    await db.run(() => archive.sweepAll());
  } catch (error) {
    await db.close();
    throw error;
  }
  return {
    conversations: createConversationStore(db, archive, codec),
    ...createStores({ table: createRecordTable(db), cipher, ...(onUnreadable && { onUnreadable }) }),
    ping: () => db.ping(),
    close: () => db.close(),
  };
}
