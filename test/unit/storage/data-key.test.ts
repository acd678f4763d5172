import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConfigError } from '../../../src/config.js';
import { deriveKey, loadDataKey } from '../../../src/storage/data-key.js';

const KEY = Buffer.from(Array.from({ length: 32 }, (_, index) => 255 - index));

let parent: string;
let dataDir: string;
let file: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'permanence-key-'));
  dataDir = join(parent, 'a', 'data');
  file = join(dataDir, 'data.key');
});
afterEach(() => rm(parent, { recursive: true }));

describe('a given DATA_KEY', () => {
  it.each([
    ['base64', KEY.toString('base64')],
    ['base64 without padding', KEY.toString('base64').replace('=', '')],
    ['base64url', KEY.toString('base64url')],
    ['hexadecimal', KEY.toString('hex')],
    ['upper-case hexadecimal', KEY.toString('hex').toUpperCase()],
    ['base64 with a line feed', `${KEY.toString('base64')}\n`],
  ])('is read from %s, and no file is made', async (_, dataKey) => {
    expect(await loadDataKey({ dataKey, dataDir })).toEqual({ key: KEY, wasGenerated: false });
    await expect(stat(dataDir)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.each(['', 'secret', 'é'.repeat(43), KEY.toString('hex').slice(1), `${KEY.toString('base64')}AA`])(
    'is refused with its remedy when malformed: %j',
    async (dataKey) => {
      const loading = loadDataKey({ dataKey, dataDir });
      await expect(loading).rejects.toThrow(ConfigError);
      await expect(loading).rejects.toThrow(/^DATA_KEY doit contenir 32 octets.*openssl rand -base64 32/);
      if (dataKey !== '') await expect(loading).rejects.not.toThrow(dataKey);
    },
  );
});

describe('the key file', () => {
  it('is made once, readable by its owner only', async () => {
    const first = await loadDataKey({ dataDir });
    expect(first.wasGenerated).toBe(true);
    expect(first.key).toHaveLength(32);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
    expect(await loadDataKey({ dataDir })).toEqual({ key: first.key, wasGenerated: false });
  });

  it('is the same for all who start at once, and nothing else is left', async () => {
    const loaded = await Promise.all(Array.from({ length: 20 }, () => loadDataKey({ dataDir })));
    expect(loaded.filter(({ wasGenerated }) => wasGenerated)).toHaveLength(1);
    expect(new Set(loaded.map(({ key }) => key.toString('hex'))).size).toBe(1);
    expect(await readdir(dataDir)).toEqual(['data.key']);
  });

  it('leaves the mode of a folder that exists', async () => {
    await mkdir(dataDir, { recursive: true, mode: 0o755 });
    await loadDataKey({ dataDir });
    expect((await stat(dataDir)).mode & 0o777).toBe(0o755);
  });

  it.each([0o640, 0o604, 0o660])('is refused with its remedy when others may open it (%o)', async (mode) => {
    await loadDataKey({ dataDir });
    const key = await readFile(file);
    await rm(file);
    await writeFile(file, key, { mode });
    const loading = loadDataKey({ dataDir });
    await expect(loading).rejects.toThrow(ConfigError);
    await expect(loading).rejects.toThrow(`chmod 600 ${file}`);
  });

  it.each(['', 'abc', 'x'.repeat(1000)])('is refused when it holds no key, and stays as it is', async (content) => {
    await mkdir(dataDir, { recursive: true });
    await writeFile(file, content, { mode: 0o600 });
    const loading = loadDataKey({ dataDir });
    await expect(loading).rejects.toThrow(ConfigError);
    await expect(loading).rejects.toThrow(/data\.key ne contient pas une clé/);
    expect(await readFile(file, 'utf8')).toBe(content);
  });

  it('cannot be made where a file has the name of the folder', async () => {
    const taken = join(parent, 'taken');
    await writeFile(taken, '');
    for (const directory of [taken, join(taken, 'under')]) {
      await expect(loadDataKey({ dataDir: directory })).rejects.toThrow(/^DATA_DIR : .*un fichier porte ce nom/);
    }
  });
});

describe('derived keys', () => {
  it('follow RFC 5869, appendix A.3', () => {
    const key = deriveKey(Buffer.alloc(22, 0x0b), '');
    expect(key.toString('hex')).toBe('8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d');
  });

  it('differ by purpose and by key', () => {
    const keys = [deriveKey(KEY, 'a'), deriveKey(KEY, 'b'), deriveKey(Buffer.alloc(32), 'a'), KEY];
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(4);
    expect(deriveKey(KEY, 'a')).toEqual(keys[0]);
  });
});
