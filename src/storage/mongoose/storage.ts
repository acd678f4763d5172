import type { Clock } from '../../domain/clock.js';
import type { Storage } from '../ports/storage.js';
import type { RecordCodec } from '../record-codec.js';
import { createArchive } from './archive.js';
import { createConversationStore } from './conversation-store.js';
import { openMongooseDatabase } from './database.js';

/**
 * @param uri names the database too; « permanence » when it does not.
 * @throws ConfigError, or DomainError `storage-unavailable`.
 */
export async function openMongooseStorage(uri: string, codec: RecordCodec, clock: Clock): Promise<Storage> {
  const db = await openMongooseDatabase(uri, codec);
  const archive = createArchive(db.models, clock);
  try {
    await db.run(() => archive.sweepAll());
  } catch (error) {
    await db.close();
    throw error;
  }
  return { conversations: createConversationStore(db, archive, codec), ping: () => db.ping(), close: () => db.close() };
}
