import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import { codeOf } from '../error-code.js';
import type { RecordCodec } from '../record-codec.js';
import { transferFaults } from '../transfer/faults.js';
import type { RowTarget } from '../transfer/ports.js';
import { KINDS_LEFT_OUT, type TransferRow } from '../transfer/row.js';
import { connect } from './database.js';
import { isDuplicateKey, toOpeningError } from './errors.js';
import { migrate } from './migrations.js';
import { defineModels, type Models } from './models.js';
import { createRowWriter } from './row-writer.js';
import { rowsOf } from './rows.js';
import { beat, createTransferMarks, type TransferMark, type TransferMarks } from './transfer-mark.js';

/** A command that lives writes a batch at least so often. */
const SIGN_OF_LIFE_MS = 20_000;
const BEAT_MS = 3_000;
const LOOK_EVERY_MS = 500;

export interface TargetOptions {
  /** Names the move, so that it is taken up again where it stopped. Absent: everything is written anew. */
  readonly transfer?: string;
  /** Called before another command is given the time to show that it lives. */
  readonly onWaiting?: () => void;
  readonly signOfLifeMs?: number;
}

/**
 * A database that is empty, or that holds what an earlier run has left. A mark in it keeps servers from starting on it.
 * @throws ConfigError when it holds anything else, or another command is writing to it.
 */
export async function openMongooseTarget(
  uri: string,
  codec: RecordCodec,
  options: TargetOptions = {},
): Promise<RowTarget> {
  const connection = await connect(uri);
  try {
    const models = defineModels(connection);
    const marks = createTransferMarks(models);
    const mark = await takeMark(models, marks, options);
    await migrate(models, codec);
    return targetOf({ connection, models, marks, mark });
  } catch (error) {
    await connection.close();
    throw toOpeningError(error);
  }
}

export interface FoundTarget {
  /** Of what is being written to it. */
  readonly mark?: TransferMark;
  /** A server could start on it. */
  readonly isMade: boolean;
  readonly isFull: boolean;
}

/** Of a database as it is found. Throws as `openMongooseTarget`. */
export async function inspectTarget(uri: string): Promise<FoundTarget> {
  const connection = await connect(uri);
  try {
    const models = defineModels(connection);
    const mark = await createTransferMarks(models).read();
    const isMade = (await models.meta.findById('storage').lean()) !== null;
    return { ...(mark && { mark }), isMade, isFull: await isFull(models) };
  } catch (error) {
    throw toOpeningError(error);
  } finally {
    await connection.close();
  }
}

/** Ours from here on; what another run has left is gone, unless it is the same move. */
async function takeMark(
  models: Models,
  marks: TransferMarks,
  { transfer = randomUUID(), onWaiting, signOfLifeMs = SIGN_OF_LIFE_MS }: TargetOptions,
): Promise<TransferMark> {
  const found = await marks.read();
  const holder = randomUUID();
  if (!found) {
    await refuseFull(models);
    const mark: TransferMark = { transfer, holder, beat: 0, done: {} };
    await createMark(marks, mark);
    // Asked again: a server may have started in between.
    if (await isFull(models)) {
      await marks.remove(mark);
      throw transferFaults.notEmpty('MONGODB_URI');
    }
    return mark;
  }
  // The same move is nobody else's: whoever runs it holds its SQLite file alone.
  const isSame = found.transfer === transfer;
  if (!isSame) {
    onWaiting?.();
    await refuseAlive(marks, found, signOfLifeMs);
  }
  const mark: TransferMark = { transfer, holder, beat: found.beat + 1, done: isSame ? found.done : {} };
  if (!(await marks.replace(found, mark))) throw transferFaults.anotherTransfer();
  return isSame ? mark : removeAll(models, marks, mark);
}

async function createMark(marks: TransferMarks, mark: TransferMark): Promise<void> {
  try {
    await marks.create(mark);
  } catch (error) {
    throw isDuplicateKey(error) ? transferFaults.anotherTransfer() : error;
  }
}

/** By what is seen to move, as clocks of machines differ. */
async function refuseAlive(marks: TransferMarks, seen: TransferMark, signOfLifeMs: number): Promise<void> {
  const startedAt = performance.now();
  while (performance.now() - startedAt < signOfLifeMs) {
    await wait(LOOK_EVERY_MS);
    const now = await marks.read();
    if (now?.holder !== seen.holder || now.beat !== seen.beat) throw transferFaults.anotherTransfer();
  }
}

async function refuseFull(models: Models): Promise<void> {
  if (await isFull(models)) throw transferFaults.notEmpty('MONGODB_URI');
}

/** Rows of processes that ended say nothing. */
async function isFull({ conversations, archive, records }: Models): Promise<boolean> {
  const found = await Promise.all([
    conversations.collection.findOne({}),
    archive.collection.findOne({}),
    records.collection.findOne({ kind: { $nin: [...KINDS_LEFT_OUT] } }),
  ]);
  return found.some((document) => document !== null);
}

/** Shows all the while that its holder lives: what is removed may be as much as takes minutes. */
async function removeAll(
  { conversations, archive, records, sweeps }: Models,
  marks: TransferMarks,
  taken: TransferMark,
): Promise<TransferMark> {
  let mark = taken;
  for (const model of [conversations, archive, records, sweeps]) {
    mark = await beat(marks, mark);
    const removal = model.collection.deleteMany({});
    while (await isLongerThan(removal, BEAT_MS)) mark = await beat(marks, mark);
  }
  return mark;
}

/** Rejects as `work` does. */
async function isLongerThan(work: Promise<unknown>, ms: number): Promise<boolean> {
  const limit = new AbortController();
  try {
    return await Promise.race([work.then(() => false), wait(ms, true, { signal: limit.signal })]);
  } finally {
    limit.abort();
  }
}

interface TargetParts {
  readonly connection: Connection;
  readonly models: Models;
  readonly marks: TransferMarks;
  readonly mark: TransferMark;
}

function targetOf({ connection, models, marks, mark: taken }: TargetParts): RowTarget {
  let mark = taken;

  /** Before each batch too: one that was overtaken writes no more. */
  async function move(done: TransferMark['done']): Promise<void> {
    mark = await beat(marks, mark, done);
  }

  /** To read all of it back may take longer than others wait for a sign of life. */
  async function* beating(rows: AsyncIterable<TransferRow>): AsyncIterable<TransferRow> {
    let movedAt = performance.now();
    for await (const row of rows) {
      yield row;
      if (performance.now() - movedAt < BEAT_MS) continue;
      await translated(() => move(mark.done));
      movedAt = performance.now();
    }
  }

  const writer = createRowWriter(models, { done: taken.done, move });
  const translated = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      throw codeOf(error) === OUT_OF_SPACE ? transferFaults.diskFull('MongoDB') : toOpeningError(error);
    }
  };

  return {
    write: (row) => translated(() => writer.write(row)),
    flush: () => translated(() => writer.flush()),
    rows: () => beating(rowsOf(models)),
    async finish() {
      await translated(async () => {
        if (!(await marks.remove(mark))) throw transferFaults.overtaken();
      });
      await connection.close();
    },
    async abandon() {
      await connection.close();
    },
  };
}

/** https://www.mongodb.com/docs/manual/reference/error-codes/, OutOfDiskSpace */
const OUT_OF_SPACE = 14031;
