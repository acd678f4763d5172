import { setTimeout as wait } from 'node:timers/promises';
import { type Connection, type ConnectOptions, createConnection } from 'mongoose';
import { StorageAwayError } from '../../domain/errors.js';
import type { RecordCodec } from '../record-codec.js';
import { isUnreachable, toDomainError, toOpeningError } from './errors.js';
import { checkFormat, migrate } from './migrations.js';
import { defineModels, type Models } from './models.js';
import { connectOptions, migrationOptions, QUERY_LIMIT_MS } from './options.js';
import { createRenewal } from './renewal.js';
import { refuseOldServer, type ServerVersion } from './server-version.js';
import { refuseUnfinishedTransfer } from './transfer-mark.js';

/** When nothing waits by itself between two tries. */
const PAUSE_MS = 500;
/** Connections that are given up are not waited for. */
const ENDING_MS = 2_000;

export interface OpeningOptions {
  /** How long a server that does not answer yet is waited for; not at all when absent. */
  readonly patienceMs?: number;
  /** Called once, when it is waited for. */
  readonly onWaiting?: () => void;
  /** Builds the indexes that are missing, even where the database is in this code's format. */
  readonly checksIndexes?: boolean;
  /** By which it is seen how long the server has been away: in milliseconds, never going back. Replaced by tests. */
  readonly now?: () => number;
}

/** One MongoDB database, opened and migrated. Its promises reject with DomainErrors only, or a fault of the code. */
export interface MongooseDatabase {
  readonly models: Models;
  run<Result>(work: () => Promise<Result>): Promise<Result>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** @throws ConfigError when the operator has to mend something, DomainError `storage-unavailable`. */
export async function openMongooseDatabase(
  uri: string,
  codec: RecordCodec,
  { patienceMs = 0, onWaiting, ...options }: OpeningOptions = {},
): Promise<MongooseDatabase> {
  const startedAt = performance.now();
  for (let tries = 1; ; tries++) {
    try {
      return await openOnce(uri, codec, options);
    } catch (error) {
      if (!isUnreachable(error) || performance.now() - startedAt >= patienceMs) throw toOpeningError(error);
    }
    if (tries === 1) onWaiting?.();
    await wait(PAUSE_MS);
  }
}

async function openOnce(
  uri: string,
  codec: RecordCodec,
  { checksIndexes = false, now }: OpeningOptions,
): Promise<MongooseDatabase> {
  const connection = await connectBy(uri, connectOptions(uri));
  const models = defineModels(connection, QUERY_LIMIT_MS);
  try {
    refuseOldServer(await readVersion(connection));
    await refuseUnfinishedTransfer(models);
    const isCurrent = await checkFormat(models, codec);
    if (!isCurrent || checksIndexes) await bringUp(uri, codec);
    // Asked again: one may have begun in between, and found the database empty.
    await refuseUnfinishedTransfer(models);
  } catch (error) {
    await connection.close();
    throw error;
  }
  return wrap({ connection, models, uri, ...(now && { now }) });
}

/** On a connection of its own, which waits for long work. */
async function bringUp(uri: string, codec: RecordCodec): Promise<void> {
  const connection = await connectBy(uri, migrationOptions(uri));
  try {
    await migrate(defineModels(connection), codec);
  } finally {
    await connection.close();
  }
}

async function readVersion(connection: Connection): Promise<ServerVersion> {
  const info = await connection.db?.admin().command({ buildInfo: 1 });
  const { hosts } = connection.getClient().options;
  return { version: String(info?.version), hosts: hosts.map(({ host }) => String(host)) };
}

interface OpenParts {
  readonly connection: Connection;
  readonly models: Models;
  readonly uri: string;
  readonly now?: () => number;
}

function wrap({ connection, models, uri, now }: OpenParts): MongooseDatabase {
  const underWay = new Set<Promise<unknown>>();
  let isClosed = false;
  const renew = () => reconnect(connection, uri, () => isClosed);
  const renewal = createRenewal({ renew, ...(now && { now }) });

  async function run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (isClosed) throw new StorageAwayError('la connexion à MongoDB est fermée');
    const operation = work();
    underWay.add(operation);
    try {
      const result = await operation;
      renewal.answered();
      return result;
    } catch (error) {
      if (isUnreachable(error)) renewal.foundNone();
      throw toDomainError(error);
    } finally {
      underWay.delete(operation);
    }
  }

  return {
    models,
    run,
    ping: () =>
      run(async () => {
        await connection.db?.command({ ping: 1 });
      }),
    async close() {
      isClosed = true;
      await Promise.allSettled(underWay);
      await connection.close();
    },
  };
}

/** The same connection, with new sockets and a new watch over the server; not once it has been closed for good. */
async function reconnect(connection: Connection, uri: string, isClosed: () => boolean): Promise<void> {
  if (isClosed()) return;
  const former = connection.getClient();
  // Not by force, after which mongoose takes no more calls. What it takes for lost it leaves to itself.
  await Promise.race([connection.close(), wait(ENDING_MS)]);
  former.close(true).catch(() => undefined);
  if (isClosed()) return;
  await connection.openUri(uri, connectOptions(uri));
}

/** One connection with this project's options. Throws as `openMongooseDatabase`. */
export async function connect(uri: string): Promise<Connection> {
  try {
    return await connectBy(uri, connectOptions(uri));
  } catch (error) {
    throw toOpeningError(error);
  }
}

async function connectBy(uri: string, options: ConnectOptions): Promise<Connection> {
  const connection = createConnection(uri, options);
  try {
    return await connection.asPromise();
  } catch (error) {
    await connection.close();
    throw error;
  }
}
