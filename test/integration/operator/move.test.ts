import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createStorage } from '../../../src/storage/create-storage.js';
import { move, undoMove } from '../../../src/storage/transfer/move.js';
import { envOf, startCommand } from '../../support/operator-command.js';
import { buildNote } from '../../support/storage-builders.js';
import { OTHER_KEY } from '../../support/storage-under-test.js';
import { fillStorage, readConversations, readTeam, requireDense, SILENT } from '../../support/transfer-data.js';
import { createShelf, makeMongodb, makeSqlite } from '../../support/transfer-engines.js';

const describeMongodb = process.env.MONGODB_TEST_URI ? describe : describe.skip;
/** 100,000 to see how it goes with many: `MOVE_MESSAGES=100000`. */
const MESSAGES = Number(process.env.MOVE_MESSAGES ?? 2_000);
const LONG = 15 * 60_000;
const KILLED_AT = [
  'Déplacement vers MongoDB : 25 %',
  'Déplacement vers MongoDB : 50 %',
  'Déplacement vers MongoDB : 75 %',
  'Déplacement vers MongoDB : 100 %',
  'Relecture de la base : 25 %',
  'Relecture de la base : 100 %',
];
/** Milliseconds, somewhere in its start or its work. */
const KILLED_AFTER = [350, 500, 700, 850, 1_000, 1_200, 1_450];

const shelf = createShelf();
afterEach(() => shelf.clear());

async function stage(messages = 120) {
  const from = await shelf.database(makeSqlite);
  const to = await shelf.database(makeMongodb);
  const storage = await from.open();
  await fillStorage(storage, messages);
  const before = { conversations: await readConversations(storage), team: await readTeam(storage) };
  await storage.close();
  const place = { ...from.place, mongodbUri: to.place.mongodbUri ?? '' };
  return { from, to, place, before };
}
type Stage = Awaited<ReturnType<typeof stage>>;

async function requireMoved({ to, from, before }: Stage): Promise<void> {
  const moved = await to.open();
  expect(await readConversations(moved)).toEqual(before.conversations);
  expect(await readTeam(moved)).toEqual(before.team);
  await requireDense(moved);
  await expect(from.open()).rejects.toThrow(/ont été déplacées vers MongoDB/);
}

