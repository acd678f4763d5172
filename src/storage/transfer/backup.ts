import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { constants, type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../../domain/clock.js';
import { codeOf } from '../error-code.js';
import { type BackupContent, openBackup, verifyBackup, writeBackup } from './backup-file.js';
import { differences } from './digest.js';
import { transferFaults } from './faults.js';
import { engineOf, openSource, type Place } from './open-transfer.js';
import type { Progress } from './ports.js';
import type { TransferRow } from './row.js';

const OWNER_ONLY = 0o600;
/** EFBIG is the limit that the system sets on one file. */
const FULL = ['ENOSPC', 'EDQUOT', 'EFBIG'];

export interface BackupOptions {
  readonly place: Place;
  /** Made with mode 0600; never in place of another one. */
  readonly file: string;
  readonly clock: Clock;
  readonly progress: Progress;
  /** Stops the work and removes what was written. */
  readonly signal?: AbortSignal;
}

/**
 * Writes everything into one file, while servers may go on working. The file has its name once it has been read back
 * and found whole. No key is needed.
 * @throws ConfigError, DomainError `storage-unavailable`; the reason of `signal`.
 */
export async function backUp({ place, file, clock, progress, signal }: BackupOptions): Promise<BackupContent> {
  if (existsSync(file)) throw transferFaults.fileExists(file);
  const source = await openSource(place);
  const partial = `${file}.${randomBytes(6).toString('hex')}.partial`;
  try {
    const header = { madeAt: clock().toISOString(), engine: engineOf(place), keyCheck: source.keyCheck };
    progress.begin('Écriture de la sauvegarde', await source.estimate());
    const handle = await openToWrite(partial, file);
    const written = await closing(handle, () => writeBackup(handle, header, counted(source.rows(), progress, signal)));
    progress.end();
    const content = await checkBackup(partial, progress, signal);
    if (differences(written, content.digest).length > 0) throw transferFaults.alteredFile(partial);
    await rename(partial, file);
    await syncFolder(dirname(file));
    return content;
  } catch (error) {
    await rm(partial, { force: true });
    throw FULL.includes(String(codeOf(error))) ? transferFaults.diskFull(file) : error;
  } finally {
    await source.close();
  }
}

/** Reads all of a file. @throws ConfigError unless it is a whole backup of a format that is known here. */
export async function checkBackup(file: string, progress: Progress, signal?: AbortSignal): Promise<BackupContent> {
  const reader = await openBackup(file);
  try {
    progress.begin('Lecture de la sauvegarde', reader.bytes);
    const content = await verifyBackup(reader, (read) => {
      signal?.throwIfAborted();
      progress.reach(read);
    });
    progress.end();
    return content;
  } finally {
    await reader.close();
  }
}

/** Each one told of as it passes. */
export async function* counted(
  rows: AsyncIterable<TransferRow>,
  progress: Progress,
  signal?: AbortSignal,
): AsyncIterable<TransferRow> {
  let count = 0;
  for await (const row of rows) {
    signal?.throwIfAborted();
    yield row;
    count += 1;
    progress.reach(count);
  }
}

async function openToWrite(partial: string, file: string): Promise<FileHandle> {
  try {
    return await open(partial, 'wx', OWNER_ONLY);
  } catch (error) {
    if (FULL.includes(String(codeOf(error)))) throw error;
    throw transferFaults.noFolder(file);
  }
}

async function closing<Result>(handle: FileHandle, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder; its file system journals the new name by itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, constants.O_RDONLY);
  await closing(handle, () => handle.sync());
}
