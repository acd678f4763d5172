import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, test } from '@jest/globals';
import { inspectStorage } from '../../../src/storage/inspect-storage.js';
import { writeMoveMark } from '../../../src/storage/sqlite/move-mark.js';
import { makeMongooseStorage } from '../../support/storage-mongoose.js';
import { TEST_KEY } from '../../support/storage-under-test.js';
import { createShelf, makeSqlite } from '../../support/transfer-engines.js';

const serverUri = process.env.MONGODB_TEST_URI ?? '';
const describeWithServer = serverUri ? describe : describe.skip;
const MARK = { transfer: 'one', holder: 'me', beat: 3, done: {} };

const shelf = createShelf();
afterEach(() => shelf.clear());

describe('an SQLite database', () => {
  test.each([
    ['begun', /n'est pas allé au bout/],
    ['moved', /ont été déplacées vers MongoDB/],
  ] as const)('whose move is %s is refused, as a start is', async (state, words) => {
    const { place, open } = await shelf.database(makeSqlite);
    await (await open()).close();
    expect(await inspectStorage(place)).toMatchObject({ version: 3, keyFits: true });
    const db = new DatabaseSync(join(place.dataDir, 'permanence.db'));
    writeMoveMark(db, { transfer: 'one', state });
    db.close();
    await expect(inspectStorage(place)).rejects.toThrow(words);
  });
});

describeWithServer('a MongoDB database (needs MONGODB_TEST_URI)', () => {
  test('that is half restored is refused, as a start is', async () => {
    const underTest = await makeMongooseStorage(serverUri);
    const place = { dataDir: '/unused', dataKey: TEST_KEY, mongodbUri: underTest.uri };
    // Before the document on the database itself, as a restoration writes it.
    const meta = underTest.connection.collection<{ _id: string }>('meta');
    await meta.insertOne({ _id: 'transfer', ...MARK });
    await expect(inspectStorage(place)).rejects.toThrow(/n'est pas allé au bout/);
    await meta.deleteOne({ _id: 'transfer' });
    await underTest.dispose();
  });

  test('is known by its own document, whatever else there is', async () => {
    const underTest = await makeMongooseStorage(serverUri);
    const place = { dataDir: '/unused', dataKey: TEST_KEY, mongodbUri: underTest.uri };
    await underTest.connection.collection<{ _id: string }>('meta').insertOne({ _id: 'another' });
    await underTest.open();
    expect(await inspectStorage(place)).toMatchObject({ version: 3, keyFits: true, missingIndexes: [] });
    await underTest.dispose();
  });
});