describeMongodb('the move from SQLite to MongoDB', () => {
  test(
    'killed at every step and at other times, it is taken up again, and both are equal at the end',
    async () => {
      const scene = await stage(MESSAGES);
      const env = envOf(scene.place);
      const outcomes: unknown[] = [];
      for (const moment of [...KILLED_AT, ...KILLED_AFTER]) {
        const run = startCommand('move', [], env);
        const timer = typeof moment === 'number' ? setTimeout(() => run.child.kill('SIGKILL'), moment) : undefined;
        if (typeof moment === 'string') await run.printed(moment).then(() => run.child.kill('SIGKILL'));
        outcomes.push((await run.ended).code);
        clearTimeout(timer);
        if (outcomes.at(-1) === 0) break;
      }
      expect(outcomes.filter((code) => code === 'SIGKILL').length).toBeGreaterThan(3);
      const { code, out, err } = await startCommand('move', [], env).ended;
      expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
      expect(out).toMatch(/déplacées/);
      await requireMoved(scene);
      expect((await startCommand('move', [], env).ended).out).toMatch(/déjà déplacées/);
    },
    LONG,
  );

  test('killed in between, neither database is started on; given up, the SQLite is what it was', async () => {
    const scene = await stage(1_500);
    const run = startCommand('move', [], envOf(scene.place));
    await run.printed('Déplacement vers MongoDB : 50 %');
    run.child.kill('SIGKILL');
    expect((await run.ended).code).toBe('SIGKILL');
    await expect(scene.from.open()).rejects.toThrow(/n'est pas allé au bout/);
    await expect(scene.to.open()).rejects.toThrow(/n'est pas allé au bout/);

    expect(await undoMove(scene.place)).toBe(true);
    const back = await scene.from.open();
    expect(await readConversations(back)).toEqual(scene.before.conversations);
    // Written on meanwhile: the next move begins anew, and holds that too.
    await fillMore(back);
    const before = { conversations: await readConversations(back), team: await readTeam(back) };
    await back.close();
    await move({ place: scene.place, progress: SILENT });
    await requireMoved({ ...scene, before });
  }, 120_000);

  test('what goes with a conversation that is gone stays behind', async () => {
    const scene = await stage();
    const storage = await scene.from.open();
    await storage.notes.add(buildNote({ id: 'orphan', conversationId: 'gone' }));
    await storage.close();
    expect((await move({ place: scene.place, progress: SILENT })).is).toBe('moved');
    expect(await (await scene.to.open()).notes.listOf('gone')).toEqual([]);
    await requireMoved(scene);
  });

  test('done and taken back, the SQLite can be used, and the full MongoDB is left alone', async () => {
    const scene = await stage();
    expect((await move({ place: scene.place, progress: SILENT })).is).toBe('moved');
    expect((await move({ place: scene.place, progress: SILENT })).is).toBe('moved-before');
    expect(await undoMove(scene.place)).toBe(true);
    expect(await undoMove(scene.place)).toBe(false);
    expect(await readConversations(await scene.from.open())).toEqual(scene.before.conversations);
    await (await scene.from.open()).close();
  });

  test('of a database in which nothing is, too, is done once', async () => {
    const from = await shelf.database(makeSqlite);
    const to = await shelf.database(makeMongodb);
    await (await from.open()).close();
    const place = { ...from.place, mongodbUri: to.place.mongodbUri ?? '' };
    expect((await move({ place, progress: SILENT })).is).toBe('moved');
    expect((await move({ place, progress: SILENT })).is).toBe('moved-before');
    const elsewhere = await shelf.database(makeMongodb);
    const other = { ...place, mongodbUri: elsewhere.place.mongodbUri ?? '' };
    await expect(move({ place: other, progress: SILENT })).rejects.toThrow(/pas vers cette base/);
  });

  test('a database that holds anything is refused, and the SQLite stays in use', async () => {
    const scene = await stage();
    const other = await scene.to.open();
    await fillStorage(other, 5);
    const before = await readConversations(other);
    await expect(move({ place: scene.place, progress: SILENT })).rejects.toThrow(/contient déjà des données/);
    expect(await readConversations(other)).toEqual(before);
    await expect((await scene.from.open()).ping()).resolves.toBeUndefined();
  });

  test('moved to one database, it is not taken for moved to another', async () => {
    const scene = await stage();
    await move({ place: scene.place, progress: SILENT });
    const elsewhere = await shelf.database(makeMongodb);
    const place = { ...scene.place, mongodbUri: elsewhere.place.mongodbUri ?? '' };
    await expect(move({ place, progress: SILENT })).rejects.toThrow(/pas vers cette base/);
  });

  test('another key, or none, is refused before anything is written', async () => {
    const scene = await stage();
    const dataKey = OTHER_KEY;
    await expect(move({ place: { ...scene.place, dataKey }, progress: SILENT })).rejects.toThrow(/autre clé/);
    const { dataKey: _, ...keyless } = scene.place;
    await expect(move({ place: keyless, progress: SILENT })).rejects.toThrow(/La clé du serveur manque/);
    expect(await readConversations(await scene.from.open())).toEqual(scene.before.conversations);
  });

  test.each(['running', 'stopped by the system'])('refuses while a server is %s', async (state) => {
    const scene = await stage();
    const server = startWriter(scene.place.dataDir, scene.place.dataKey);
    try {
      await once(server.stdout, 'data');
      if (state !== 'running') server.kill('SIGSTOP');
      await expect(move({ place: scene.place, progress: SILENT })).rejects.toThrow(/Un serveur ou une autre commande/);
      await expect(undoMove(scene.place)).rejects.toThrow(/Un serveur ou une autre commande/);
    } finally {
      server.kill('SIGKILL');
    }
    await once(server, 'close');
    expect((await move({ place: scene.place, progress: SILENT })).is).toBe('moved');
  });

  test('a server that starts in the middle of it is told so', async () => {
    const scene = await stage(1_500);
    const run = startCommand('move', [], envOf(scene.place));
    await run.printed('Déplacement vers MongoDB : 25 %');
    const opening = createStorage(scene.from.place);
    await expect(opening).rejects.toThrow(/pris par une autre commande|n'est pas allé au bout|déplacées vers MongoDB/);
    expect((await run.ended).code).toBe(0);
    await requireMoved(scene);
  }, 60_000);

  test('says what is missing: the address, or the database', async () => {
    const { place } = await stage(5);
    const { MONGODB_URI: _, ...env } = envOf(place);
    const run = await startCommand('move', [], env).ended;
    expect(run).toMatchObject({ code: 78, err: expect.stringMatching(/MONGODB_URI est nécessaire/) });
    const folder = await shelf.folder();
    await expect(move({ place: { ...place, dataDir: folder }, progress: SILENT })).rejects.toThrow(
      /Il n'y a pas de base/,
    );
    await expect(readFile(join(folder, 'permanence.db'))).rejects.toThrow(/ENOENT/);
  });
});

async function fillMore(storage: Parameters<typeof readConversations>[0]): Promise<void> {
  const [conversation] = await storage.conversations.listRecent(1);
  if (!conversation) throw new Error('Nothing is there');
  await storage.conversations.remove(conversation.id);
}

/** As a server has the file open, by the storage alone. */
function startWriter(dataDir: string, dataKey: string) {
  const support = join(import.meta.dirname, '..', '..', 'support');
  const script = `
    const { createStorage } = await import(${JSON.stringify(join(support, '..', '..', 'src', 'storage', 'create-storage.ts'))});
    await createStorage(${JSON.stringify({ dataDir, dataKey })});
    process.stdout.write('open');
    setInterval(() => undefined, 1000);`;
  const hooks = join(support, 'storage-child-hooks.ts');
  return spawn(process.execPath, ['--no-warnings', '--import', hooks, '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}
