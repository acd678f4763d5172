import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { pipeline as pipe, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { codeOf } from '../error-code.js';
import { createDigest, type Digest, differences } from './digest.js';
import { transferFaults } from './faults.js';
import { joinLines, splitLines } from './lines.js';
import { decodeRow, type TransferRow } from './row.js';

/**
 * A file is three parts: a line in clear with the format, `permanence-backup 1`; the content, compressed (RFC 1952); and
 * a last line in clear, `sha256:` with the hash of all before it. The content is lines of JSON: a header, the rows, and
 * what they add up to. Whatever changes in what a line says is a new format.
 */
const FORMAT = 1;
const FIRST_LINE = `permanence-backup ${FORMAT}\n`;
const FIRST_LINE_SHAPE = /^permanence-backup (\d{1,6})\n/;
const LAST_LINE_SHAPE = /^sha256:([0-9a-f]{64})\n$/;
const LAST_LINE_BYTES = 'sha256:'.length + 64 + 1;
/** Fast: what is sealed does not shrink, and the rest does so at any level. */
const GZIP_LEVEL = 1;
const CHUNK_BYTES = 64 * 1024;

export interface BackupHeader {
  /** ISO 8601, by the clock of the machine that made it. */
  readonly madeAt: string;
  readonly engine: 'sqlite' | 'mongodb';
  /** Sealed under the server's key: tells whether a key is the one that opens what is in the file. */
  readonly keyCheck: Uint8Array;
}

export interface BackupContent {
  readonly header: BackupHeader;
  readonly digest: Digest;
}

/**
 * Writes all rows into a file that is open for writing; on disk once it resolves.
 * @throws the file system's errors, and those of `rows`.
 */
export async function writeBackup(
  handle: FileHandle,
  { keyCheck, ...header }: BackupHeader,
  rows: AsyncIterable<TransferRow>,
): Promise<Digest> {
  const digest = createDigest();
  const hash = createHash('sha256');
  const out = async (bytes: Uint8Array): Promise<void> => {
    hash.update(bytes);
    await handle.writeFile(bytes);
  };
  await out(Buffer.from(FIRST_LINE));
  await pipeline(joinLines(linesOf(), CHUNK_BYTES), createGzip({ level: GZIP_LEVEL }), async (compressed) => {
    for await (const bytes of compressed) await out(bytes as Buffer);
  });
  await handle.writeFile(`sha256:${hash.digest('hex')}\n`);
  await handle.sync();
  return digest.result();

  async function* linesOf(): AsyncIterable<string> {
    yield JSON.stringify({ ...header, keyCheck: Buffer.from(keyCheck).toString('base64') });
    for await (const row of rows) yield digest.add(row);
    yield JSON.stringify({ end: digest.result() });
  }
}

/** A file that is read from its start to its end, once. */
export interface BackupReader {
  readonly header: BackupHeader;
  readonly bytes: number;
  /** Throws at the end, too, when the file is not whole: what was read before is not to be used then. */
  rows(onBytes?: (read: number) => void): AsyncIterable<TransferRow>;
  close(): Promise<void>;
}

/** @throws ConfigError when there is no such file, or it is not a backup that this version reads. */
export async function openBackup(file: string): Promise<BackupReader> {
  const handle = await openToRead(file);
  try {
    const bytes = (await handle.stat()).size;
    const start = await requireFormat(handle, file);
    const lines = (onBytes?: (read: number) => void) => contentLines({ handle, file, start, bytes }, onBytes);
    const header = await readHeader(lines(), file);
    return { header, bytes, rows: (onBytes) => readRows(lines(onBytes), file), close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Reads all of the file. @throws ConfigError unless it is whole. */
export async function verifyBackup(reader: BackupReader, onBytes?: (read: number) => void): Promise<BackupContent> {
  const digest = createDigest();
  for await (const row of reader.rows(onBytes)) digest.add(row);
  return { header: reader.header, digest: digest.result() };
}

async function openToRead(file: string): Promise<FileHandle> {
  try {
    const handle = await open(file, constants.O_RDONLY);
    if ((await handle.stat()).isFile()) return handle;
    await handle.close();
  } catch (error) {
    if (codeOf(error) === 'EMFILE' || codeOf(error) === 'ENFILE') throw error;
  }
  throw transferFaults.noFile(file);
}

/** @returns where the content begins. */
async function requireFormat(handle: FileHandle, file: string): Promise<number> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(32), 0, 32, 0);
  const [line, format] = FIRST_LINE_SHAPE.exec(buffer.subarray(0, bytesRead).toString('latin1')) ?? [];
  if (line === undefined) throw transferFaults.foreignFile(file);
  if (Number(format) > FORMAT) throw transferFaults.newerFile(file, Number(format), FORMAT);
  return line.length;
}

async function readHeader(lines: AsyncIterable<string>, file: string): Promise<BackupHeader> {
  for await (const line of lines) {
    const { madeAt, engine, keyCheck } = parse(line, file) as Record<string, unknown>;
    if (typeof madeAt !== 'string' || (engine !== 'sqlite' && engine !== 'mongodb') || typeof keyCheck !== 'string')
      break;
    return { madeAt, engine, keyCheck: Buffer.from(keyCheck, 'base64') };
  }
  throw transferFaults.alteredFile(file);
}

async function* readRows(lines: AsyncIterable<string>, file: string): AsyncIterable<TransferRow> {
  const digest = createDigest();
  let isFirst = true;
  let end: Digest | undefined;
  for await (const line of lines) {
    if (end) throw transferFaults.alteredFile(file);
    const value = parse(line, file);
    const row = decodeRow(value);
    if (row) {
      digest.add(row);
      yield row;
    } else if (!isFirst) end = endOf(value, file);
    isFirst = false;
  }
  if (!end || differences(end, digest.result()).length > 0) throw transferFaults.alteredFile(file);
}

function endOf(value: object, file: string): Digest {
  if ('end' in value && typeof value.end === 'object' && value.end !== null) return value.end as Digest;
  throw transferFaults.alteredFile(file);
}

interface OpenFile {
  readonly handle: FileHandle;
  readonly file: string;
  readonly start: number;
  readonly bytes: number;
}

/** The content's lines; at their end the hash of the file is compared. */
async function* contentLines(
  { handle, file, start, bytes }: OpenFile,
  onBytes: (read: number) => void = () => undefined,
): AsyncIterable<string> {
  const end = bytes - LAST_LINE_BYTES;
  const expected = end > start ? await readLastLine(handle, end) : undefined;
  if (expected === undefined) throw transferFaults.truncatedFile(file);
  const hash = createHash('sha256').update(await readAt(handle, 0, start));

  async function* compressed(): AsyncIterable<Buffer> {
    for (let position = start; position < end; ) {
      const chunk = await readAt(handle, position, Math.min(CHUNK_BYTES, end - position));
      if (chunk.length === 0) throw transferFaults.truncatedFile(file);
      hash.update(chunk);
      position += chunk.length;
      onBytes(position);
      yield chunk;
    }
  }

  yield* splitLines(decompress(compressed(), file), () => transferFaults.alteredFile(file));
  if (hash.digest('hex') !== expected) throw transferFaults.alteredFile(file);
}

async function* decompress(compressed: AsyncIterable<Buffer>, file: string): AsyncIterable<Buffer> {
  // What fails in either is thrown where the content is read; a reader who stops early ends both.
  const content = pipe(Readable.from(compressed), createGunzip(), () => undefined);
  try {
    for await (const bytes of content) yield bytes as Buffer;
  } catch (error) {
    throw String(codeOf(error)).startsWith('Z_') ? transferFaults.alteredFile(file) : error;
  }
}

async function readLastLine(handle: FileHandle, position: number): Promise<string | undefined> {
  const text = (await readAt(handle, position, LAST_LINE_BYTES)).toString('latin1');
  return LAST_LINE_SHAPE.exec(text)?.[1];
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

function parse(line: string, file: string): object {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw transferFaults.alteredFile(file);
}
