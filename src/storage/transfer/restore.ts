import { createDataCipher } from '../data-cipher.js';
import { findDataKey } from '../data-key.js';
import { createRecordCodec, type RecordCodec } from '../record-codec.js';
import { checkBackup, counted } from './backup.js';
import { type BackupContent, openBackup } from './backup-file.js';
import { countOf, type Digest, differences, digestOf } from './digest.js';
import { transferFaults } from './faults.js';
import { openTarget, type Place } from './open-transfer.js';
import type { Progress, RowTarget } from './ports.js';

export interface RestoreOptions {
  readonly place: Place & { readonly dataKey?: string };
  readonly file: string;
  readonly progress: Progress;
  /** Called before another command is given the time to show that it lives. */
  readonly onWaiting?: () => void;
  readonly signal?: AbortSignal;
}

/**
 * Fills an empty database from a backup of either engine. The file is read to its end before anything is written; what
 * was written is read back before any server can start on it. Until then nothing is there, or a database that says that
 * it is not finished, and is begun anew by the next restoration.
 * @throws ConfigError, DomainError `storage-unavailable`; the reason of `signal`.
 */
export async function restore(options: RestoreOptions): Promise<BackupContent> {
  const { place, file, progress, onWaiting, signal } = options;
  const content = await checkBackup(file, progress, signal);
  const codec = await requireKey(place, content, file);
  const { dataDir, mongodbUri } = place;
  const target = await openTarget({
    ...{ dataDir, codec },
    ...(mongodbUri !== undefined && { mongodbUri }),
    ...(onWaiting && { onWaiting }),
  });
  try {
    await writeAll(target, { file, digest: content.digest, progress, ...(signal && { signal }) });
    await compare(target, content.digest, progress);
    signal?.throwIfAborted();
    await target.finish();
  } catch (error) {
    await target.abandon();
    throw error;
  }
  return content;
}

/** Whether the key of this place opens what is in the file; undefined when there is none. */
export async function opensBackup(
  place: RestoreOptions['place'],
  { header }: Pick<BackupContent, 'header'>,
): Promise<boolean | undefined> {
  const key = await findDataKey(place);
  return key && createRecordCodec(createDataCipher(key)).opensKeyCheck(header.keyCheck);
}

async function requireKey(place: RestoreOptions['place'], content: BackupContent, file: string): Promise<RecordCodec> {
  const key = await findDataKey(place);
  if (!key) throw transferFaults.keyNeeded();
  const codec = createRecordCodec(createDataCipher(key));
  if (!codec.opensKeyCheck(content.header.keyCheck)) throw transferFaults.otherKeyThanFile(file);
  return codec;
}

interface Filling {
  readonly file: string;
  readonly digest: Digest;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
}

async function writeAll(target: RowTarget, { file, digest, progress, signal }: Filling): Promise<void> {
  const reader = await openBackup(file);
  try {
    progress.begin('Écriture dans la base', countOf(digest));
    // To the end of the file, which is compared with its hash again: it may have been changed since.
    for await (const row of counted(reader.rows(), progress, signal)) await target.write(row);
    await target.flush();
    progress.end();
  } finally {
    await reader.close();
  }
}

/** Reads the database back. @throws ConfigError unless it holds what it should, and nothing else. */
export async function compare(target: RowTarget, expected: Digest, progress: Progress): Promise<void> {
  progress.begin('Relecture de la base', countOf(expected));
  const found = await digestOf(counted(target.rows(), progress));
  progress.end();
  const kinds = differences(expected, found);
  if (kinds.length > 0) throw transferFaults.differs(kinds);
}
