import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { backUp, checkBackup } from '../../../src/storage/transfer/backup.js';
import { restore } from '../../../src/storage/transfer/restore.js';
import { envOf, startCommand } from '../../support/operator-command.js';
import { OTHER_KEY } from '../../support/storage-under-test.js';
import { fillStorage, readConversations, SILENT } from '../../support/transfer-data.js';
import { createShelf, ENGINES, makeSqlite, type OperatorDatabase } from '../../support/transfer-engines.js';

const FIRST_LINE = 'permanence-backup 1\n';
const LAST_LINE_BYTES = 72;
const clock = () => new Date('2026-11-23T10:00:00Z');

const shelf = createShelf();
let from: OperatorDatabase;
let folder: string;
let file: string;
let whole: Buffer;

beforeEach(async () => {
  from = await shelf.database(makeSqlite);
  folder = await shelf.folder();
  file = join(folder, 'a.permanence-backup');
  const storage = await from.open();
  await fillStorage(storage, 30);
  await backUp({ place: from.place, file, clock, progress: SILENT });
  whole = await readFile(file);
});
afterEach(() => shelf.clear());

async function faultOf(bytes: Buffer): Promise<string> {
  const damaged = join(folder, 'damaged');
  await writeFile(damaged, bytes);
  return checkBackup(damaged, SILENT).then(
    () => 'taken for whole',
    (error: Error) => error.message,
  );
}

/** As somebody makes it who knows the format: with a hash that fits. */
function rebuilt(edit: (lines: string[]) => readonly string[], firstLine = FIRST_LINE): Buffer {
  const content = gunzipSync(whole.subarray(FIRST_LINE.length, -LAST_LINE_BYTES)).toString();
  const lines = edit(content.trimEnd().split('\n'));
  const body = Buffer.concat([Buffer.from(firstLine), gzipSync(lines.map((line) => `${line}\n`).join(''))]);
  return Buffer.concat([body, Buffer.from(`sha256:${createHash('sha256').update(body).digest('hex')}\n`)]);
}

