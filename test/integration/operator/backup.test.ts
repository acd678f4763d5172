import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { backUp, checkBackup } from '../../../src/storage/transfer/backup.js';
import { restore } from '../../../src/storage/transfer/restore.js';
import { buildNote } from '../../support/storage-builders.js';
import {
  counts,
  fillStorage,
  keepWriting,
  readConversations,
  readTeam,
  requireDense,
  SILENT,
} from '../../support/transfer-data.js';
import { createShelf, ENGINES, PAIRS } from '../../support/transfer-engines.js';

const shelf = createShelf();
afterEach(() => shelf.clear());

const clock = () => new Date('2026-11-23T10:00:00Z');
const backUpTo = (place: { dataDir: string; mongodbUri?: string }, file: string) =>
  backUp({ place, file, clock, progress: SILENT });

describe.each(PAIRS)('from %s to %s', (_, __, makeFrom, makeTo) => {
  test('everything is there again, and nothing else', async () => {
    const from = await shelf.database(makeFrom);
    const to = await shelf.database(makeTo);
    const file = join(await shelf.folder(), 'a.permanence-backup');
    const storage = await from.open();
    await fillStorage(storage, 400);

    const written = await backUpTo(from.place, file);
    expect(counts(written.digest)).toMatchObject({ messages: 400, account: 1, audit: 12, attachment: 1 });
    const restored = await restore({ place: to.place, file, progress: SILENT });

    expect(restored.digest).toEqual(written.digest);
    const other = await to.open();
    expect(await readConversations(other)).toEqual(await readConversations(storage));
    expect(await readTeam(other)).toEqual(await readTeam(storage));
  });

  test('what is restored can be written on, erased, and backed up to the same content', async () => {
    const from = await shelf.database(makeFrom);
    const to = await shelf.database(makeTo);
    const folder = await shelf.folder();
    await fillStorage(await from.open(), 150);
    const first = await backUpTo(from.place, join(folder, 'first'));
    await restore({ place: to.place, file: join(folder, 'first'), progress: SILENT });
    expect((await backUpTo(to.place, join(folder, 'second'))).digest).toEqual(first.digest);

    const other = await to.open();
    let rounds = 0;
    await keepWriting(other, () => ++rounds > 5);
    for (const { id } of await other.conversations.listRecent(3)) await other.conversations.remove(id);
    expect(await requireDense(other)).toBeGreaterThan(3);
  });
});

describe.each(ENGINES)('on %s', (name, make) => {
  test('while residents write and erase, each conversation is whole', async () => {
    const from = await shelf.database(make);
    const to = await shelf.database(make);
    const file = join(await shelf.folder(), 'a.permanence-backup');
    const storage = await from.open();
    await fillStorage(storage, 600);
    let isOver = false;
    const writers = [1, 2, 3].map(() => keepWriting(storage, () => isOver));
    try {
      await backUpTo(from.place, file);
    } finally {
      isOver = true;
    }
    const written = (await Promise.all(writers)).reduce((sum, count) => sum + count, 0);
    expect(written).toBeGreaterThan(3);

    const { digest } = await restore({ place: to.place, file, progress: SILENT });
    const other = await to.open();
    expect(await requireDense(other)).toBe(digest.conversations?.count);
    expect(digest.messages?.count).toBeGreaterThanOrEqual(600);
    const there = new Set((await other.conversations.listRecent(100_000)).map(({ id }) => id));
    const dangling = (await other.satellites.conversationIds(100_000)).filter((id) => !there.has(id));
    expect(dangling).toEqual([]);
    expect(await readTeam(other)).toEqual(await readTeam(storage));
  });

  test('what goes with a conversation that is gone stays behind', async () => {
    const from = await shelf.database(make);
    const storage = await from.open();
    await fillStorage(storage, 10);
    await storage.notes.add(buildNote({ id: 'orphan', conversationId: 'gone' }));
    const file = join(await shelf.folder(), 'a');
    const written = await backUpTo(from.place, file);
    for (const [, makeTo] of ENGINES) {
      const to = await shelf.database(makeTo);
      expect(await restore({ place: to.place, file, progress: SILENT })).toEqual(written);
      const restored = await to.open();
      expect(await restored.notes.listOf('gone')).toEqual([]);
      expect(await readConversations(restored)).toEqual(await readConversations(storage));
    }
  });

  test('leases and processes stay behind', async () => {
    const from = await shelf.database(make);
    const storage = await from.open();
    await storage.leases.write('upkeep', 'me', undefined);
    await storage.processes.save({ id: 'me', at: 1, startedAt: 1, visits: [], left: [] } as never);
    const { digest } = await backUpTo(from.place, join(await shelf.folder(), 'a'));
    expect(Object.keys(digest)).toEqual([]);
  });

  test('a database that holds anything is left as it was', async () => {
    const from = await shelf.database(make);
    const file = join(await shelf.folder(), 'a');
    const storage = await from.open();
    await fillStorage(storage, 20);
    const before = (await backUpTo(from.place, file)).digest;
    await storage.close();
    await expect(restore({ place: from.place, file, progress: SILENT })).rejects.toThrow(/contient déjà des données/);
    expect((await backUpTo(from.place, `${file}2`)).digest).toEqual(before);
    // And servers start on it.
    await expect((await from.open()).ping()).resolves.toBeUndefined();
  });

  test(`a backup of an empty ${name} fills an empty database with nothing`, async () => {
    const from = await shelf.database(make);
    const to = await shelf.database(make);
    const file = join(await shelf.folder(), 'a');
    await from.open();
    await backUpTo(from.place, file);
    await restore({ place: to.place, file, progress: SILENT });
    expect(await readConversations(await to.open())).toEqual([]);
  });
});

describe('the file', () => {
  test('is for its owner only, sealed, alone in its folder, and never replaces another', async () => {
    const from = await shelf.database(ENGINES[0]?.[1] as never);
    const folder = await shelf.folder();
    const file = join(folder, 'a.permanence-backup');
    await fillStorage(await from.open(), 20);
    await backUpTo(from.place, file);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['a.permanence-backup']);
    await expect(backUpTo(from.place, file)).rejects.toThrow(/existe déjà/);
    const { header } = await checkBackup(file, SILENT);
    expect(header).toMatchObject({ madeAt: '2026-11-23T10:00:00.000Z', engine: 'sqlite' });
  });
});
