import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createDataCipher } from '../data-cipher.js';
import { findDataKey } from '../data-key.js';
import { createRecordCodec, type RecordCodec } from '../record-codec.js';
import type { MoveOrigin } from '../sqlite/rows.js';
import { counted } from './backup.js';
import { createDigest, type Digest } from './digest.js';
import { transferFaults } from './faults.js';
import { sqliteFileIn } from './open-transfer.js';
import type { Progress, RowSource, RowTarget } from './ports.js';
import { compare } from './restore.js';

export interface MovePlace {
  readonly dataDir: string;
  readonly dataKey?: string;
  readonly mongodbUri?: string;
}

export interface MoveOptions {
  readonly place: MovePlace;
  readonly progress: Progress;
  readonly onWaiting?: () => void;
  readonly signal?: AbortSignal;
}

export type MoveOutcome = { readonly is: 'moved'; readonly digest: Digest } | { readonly is: 'moved-before' };

/**
 * Copies everything from the SQLite of the data folder to MongoDB, compares both, and marks the SQLite as moved. Killed
 * at any point and run again, it goes on: the SQLite is marked before the first row is written, so that nobody changes
 * it in between, and MongoDB is marked until the end, so that nobody starts on half of it.
 * @throws ConfigError, DomainError `storage-unavailable`; the reason of `signal`.
 */
export async function move({ place, progress, onWaiting, signal }: MoveOptions): Promise<MoveOutcome> {
  const { mongodbUri } = place;
  if (mongodbUri === undefined) throw transferFaults.noMongodbUri();
  const codec = await codecOf(place);
  const origin = await openOrigin(place, codec);
  try {
    const mark = origin.mark();
    if (mark?.state === 'moved' && !(await isHalfMoved(mongodbUri, mark.transfer, origin)))
      return { is: 'moved-before' };
    const transfer = mark?.transfer ?? randomUUID();
    const target = await openTarget(mongodbUri, { codec, transfer, ...(onWaiting && { onWaiting }) }, () => {
      // Only once MongoDB is found to be empty, or ours: a refusal leaves nothing behind.
      if (!mark) origin.setMark({ transfer, state: 'begun' });
    });
    return await fill({ origin, target, transfer, progress, ...(signal && { signal }) });
  } finally {
    await origin.close();
  }
}

/**
 * Has servers start on the SQLite again: a move under way is given up, or one that was done is taken back. What is in
 * MongoDB stays there. False when nothing was moved.
 */
export async function undoMove(place: MovePlace): Promise<boolean> {
  const origin = await openOrigin(place, await codecOf(place));
  try {
    if (!origin.mark()) return false;
    origin.setMark(undefined);
    return true;
  } finally {
    await origin.close();
  }
}

async function openOrigin(place: MovePlace, codec: RecordCodec): Promise<MoveOrigin> {
  const { openMoveOrigin } = await import('../sqlite/rows.js');
  return openMoveOrigin(sqliteFileIn(place.dataDir), codec);
}

async function codecOf(place: MovePlace): Promise<RecordCodec> {
  const file = sqliteFileIn(place.dataDir);
  if (!existsSync(file)) throw transferFaults.noDatabase(file);
  const key = await findDataKey(place);
  if (!key) throw transferFaults.keyNeeded();
  return createRecordCodec(createDataCipher(key));
}

async function openTarget(
  mongodbUri: string,
  { codec, ...options }: { codec: RecordCodec; transfer: string; onWaiting?: () => void },
  onTaken: () => void,
): Promise<RowTarget> {
  const { openMongooseTarget } = await import('../mongoose/row-target.js');
  const target = await openMongooseTarget(mongodbUri, codec, options);
  onTaken();
  return target;
}

/** Killed between its last two steps, a move is to be finished. @throws ConfigError when it went somewhere else. */
async function isHalfMoved(mongodbUri: string, transfer: string, origin: RowSource): Promise<boolean> {
  const { inspectTarget } = await import('../mongoose/row-target.js');
  const { mark, isMade, isFull } = await inspectTarget(mongodbUri);
  if (mark?.transfer === transfer) return true;
  const isAllThere = isFull || (await isEmpty(origin));
  if (mark || !isMade || !isAllThere) throw transferFaults.notMovedHere();
  return false;
}

async function isEmpty(origin: RowSource): Promise<boolean> {
  for await (const _ of origin.rows()) return false;
  return true;
}

interface Filling {
  readonly origin: MoveOrigin;
  readonly target: RowTarget;
  readonly transfer: string;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
}

async function fill({ origin, target, transfer, progress, signal }: Filling): Promise<MoveOutcome> {
  try {
    const digest = createDigest();
    progress.begin('Déplacement vers MongoDB', await origin.estimate());
    for await (const row of counted(origin.rows(), progress, signal)) {
      digest.add(row);
      await target.write(row);
    }
    await target.flush();
    progress.end();
    await compare(target, digest.result(), progress);
    signal?.throwIfAborted();
    // First here: in between, neither of the two is started on, and the next run finishes.
    origin.setMark({ transfer, state: 'moved' });
    await target.finish();
    return { is: 'moved', digest: digest.result() };
  } catch (error) {
    await target.abandon();
    throw error;
  }
}
