import { join } from 'node:path';
import type { Clock } from '../domain/clock.js';
import { createDataCipher, type DataCipher } from './data-cipher.js';
import { loadDataKey, makeDataDirectory } from './data-key.js';
import type { OpeningOptions } from './mongoose/database.js';
import type { Storage } from './ports/storage.js';
import type { OnUnreadable } from './record-collection.js';

/** In `dataDir`. */
export const SQLITE_FILE = 'permanence.db';

export interface StorageConfig {
  /** Holds the key file and the embedded database. Made when absent. */
  readonly dataDir: string;
  /** 32 bytes in base64 or hexadecimal; else the key file of `dataDir`. */
  readonly dataKey?: string;
  /** When given, MongoDB keeps everything in place of the embedded database. */
  readonly mongodbUri?: string;
  readonly clock?: Clock;
  /** Told of what was altered in the database and is passed over. */
  readonly onUnreadable?: OnUnreadable;
  /** How long a MongoDB that does not answer yet is waited for; not at all when absent. */
  readonly patienceMs?: number;
  /** Called once, when it is waited for. */
  readonly onWaiting?: () => void;
}

/** Longer than a failover, or than a database that is started together with the server needs. */
export const START_PATIENCE_MS = 30_000;

/** What both engines are opened with. */
interface StorageParts {
  readonly cipher: DataCipher;
  readonly clock: Clock;
  readonly onUnreadable?: OnUnreadable;
}

export interface OpenedStorage {
  readonly storage: Storage;
  /** The server's key. Give other uses a key of their own: `deriveKey(key, '<purpose>')`. */
  readonly key: Buffer;
  /** The key file has just been made: warn the operator to keep a copy apart from the data. */
  readonly wasKeyGenerated: boolean;
  readonly engine: 'sqlite' | 'mongodb';
}

/**
 * Opens the database that the configuration names, migrated and checked against the key.
 * @throws ConfigError (French, with the remedy) or DomainError `storage-unavailable`.
 */
export async function createStorage(config: StorageConfig): Promise<OpenedStorage> {
  return open(config, {});
}

/**
 * Brings the database to this version's format before the servers of a release start, and builds indexes that are missing.
 * Throws as `createStorage`.
 */
export async function migrateStorage(config: StorageConfig): Promise<void> {
  const { storage } = await open(config, { checksIndexes: true });
  await storage.close();
}

async function open(
  {
    dataDir,
    dataKey,
    mongodbUri,
    clock = () => new Date(),
    onUnreadable,
    patienceMs = 0,
    onWaiting = () => undefined,
  }: StorageConfig,
  { checksIndexes = false }: { checksIndexes?: boolean },
): Promise<OpenedStorage> {
  const { key, wasGenerated } = await loadDataKey({ dataDir, ...(dataKey !== undefined && { dataKey }) });
  const parts = { cipher: createDataCipher(key), clock, ...(onUnreadable && { onUnreadable }) };
  const storage = await (mongodbUri === undefined
    ? openSqlite(dataDir, parts)
    : openMongodb(mongodbUri, { ...parts, patienceMs, onWaiting, checksIndexes }));
  return { storage, key, wasKeyGenerated: wasGenerated, engine: mongodbUri === undefined ? 'sqlite' : 'mongodb' };
}

async function openSqlite(dataDir: string, { cipher, onUnreadable }: StorageParts): Promise<Storage> {
  const { openSqliteStorage } = await import('./sqlite/storage.js');
  await makeDataDirectory(dataDir);
  return openSqliteStorage(join(dataDir, SQLITE_FILE), cipher, onUnreadable);
}

/** Loaded only when used: mongoose takes memory and time that a server alone need not spend. */
async function openMongodb(uri: string, parts: StorageParts & OpeningOptions): Promise<Storage> {
  const { openMongooseStorage } = await import('./mongoose/storage.js');
  return openMongooseStorage(uri, parts);
}
