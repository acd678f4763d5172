import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { type Connection, createConnection, mongo } from 'mongoose';
import { createStorage } from '../../src/storage/create-storage.js';
import type { RecordDocument } from '../../src/storage/mongoose/models.js';
import type { Storage } from '../../src/storage/ports/storage.js';
import { type StorageUnderTest, TEST_KEY } from './storage-under-test.js';
import { VERSION_1 } from './storage-version-1.js';

export interface MongooseUnderTest extends StorageUnderTest {
  readonly uri: string;
  /** A connection beside the adapter's, to look at what it stored. */
  readonly connection: Connection;
}

/** @param serverUri MONGODB_TEST_URI; the database it names, if any, is left alone. */
export async function makeMongooseStorage(serverUri: string): Promise<MongooseUnderTest> {
  const uri = withDatabase(serverUri, `permanence_test_${randomBytes(6).toString('hex')}`);
  const connection = await createConnection(uri, { promoteBuffers: true, retryWrites: false }).asPromise();
  const opened: Storage[] = [];

  async function readAll(): Promise<readonly mongo.BSON.Document[]> {
    const collections = (await connection.db?.collections()) ?? [];
    const contents = await Promise.all(collections.map((collection) => collection.find().toArray()));
    return contents.flat();
  }

  return {
    uri,
    connection,
    async open({ dataKey = TEST_KEY, onUnreadable } = {}) {
      const { storage } = await createStorage({
        dataDir: tmpdir(),
        dataKey,
        mongodbUri: uri,
        ...(onUnreadable && { onUnreadable }),
      });
      opened.push(storage);
      return storage;
    },
    readRaw: async () => Buffer.concat((await readAll()).map((document) => mongo.BSON.serialize(document))),
    async readSealedMessages() {
      const documents = await readAll();
      return documents
        .flatMap((document) => [document, ...(document.tail ?? [])])
        .flatMap(({ sealed }) => sealed ?? []);
    },
    async editRecords(edit) {
      const records = connection.collection<RecordDocument>('records');
      const documents = await records.find().toArray();
      const edited = edit(documents.map(({ _id, ...rest }) => ({ id: _id.slice(rest.kind.length + 1), ...rest })));
      await records.deleteMany({});
      if (edited.length > 0) {
        await records.insertMany(edited.map(({ id, ...rest }) => ({ _id: `${rest.kind}:${id}`, ...rest })));
      }
    },
    async makeVersion1() {
      const { keyCheck, conversations } = VERSION_1;
      await connection
        .collection<{ _id: string; version: number; keyCheck: Buffer }>('meta')
        .insertOne({ _id: 'storage', version: 1, keyCheck });
      const documents = conversations.map(({ id, messages, ...conversation }) => ({
        _id: id,
        ...conversation,
        tail: messages,
        archive: `of ${id}`,
        archivedThrough: 0,
        messageCount: messages.length,
      }));
      await connection.collection<{ _id: string }>('conversations').insertMany(documents);
    },
    async dispose() {
      for (const storage of opened) await storage.close();
      await connection.dropDatabase();
      await connection.close();
    },
  };
}

function withDatabase(uri: string, name: string): string {
  const [, server, query = ''] = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?(\?.*)?$/.exec(uri) ?? [];
  if (server === undefined) throw new Error('MONGODB_TEST_URI is not the address of a MongoDB database');
  return `${server}/${name}${query}`;
}
