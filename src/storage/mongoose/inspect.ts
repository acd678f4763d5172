import { type Connection, createConnection } from 'mongoose';
import type { Inspection } from '../inspection.js';
import type { RecordCodec } from '../record-codec.js';
import { toOpeningError } from './errors.js';
import { MONGODB_FORMAT } from './migrations.js';
import { defineModels, type Models } from './models.js';
import { connectOptions, QUERY_LIMIT_MS } from './options.js';
import { INDEXES } from './queries.js';
import { refuseUnfinishedTransfer } from './transfer-mark.js';

const NO_SUCH_COLLECTION = 26;

/** Looks at a database and changes nothing in it. @throws ConfigError or DomainError, as opening it does. */
export async function inspectMongodb(uri: string, codec: RecordCodec | undefined): Promise<Inspection> {
  const connection = createConnection(uri, { ...connectOptions(uri), minPoolSize: 0 });
  try {
    await connection.asPromise();
    return await look(connection, defineModels(connection, QUERY_LIMIT_MS), codec);
  } catch (error) {
    throw toOpeningError(error);
  } finally {
    await connection.close();
  }
}

async function look(connection: Connection, models: Models, codec: RecordCodec | undefined): Promise<Inspection> {
  const command = async (asked: object): Promise<Readonly<Record<string, unknown>>> =>
    (await connection.db?.command(asked)) ?? {};
  await command({ ping: 1 });
  await refuseUnfinishedTransfer(models);
  const askedAt = performance.now();
  await command({ ping: 1 });
  const roundTripMs = performance.now() - askedAt;
  const [{ version: release }, clockAheadMs, meta] = await Promise.all([
    command({ buildInfo: 1 }),
    readClock(command),
    models.meta.findById('storage').lean(),
  ]);
  return {
    engine: `MongoDB ${String(release)}`,
    version: meta === null || meta.version === 0 ? undefined : meta.version,
    knownVersion: MONGODB_FORMAT,
    keyFits: meta ? codec?.opensKeyCheck(meta.keyCheck) : undefined,
    missingIndexes: await listMissing(models),
    ...(clockAheadMs !== undefined && { clockAheadMs }),
    roundTripMs,
    isShared: true,
  };
}

/** Servers tell their time in their greeting (https://www.mongodb.com/docs/manual/reference/command/hello/). */
async function readClock(
  command: (asked: object) => Promise<Readonly<Record<string, unknown>>>,
): Promise<number | undefined> {
  const askedAt = Date.now();
  const { localTime: told } = await command({ hello: 1 });
  const answeredAt = Date.now();
  return told instanceof Date ? told.getTime() - (askedAt + answeredAt) / 2 : undefined;
}

async function listMissing(models: Models): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const [name, { on, key }] of Object.entries(INDEXES)) {
    const keys = await keysOf(models, on);
    if (!keys.includes(JSON.stringify(key))) missing.push(name);
  }
  return missing;
}

async function keysOf(models: Models, name: keyof Models): Promise<readonly string[]> {
  try {
    return (await models[name].collection.indexes()).map(({ key }) => JSON.stringify(key));
  } catch (error) {
    const isEmpty = error instanceof Error && 'code' in error && error.code === NO_SUCH_COLLECTION;
    if (isEmpty) return [];
    throw error;
  }
}
