import { join } from 'node:path';
import { SQLITE_FILE } from '../create-storage.js';
import { makeDataDirectory } from '../data-key.js';
import type { RecordCodec } from '../record-codec.js';
import type { RowSource, RowTarget } from './ports.js';

/** Where data lies: in MongoDB when it is named, else in the folder. */
export interface Place {
  readonly dataDir: string;
  readonly mongodbUri?: string;
}

export function engineOf({ mongodbUri }: Place): 'sqlite' | 'mongodb' {
  return mongodbUri === undefined ? 'sqlite' : 'mongodb';
}

export function sqliteFileIn(dataDir: string): string {
  return join(dataDir, SQLITE_FILE);
}

/** Drivers are loaded only when used. Throws as the engine's own function. */
export async function openSource({ dataDir, mongodbUri }: Place): Promise<RowSource> {
  if (mongodbUri === undefined) {
    const { openSqliteSource } = await import('../sqlite/rows.js');
    return openSqliteSource(sqliteFileIn(dataDir));
  }
  const { openMongooseSource } = await import('../mongoose/rows.js');
  return openMongooseSource(mongodbUri);
}

export interface TargetPlace extends Place {
  readonly codec: RecordCodec;
  readonly onWaiting?: () => void;
}

/** Throws as the engine's own function. */
export async function openTarget({ dataDir, mongodbUri, codec, onWaiting }: TargetPlace): Promise<RowTarget> {
  if (mongodbUri === undefined) {
    const { openSqliteTarget } = await import('../sqlite/rows.js');
    await makeDataDirectory(dataDir);
    return openSqliteTarget(sqliteFileIn(dataDir), codec);
  }
  const { openMongooseTarget } = await import('../mongoose/row-target.js');
  return openMongooseTarget(mongodbUri, codec, { ...(onWaiting && { onWaiting }) });
}
