import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createDataCipher } from '../../../src/storage/data-cipher.js';
import type { Storage } from '../../../src/storage/ports/storage.js';
import { createRecordCodec } from '../../../src/storage/record-codec.js';
import { openSource, openTarget, type Place } from '../../../src/storage/transfer/open-transfer.js';
import type { TransferRow } from '../../../src/storage/transfer/row.js';
import { buildConversation, buildMessages } from '../../support/build-conversation.js';
import { buildAccount, buildNote } from '../../support/storage-builders.js';
import { createShelf, ENGINES, makeMongodb } from '../../support/transfer-engines.js';

const describeMongodb = process.env.MONGODB_TEST_URI ? describe : describe.skip;
const codec = createRecordCodec(createDataCipher(Buffer.alloc(32, 7)));
/** As many as are read together, so that what comes last is read later. */
const PAGE = 50;

const shelf = createShelf();
let place: Place;
let storage: Storage;

beforeEach(async () => {
  const from = await shelf.database(makeMongodb);
  place = from.place;
  storage = await from.open();
});
afterEach(() => shelf.clear());

/** All that a backup reads, with `between` after its first row. */
async function readWith(between: () => Promise<void>): Promise<readonly TransferRow[]> {
  const source = await openSource(place);
  const rows: TransferRow[] = [];
  for await (const row of source.rows()) {
    rows.push(row);
    if (rows.length === 1) await between();
  }
  await source.close();
  return rows;
}

async function restoreAll(rows: readonly TransferRow[]): Promise<void> {
  for (const [, make] of ENGINES) {
    const { place: to } = await shelf.database(make);
    const target = await openTarget({ ...to, codec });
    for (const row of rows) await target.write(row);
    await target.flush();
    let found = 0;
    for await (const _ of target.rows()) found += 1;
    await target.finish();
    expect(found).toBe(rows.length);
  }
}

describeMongodb('a backup of MongoDB while rows take over from others (needs MONGODB_TEST_URI)', () => {
  const address = { key: 'chat-1', details: {} };

  test('a resident who erases everything and begins again is in it once', async () => {
    await storage.conversations.create(buildConversation({ id: 'a', lastSeq: 2, address }), buildMessages(2));
    for (let index = 0; index < PAGE; index += 1) {
      await storage.conversations.create(buildConversation({ id: `m${index}` }), []);
    }
    const rows = await readWith(async () => {
      await storage.conversations.remove('a');
      await storage.conversations.create(buildConversation({ id: 'z', lastSeq: 3, address }), buildMessages(3));
      await storage.notes.add(buildNote({ conversationId: 'z' }));
    });
    expect(rows.filter((row) => row.is === 'conversation')).toHaveLength(PAGE + 1);
    expect(rows.filter((row) => row.is === 'message')).toHaveLength(2);
    await restoreAll(rows);
  });

  test('a record is in it once under each of its names', async () => {
    const { connection } = await rawOf(place);
    for (let index = 0; index < 250; index += 1) {
      await storage.accounts.create(buildAccount({ id: `id${index}`, login: `login${index}` }));
    }
    const records = connection.collection<{ _id: string; uniqueKey: string }>('records');
    const [first] = await records.find().sort({ _id: 1 }).limit(1).toArray();
    const [last] = await records.find().sort({ _id: -1 }).limit(1).toArray();
    if (!first || !last) throw new Error('Nothing is there');
    const rows = await readWith(async () => {
      await records.deleteOne({ _id: first._id });
      await records.updateOne({ _id: last._id }, { $set: { uniqueKey: first.uniqueKey } });
    });
    await connection.close();
    expect(rows).toHaveLength(249);
    await restoreAll(rows);
  });
});

async function rawOf({ mongodbUri }: Place) {
  const { createConnection } = await import('mongoose');
  return { connection: await createConnection(mongodbUri ?? '').asPromise() };
}
