import { hkdfSync, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, link, mkdir, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from './error-code.js';
import { setupFaults } from './setup-faults.js';

export const KEY_BYTES = 32;
const KEY_FILE = 'data.key';
const OPENED_BY_OTHERS = 0o077;

export interface DataKeySource {
  /** 32 bytes in base64, base64url or hexadecimal. Without it the key file of `dataDir` is used. */
  readonly dataKey?: string;
  readonly dataDir: string;
}

export interface LoadedDataKey {
  readonly key: Buffer;
  /** True once, when the key file has just been made: the operator is to keep a copy of it. */
  readonly wasGenerated: boolean;
}

/**
 * The server's key: DATA_KEY, or `<dataDir>/data.key` (mode 0600), made at the first start. Processes that start at
 * once end with the same key.
 * @throws ConfigError, in French, when the key is malformed or others may read its file.
 */
export async function loadDataKey({ dataKey, dataDir }: DataKeySource): Promise<LoadedDataKey> {
  if (dataKey !== undefined) return { key: parseGivenKey(dataKey), wasGenerated: false };
  const file = join(dataDir, KEY_FILE);
  await makeDataDirectory(dataDir);
  const existing = await readKeyFile(file);
  if (existing) return { key: existing, wasGenerated: false };

  const wasGenerated = await publishNewKey(dataDir, file);
  const key = await readKeyFile(file);
  if (!key) throw setupFaults.lostKeyFile(file);
  return { key, wasGenerated };
}

/** The same key where there is one; it makes none. @throws ConfigError as `loadDataKey`. */
export async function findDataKey({ dataKey, dataDir }: DataKeySource): Promise<Buffer | undefined> {
  return dataKey === undefined ? readKeyFile(join(dataDir, KEY_FILE)) : parseGivenKey(dataKey);
}

/** Makes the folder, closed to other users, unless it exists: then it stays as it is. @throws ConfigError */
export async function makeDataDirectory(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    if (codeOf(error) === 'EEXIST' || codeOf(error) === 'ENOTDIR') throw setupFaults.notADirectory(dataDir);
    throw error;
  }
}

/** An independent key for one purpose (HKDF-SHA256, RFC 5869). Each purpose has its own `info`, never reused. */
export function deriveKey(key: Uint8Array, info: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, new Uint8Array(), info, KEY_BYTES));
}

function parseGivenKey(text: string): Buffer {
  const key = parseKey(text);
  if (!key) throw setupFaults.malformedKey();
  return key;
}

function parseKey(text: string): Buffer | undefined {
  const trimmed = text.trim();
  if (/^[0-9a-f]{64}$/i.test(trimmed)) return Buffer.from(trimmed, 'hex');
  if (/^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed)) return Buffer.from(trimmed, 'base64');
  return undefined;
}

async function readKeyFile(file: string): Promise<Buffer | undefined> {
  const handle = await openIfPresent(file);
  if (!handle) return undefined;
  try {
    const { mode } = await handle.stat();
    // Windows has no such bits: there the folder's own permissions count.
    if (process.platform !== 'win32' && (mode & OPENED_BY_OTHERS) !== 0) {
      throw setupFaults.exposedKeyFile(file);
    }
    const key = parseKey(await handle.readFile('utf8'));
    if (!key) throw setupFaults.malformedKeyFile(file);
    return key;
  } finally {
    await handle.close();
  }
}

async function openIfPresent(file: string): Promise<FileHandle | undefined> {
  try {
    return await open(file, constants.O_RDONLY);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * The key appears under its name whole and on disk, or not at all, and never replaces another one: `link` refuses an
 * existing name. True when this call made it.
 */
async function publishNewKey(dataDir: string, file: string): Promise<boolean> {
  const draft = `${file}.${process.pid}.${randomBytes(6).toString('hex')}`;
  try {
    await writeDurably(draft, `${randomBytes(KEY_BYTES).toString('base64')}\n`);
    await link(draft, file);
    await syncDirectory(dataDir);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(draft).catch(ignoreAbsent);
  }
}

async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncDirectory(directory: string): Promise<void> {
  // Windows cannot open a folder; its file system journals the new name by itself.
  if (process.platform === 'win32') return;
  const handle = await open(directory, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function ignoreAbsent(error: unknown): void {
  if (codeOf(error) !== 'ENOENT') throw error;
}
