import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SQLITE_FILE, type StorageConfig } from './create-storage.js';
import { createDataCipher } from './data-cipher.js';
import { findDataKey } from './data-key.js';
import type { Inspection } from './inspection.js';
import { createRecordCodec } from './record-codec.js';

/**
 * Looks at the database that the configuration names and changes nothing in it. Undefined: there is none yet.
 * @throws ConfigError (French, with the remedy) or DomainError `storage-unavailable`.
 */
export async function inspectStorage(config: StorageConfig): Promise<Inspection | undefined> {
  const key = await findDataKey({
    dataDir: config.dataDir,
    ...(config.dataKey !== undefined && { dataKey: config.dataKey }),
  });
  const codec = key && createRecordCodec(createDataCipher(key));
  if (config.mongodbUri !== undefined) {
    const { inspectMongodb } = await import('./mongoose/inspect.js');
    return inspectMongodb(config.mongodbUri, codec);
  }
  const file = join(config.dataDir, SQLITE_FILE);
  if (!existsSync(file)) return undefined;
  const { inspectSqlite } = await import('./sqlite/inspect.js');
  return inspectSqlite(file, codec);
}
