import type { DatabaseSync } from 'node:sqlite';
import { setupFaults } from '../setup-faults.js';

/**
 * Says in the database itself that it is being moved, or was: apart from the migrations, as most databases never have
 * it, and it goes again when the move is undone.
 */
export interface MoveMark {
  /** Names this move in both databases. */
  readonly transfer: string;
  readonly state: 'begun' | 'moved';
}

const TABLE = `
  CREATE TABLE IF NOT EXISTS move_mark (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    transfer TEXT NOT NULL,
    state TEXT NOT NULL
  ) STRICT`;

export function readMoveMark(db: DatabaseSync): MoveMark | undefined {
  const isThere = db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'move_mark'").get();
  if (!isThere) return undefined;
  return db.prepare('SELECT transfer, state FROM move_mark').get() as unknown as MoveMark | undefined;
}

export function writeMoveMark(db: DatabaseSync, { transfer, state }: MoveMark): void {
  db.exec(TABLE);
  db.prepare('INSERT OR REPLACE INTO move_mark (id, transfer, state) VALUES (1, ?, ?)').run(transfer, state);
}

export function removeMoveMark(db: DatabaseSync): void {
  db.exec('DROP TABLE IF EXISTS move_mark');
}

/** @throws ConfigError when what is here was moved, or half of it. */
export function refuseMoved(db: DatabaseSync): void {
  const mark = readMoveMark(db);
  if (mark) throw mark.state === 'moved' ? setupFaults.movedDatabase() : setupFaults.unfinishedMove();
}