describe('a file that is not as it was written is refused', () => {
  test('wherever it ends', async () => {
    for (let length = 0; length < whole.length; length += 1 + Math.floor(whole.length / 40)) {
      expect(await faultOf(whole.subarray(0, length))).toMatch(/incomplet|n'est pas une sauvegarde/);
    }
    expect(await faultOf(whole.subarray(0, whole.length - 1))).toMatch(/incomplet/);
  });

  test('wherever a bit is turned, and when something was added', async () => {
    for (let at = 0; at < whole.length; at += 1 + Math.floor(whole.length / 60)) {
      const damaged = Buffer.from(whole);
      damaged.writeUInt8(damaged.readUInt8(at) ^ 4, at);
      expect(await faultOf(damaged)).toMatch(/abîmé|incomplet|n'est pas une sauvegarde|plus récente/);
    }
    const tail = whole.subarray(-LAST_LINE_BYTES);
    expect(await faultOf(Buffer.concat([whole, Buffer.from('x')]))).toMatch(/incomplet/);
    expect(await faultOf(Buffer.concat([whole.subarray(0, -LAST_LINE_BYTES), Buffer.from('more'), tail]))).toMatch(
      /abîmé/,
    );
  });

  test.each<[string, (lines: string[]) => readonly string[]]>([
    ['a row is missing', (lines) => lines.toSpliced(2, 1)],
    ['a row is there twice', (lines) => lines.toSpliced(2, 0, lines[2] ?? '')],
    ['the end is missing', (lines) => lines.slice(0, -1)],
    ['something follows the end', (lines) => [...lines, lines[1] ?? '']],
    ['a row has a field too many', (lines) => lines.with(1, (lines[1] ?? '').replace('{', '{"more":1,'))],
    ['a row is of no known sort', (lines) => lines.toSpliced(1, 0, '{"is":"other"}')],
    ['a line is no object', (lines) => lines.toSpliced(1, 0, 'null')],
    ['the header is missing', (lines) => lines.slice(1)],
    ['there is nothing in it', () => []],
  ])('when %s, though its hash fits', async (_, edit) => {
    expect(await faultOf(rebuilt(edit))).toMatch(/abîmé/);
  });

  test('of a newer format, or of something else', async () => {
    expect(await faultOf(rebuilt((lines) => lines, 'permanence-backup 2\n'))).toMatch(
      /plus récente .*format 2, connu ici : 1/,
    );
    expect(await faultOf(gzipSync('hello'))).toMatch(/n'est pas une sauvegarde de Permanence/);
    expect(await faultOf(rebuilt((lines) => lines))).toBe('taken for whole');
    await expect(checkBackup(folder, SILENT)).rejects.toThrow(/n'est pas un fichier lisible/);
    await expect(checkBackup(join(folder, 'none'), SILENT)).rejects.toThrow(/n'existe pas/);
  });
});

describe.each(ENGINES)('into %s', (_, make) => {
  test('nothing is written from a damaged file, or without the key, or with another', async () => {
    const to = await shelf.database(make);
    const damaged = join(folder, 'damaged');
    await writeFile(
      damaged,
      rebuilt((lines) => lines.toSpliced(-2, 1)),
    );
    const into = (given: object, name = file) =>
      restore({ place: { ...to.place, ...given }, file: name, progress: SILENT });
    await expect(into({}, damaged)).rejects.toThrow(/abîmé/);
    await expect(into({ dataKey: OTHER_KEY })).rejects.toThrow(/sous une autre clé/);
    const { dataKey: _key, ...keyless } = to.place;
    await expect(restore({ place: keyless, file, progress: SILENT })).rejects.toThrow(/La clé du serveur manque/);
    expect(await readdir(to.place.dataDir)).toEqual([]);
    await into({});
    expect(await readConversations(await to.open())).toHaveLength((await readConversations(await from.open())).length);
  });

  test('killed half-way it is not started on, or is empty; run again, it is whole', async () => {
    const big = await shelf.database(makeSqlite);
    await fillStorage(await big.open(), 1_500);
    const backup = join(folder, 'big');
    await backUp({ place: big.place, file: backup, clock, progress: SILENT });
    const to = await shelf.database(make);
    const run = startCommand('restore', [backup], envOf(to.place));
    await run.printed('Écriture dans la base : 75 %');
    run.child.kill('SIGKILL');
    expect((await run.ended).code).toBe('SIGKILL');

    const found = await to.open().then(
      async (storage) => {
        const count = (await readConversations(storage)).length;
        await storage.close();
        return count;
      },
      (error: Error) => error.message,
    );
    expect(found === 0 || String(found)).toEqual(found === 0 ? true : expect.stringMatching(/n'est pas allé au bout/));
    const again = await startCommand('restore', [backup], envOf(to.place)).ended;
    expect(again).toMatchObject({ code: 0, out: expect.stringMatching(/restaurée, puis relue/) });
    expect(await readConversations(await to.open())).toEqual(await readConversations(await big.open()));
  }, 90_000);
});

describe('without room', () => {
  /** Blocks of 512 bytes. */
  const LIMIT = 'ulimit -f 16';

  test('a backup says so and leaves nothing', async () => {
    const place = envOf(from.place);
    await fillStorage(await (await shelf.database(makeSqlite)).open(), 5);
    const target = join(folder, 'b');
    const run = await startCommand('backup', [target], place, LIMIT).ended;
    expect(run).toMatchObject({ code: 78, err: expect.stringMatching(/Il n'y a plus de place pour/) });
    expect((await readdir(folder)).sort()).toEqual(['a.permanence-backup']);
  });

  test('a restoration says so, leaves the database empty, and works once there is room', async () => {
    const to = await shelf.database(makeSqlite);
    const big = join(folder, 'big');
    const source = await shelf.database(makeSqlite);
    await fillStorage(await source.open(), 2_000);
    await backUp({ place: source.place, file: big, clock, progress: SILENT });
    const run = await startCommand('restore', [big], envOf(to.place), 'ulimit -f 1200').ended;
    expect(run).toMatchObject({ code: 78, err: expect.stringMatching(/Il n'y a plus de place pour/) });
    expect(await startCommand('restore', [big], envOf(to.place)).ended).toMatchObject({ code: 0 });
    expect(await readConversations(await to.open())).toEqual(await readConversations(await source.open()));
  }, 60_000);
});
