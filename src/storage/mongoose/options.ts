import type { ConnectOptions } from 'mongoose';

const SECOND_MS = 1000;

/** What the storage's promises rest on, whatever MONGODB_URI says of it. */
const FIXED: ConnectOptions = {
  appName: 'permanence',
  /**
   * Acknowledged once a majority has it in its journal: a failover cannot undo it. A set that has lost its majority is told
   * of after the limit, before the connection's own. A server alone, and engines whose every write is durable, take it too.
   */
  writeConcern: { w: 'majority', journal: true, wtimeoutMS: 10 * SECOND_MS },
  /** Nothing is seen that a failover could undo; on the primary, so that every process sees what was acknowledged. */
  readConcern: { level: 'majority' },
  // The driver heeds this name more, which addresses use.
  readConcernLevel: 'majority',
  readPreference: 'primary',
  promoteBuffers: true,
  // A call fails at once where it would wait in memory for a connection.
  bufferCommands: false,
  autoIndex: false,
  autoCreate: false,
};

/**
 * What MONGODB_URI may set otherwise.
 *
 * Retried writes are not asked of the driver: a server alone has none, and Amazon DocumentDB before 8.0.2 refuses the
 * writes of those who ask. Each write that may be made again is made again here (`again.ts`), on every engine alike.
 * Retried reads are the driver's: they need nothing of the server.
 * No compression: what is sealed does not shrink.
 */
const DEFAULTS = {
  retryWrites: false,
  retryReads: true,
  /** A failover usually takes longer: calls fail meanwhile, and those who sent something send it again. */
  serverSelectionTimeoutMS: 5 * SECOND_MS,
  connectTimeoutMS: 5 * SECOND_MS,
  /** Longer than any query of ours is let run (`QUERY_LIMIT_MS`): then the server, or the way to it, is gone. */
  socketTimeoutMS: 20 * SECOND_MS,
  /** The turns of one process are short and share one thread: more connections would wait for it. */
  maxPoolSize: 20,
  /** Kept open, so that the first turn of the morning finds them. */
  minPoolSize: 2,
  /** Less than firewalls and balancers leave a silent connection. */
  maxIdleTimeMS: 120 * SECOND_MS,
  /** With every connection in use for so long, more calls only make it worse. */
  waitQueueTimeoutMS: 5 * SECOND_MS,
  /** A primary that steps down says so at once; this finds those who do not. */
  heartbeatFrequencyMS: 10 * SECOND_MS,
} satisfies ConnectOptions;

const DEFAULT_DATABASE = 'permanence';

/** How long the server may work on one query or write: an index that is missing slows one call, not the whole server. */
export const QUERY_LIMIT_MS = 15 * SECOND_MS;

/** @param uri MONGODB_URI. It names the database; « permanence » when it does not. */
export function connectOptions(uri: string): ConnectOptions {
  const set = settingsOf(uri);
  const defaults = Object.entries(DEFAULTS).filter(([name]) => !set.has(name.toLowerCase()));
  return { ...FIXED, ...Object.fromEntries(defaults), ...(!namesDatabase(uri) && { dbName: DEFAULT_DATABASE }) };
}

/** The same for changes to the format: an index over many messages takes the time that it takes. */
export function migrationOptions(uri: string): ConnectOptions {
  return {
    ...connectOptions(uri),
    appName: 'permanence-migration',
    socketTimeoutMS: 0,
    minPoolSize: 0,
    maxPoolSize: 1,
  };
}

/** Options of a MongoDB address are named without regard to case. */
function settingsOf(uri: string): ReadonlySet<string> {
  const [, query = ''] = uri.split('?', 2);
  return new Set([...new URLSearchParams(query).keys()].map((name) => name.toLowerCase()));
}

function namesDatabase(uri: string): boolean {
  return /^mongodb(\+srv)?:\/\/[^/]+\/[^?]/.test(uri);
}
