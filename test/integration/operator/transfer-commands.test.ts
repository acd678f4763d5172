import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { CommandError, UsageError } from '../../../src/cli/open-accounts.js';
import { createProgress } from '../../../src/cli/progress.js';
import {
  runBackupCommand,
  runMoveCommand,
  runRestoreCommand,
  type TransferCommandParts,
} from '../../../src/cli/transfer-commands.js';
import { OTHER_KEY } from '../../support/storage-under-test.js';
import { fillStorage, SILENT } from '../../support/transfer-data.js';
import { createShelf, makeSqlite } from '../../support/transfer-engines.js';

const shelf = createShelf();
afterEach(() => shelf.clear());

function partsOf(place: TransferCommandParts['place'], signal = new AbortController().signal): TransferCommandParts {
  const clock = () => new Date('2026-11-23T10:00:00Z');
  return { place, clock, progress: SILENT, signal, tell: () => undefined };
}

async function stage() {
  const from = await shelf.database(makeSqlite);
  const storage = await from.open();
  await fillStorage(storage, 30);
  return { from, file: join(await shelf.folder(), 'a.permanence-backup') };
}

describe('the commands', () => {
  test('say what was done, in French', async () => {
    const { from, file } = await stage();
    const to = await shelf.database(makeSqlite);
    expect(await runBackupCommand([file], partsOf(from.place))).toMatch(
      /^Sauvegarde écrite, puis relue et vérifiée : .*\n\d+ conversations, 30 messages, \d+ autres lignes .*\nLa clé du serveur n’y est pas/,
    );
    expect(await runRestoreCommand(['--check', file], partsOf(from.place))).toMatch(
      /^La sauvegarde est entière\. Elle est du lundi 23 novembre 2026 à 11:00 \(SQLite\)\.\n.*\nLa clé donnée ici ouvre/,
    );
    expect(await runRestoreCommand([file], partsOf(to.place))).toMatch(
      /^La base est restaurée, puis relue et vérifiée/,
    );
  });

  test('a check tells of the key, and makes none', async () => {
    const { from, file } = await stage();
    await runBackupCommand([file], partsOf(from.place));
    const dataDir = await shelf.folder();
    const check = (given: object) => runRestoreCommand(['--check', file], partsOf({ dataDir, ...given }));
    expect(await check({})).toMatch(/elle n’a pas été comparée/);
    expect(await check({ dataKey: OTHER_KEY })).toMatch(/n’ouvre PAS cette sauvegarde/);
  });

  test.each([
    [runBackupCommand, []],
    [runBackupCommand, ['a', 'b']],
    [runBackupCommand, ['--file']],
    [runRestoreCommand, []],
    [runRestoreCommand, ['--check']],
    [runRestoreCommand, ['a', 'b']],
    [runMoveCommand, ['--other']],
    [runMoveCommand, ['--undo', 'now']],
  ])('are told how to be written: %p %j', async (command, args) => {
    await expect(command(args, partsOf({ dataDir: await shelf.folder() }))).rejects.toThrow(UsageError);
  });

  test('are stopped cleanly', async () => {
    const { from, file } = await stage();
    const stopped = partsOf(from.place, AbortSignal.abort());
    await expect(runBackupCommand([file], stopped)).rejects.toThrow(CommandError);
    await runBackupCommand([file], partsOf(from.place));
    const to = await shelf.database(makeSqlite);
    await expect(runRestoreCommand([file], partsOf(to.place, AbortSignal.abort()))).rejects.toThrow(/Arrêté/);
    expect(await runRestoreCommand([file], partsOf(to.place))).toMatch(/restaurée/);
  });

  test('a folder that is not there, and one without a database', async () => {
    const { from } = await stage();
    await expect(runBackupCommand(['/nowhere/at/all/a'], partsOf(from.place))).rejects.toThrow(/Impossible d'écrire/);
    const dataDir = await shelf.folder();
    await expect(runBackupCommand(['a'], partsOf({ dataDir }))).rejects.toThrow(/Il n'y a pas de base de données/);
    expect(await runMoveCommand(['--undo'], partsOf(from.place)).catch((error: Error) => error.message)).toMatch(
      /Un serveur ou une autre commande/,
    );
  });
});

describe('progress', () => {
  function run(isTTY: boolean): string {
    let shown = '';
    let now = 0;
    const progress = createProgress({ isTTY, write: (text) => (shown += text) }, () => (now += 60));
    progress.begin('Copie', 200);
    for (let done = 1; done <= 210; done += 1) progress.reach(done);
    progress.end();
    return shown;
  }

  test('is a bar on a terminal, drawn over itself, that ends at 100 %', () => {
    const frames = run(true).split('\r').slice(1);
    expect(frames[0]).toBe(`Copie  ${'░'.repeat(24)}  0 % `);
    expect(frames.at(-1)).toBe(`Copie  ${'█'.repeat(24)}  100 % \n`);
    expect(frames.length).toBeGreaterThan(20);
    expect(frames.length).toBeLessThan(102);
  });

  test('is four lines elsewhere', () => {
    expect(run(false)).toBe('Copie : 25 %\nCopie : 50 %\nCopie : 75 %\nCopie : 100 %\n');
  });

  test('of nothing is done at once', () => {
    let shown = '';
    const progress = createProgress({ write: (text) => (shown += text) });
    progress.begin('Copie', 0);
    progress.end();
    expect(shown).toBe('Copie : 100 %\n');
  });
});
