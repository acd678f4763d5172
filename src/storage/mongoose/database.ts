import { type Connection, type ConnectOptions, createConnection } from 'mongoose';
import { DomainError } from '../../domain/errors.js';
import type { RecordCodec } from '../record-codec.js';
import { toDomainError, toOpeningError } from './errors.js';
import { migrate } from './migrations.js';
import { defineModels, type Models } from './models.js';

const DEFAULT_DATABASE = 'permanence';
const OPTIONS: ConnectOptions = {
  appName: 'permanence',
  // A write is acknowledged once a failover cannot undo it; reads see such writes only, on the primary.
  writeConcern: { w: 'majority', journal: true },
  readConcern: { level: 'majority' },
  readPreference: 'primary',
  // Retried writes need a replica set; the conditional write makes a retry by the caller harmless.
  retryWrites: false,
  serverSelectionTimeoutMS: 5_000,
  connectTimeoutMS: 5_000,
  socketTimeoutMS: 20_000,
  maxPoolSize: 20,
  promoteBuffers: true,
  bufferCommands: false,
  autoIndex: false,
  autoCreate: false,
};

/** One MongoDB database, opened and migrated. Its promises reject with DomainErrors only, or a fault of the code. */
export interface MongooseDatabase {
  readonly models: Models;
  run<Result>(work: () => Promise<Result>): Promise<Result>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** @throws ConfigError when the operator has to mend something, DomainError `storage-unavailable`. */
export async function openMongooseDatabase(uri: string, codec: RecordCodec): Promise<MongooseDatabase> {
  const connection = await connect(uri);
  const models = defineModels(connection);
  try {
    await migrate(models, codec);
  } catch (error) {
    await connection.close();
    throw toOpeningError(error);
  }
  return wrap(connection, models);
}

function wrap(connection: Connection, models: Models): MongooseDatabase {
  const underWay = new Set<Promise<unknown>>();
  let isClosed = false;

  async function run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (isClosed) throw new DomainError('storage-unavailable', 'la connexion à MongoDB est fermée');
    const operation = work();
    underWay.add(operation);
    try {
      return await operation;
    } catch (error) {
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

async function connect(uri: string): Promise<Connection> {
  const connection = createConnection(uri, {
    ...OPTIONS,
    ...(!namesDatabase(uri) && { dbName: DEFAULT_DATABASE }),
  });
  try {
    return await connection.asPromise();
  } catch (error) {
    await connection.close();
    throw toOpeningError(error);
  }
}

function namesDatabase(uri: string): boolean {
  return /^mongodb(\+srv)?:\/\/[^/]+\/[^?]/.test(uri);
}
