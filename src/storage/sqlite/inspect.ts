import { DatabaseSync } from 'node:sqlite';
import type { Inspection } from '../inspection.js';
import type { RecordCodec } from '../record-codec.js';
import { toOpeningError } from './errors.js';
import { KNOWN_VERSION } from './migrations.js';
import { refuseMoved } from './move-mark.js';

/**
 * Looks at a database file, beside a server that uses it. It reads every page: seconds for a large one.
 * @throws ConfigError or DomainError, as opening it does.
 */
export function inspectSqlite(file: string, codec: RecordCodec | undefined): Inspection {
  try {
    const db = new DatabaseSync(file, { readOnly: true });
    try {
      return look(db, codec);
    } finally {
      db.close();
    }
  } catch (error) {
    throw toOpeningError(error, file);
  }
}

function look(db: DatabaseSync, codec: RecordCodec | undefined): Inspection {
  const startedAt = performance.now();
  const { sqlite_version: release } = row(db, 'SELECT sqlite_version() AS sqlite_version');
  const roundTripMs = performance.now() - startedAt;
  const version = Number(row(db, 'PRAGMA user_version').user_version);
  const { quick_check: checked } = row(db, 'PRAGMA quick_check(1)');
  if (checked === 'ok') refuseMoved(db);
  return {
    engine: `SQLite ${String(release)}`,
    version: version === 0 ? undefined : version,
    knownVersion: KNOWN_VERSION,
    keyFits: version === 0 ? undefined : keyFits(db, codec),
    ...(checked !== 'ok' && { damage: String(checked) }),
    // They come with the format.
    missingIndexes: [],
    roundTripMs,
    isShared: false,
  };
}

function keyFits(db: DatabaseSync, codec: RecordCodec | undefined): boolean | undefined {
  const found = db.prepare('SELECT sealed FROM key_check').get() as { sealed: Uint8Array } | undefined;
  return found && codec?.opensKeyCheck(found.sealed);
}

function row(db: DatabaseSync, sql: string): Readonly<Record<string, unknown>> {
  return db.prepare(sql).get() ?? {};
}
