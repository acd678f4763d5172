import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mongo } from 'mongoose';
import { ConfigError } from '../../../src/config.js';
import { createStorage, migrateStorage } from '../../../src/storage/create-storage.js';
import { buildIndexes } from '../../../src/storage/mongoose/indexes.js';
import type { Models } from '../../../src/storage/mongoose/models.js';
import { type DeclaredIndex, INDEXES } from '../../../src/storage/mongoose/queries.js';
import { buildChange, buildConversation, buildMessages } from '../../support/build-conversation.js';
import { type MongooseUnderTest, makeMongooseStorage } from '../../support/storage-mongoose.js';
import { TEST_KEY } from '../../support/storage-under-test.js';
import { startWire, type Wire } from '../../support/storage-wire.js';

const serverUri = process.env.MONGODB_TEST_URI ?? '';
const describeWithServer = serverUri ? describe : describe.skip;

describeWithServer('a MongoDB database (needs MONGODB_TEST_URI)', () => {
  let underTest: MongooseUnderTest;

  beforeEach(async () => {
    underTest = await makeMongooseStorage(serverUri);
  });
  afterEach(() => underTest.dispose());

  const indexesOf = async () => {
    const names = ['conversations', 'messages', 'records', 'sweeps', 'meta'];
    const found = await Promise.all(
      names.map(async (name) => {
        // A collection that nothing was put in yet does not exist.
        const exists = (await underTest.connection.listCollections()).some((each) => each.name === name);
        const indexes = exists ? await underTest.connection.collection(name).indexes() : [];
        return indexes.map((index) => ({ ...index, on: name }));
      }),
    );
    return found.flat().filter(({ key }) => Object.keys(key).join() !== '_id');
  };
  const lineOf = ({ on, key, unique = false }: { on: string; key: object; unique?: boolean }) =>
    `${on} ${JSON.stringify(key)}${unique ? ' unique' : ''}`;
  const declared = Object.values<DeclaredIndex>(INDEXES)
    .map(({ on, key, isUnique = false }) => lineOf({ on: on === 'archive' ? 'messages' : on, key, unique: isUnique }))
    .sort();

  it('has the declared indexes and no other, none of them partial, sparse or expiring', async () => {
    await underTest.open();
    const indexes = await indexesOf();
    expect(indexes.map(lineOf).sort()).toEqual(declared);
    for (const index of indexes) {
      for (const option of ['sparse', 'partialFilterExpression', 'expireAfterSeconds', 'collation']) {
        expect(index).not.toHaveProperty(option);
      }
    }
  });

  it('builds an index that was taken away when it is migrated, several times at once too', async () => {
    await (await underTest.open()).close();
    await underTest.connection.collection('records').dropIndex('kind_1_sort_1__id_1');
    expect(await indexesOf()).toHaveLength(declared.length - 1);
    const config = { dataDir: '/unused', dataKey: TEST_KEY, mongodbUri: underTest.uri };
    await Promise.all([migrateStorage(config), migrateStorage(config), migrateStorage(config)]);
    expect((await indexesOf()).map(lineOf).sort()).toEqual(declared);
  });

  it('is made by servers and migrations that start at once on nothing', async () => {
    const config = { dataDir: '/unused', dataKey: TEST_KEY, mongodbUri: underTest.uri };
    const servers = await Promise.all([
      ...Array.from({ length: 3 }, () => createStorage(config)),
      migrateStorage(config),
      migrateStorage(config),
    ]);
    for (const opened of servers) await opened?.storage.close();
    expect((await indexesOf()).map(lineOf).sort()).toEqual(declared);
  });

  it('waits for the turn of another process that builds an index, where the engine builds one at a time', async () => {
    const refusals = [40333, 117].map((code) => Object.assign(new mongo.MongoServerError({}), { code }));
    const asked: object[] = [];
    const collection = {
      createIndex: async (key: object) => {
        asked.push(key);
        const refusal = refusals.shift();
        if (refusal) throw refusal;
      },
    };
    let pauses = 0;
    const models = { conversations: { collection } } as unknown as Models;
    await buildIndexes(models, ['address'], async () => pauses++);
    expect({ asked: asked.length, pauses }).toEqual({ asked: 3, pauses: 2 });
    refusals.push(Object.assign(new mongo.MongoServerError({}), { code: 85 }));
    await expect(buildIndexes(models, ['address'], async () => pauses++)).rejects.toMatchObject({ code: 85 });
  });

  it('refuses a database of a newer version', async () => {
    await (await underTest.open()).close();
    await underTest.connection.collection('meta').updateOne({}, { $set: { version: 99 } });
    const opening = underTest.open();
    await expect(opening).rejects.toThrow(ConfigError);
    await expect(opening).rejects.toThrow(/version plus récente.*format 99/);
  });

  describe('by way of a line', () => {
    let wire: Wire;
    const configOf = () => ({ dataDir: '/unused', dataKey: TEST_KEY, mongodbUri: wire.through(underTest.uri) });

    beforeEach(async () => {
      wire = await startWire(new URL(serverUri));
    });
    afterEach(() => wire.stop());

    it('is unavailable while the network is cut, and works again after', async () => {
      const { storage } = await createStorage(configOf());
      await storage.conversations.create(buildConversation({ id: 'one', lastSeq: 10 }), buildMessages(10));
      const change = buildChange({ id: 'one', messages: buildMessages(1, 10) });

      wire.cut();
      const outcomes = await Promise.allSettled([
        storage.conversations.commit(change),
        storage.conversations.load('one'),
        storage.ping(),
      ]);
      wire.restore();
      for (const outcome of outcomes) {
        expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'storage-unavailable' } });
      }
      await storage.conversations.commit(change);
      expect(await storage.conversations.messagesAfter('one', 0, 100)).toEqual(buildMessages(11));
      await storage.close();
    });

    it('is waited for when it does not answer yet, and says so once', async () => {
      wire.cut();
      let told = 0;
      const uri = `${configOf().mongodbUri}&serverSelectionTimeoutMS=300`;
      const opening = createStorage({
        ...configOf(),
        mongodbUri: uri,
        patienceMs: 20_000,
        onWaiting: () => {
          told++;
          wire.restore();
        },
      });
      const { storage } = await opening;
      await storage.ping();
      await storage.close();
      expect(told).toBe(1);
    });

    it('refuses a server that is too old, and says which it found', async () => {
      wire.rewrite('7.0.0', '5.0.9');
      const opening = createStorage(configOf());
      await expect(opening).rejects.toThrow(ConfigError);
      await expect(opening).rejects.toThrow(/trop ancien \(5\.0\.9\).*MongoDB 6/);
    });

    it('leaves what MONGODB_URI sets as it is set there, save what promises rest on', async () => {
      const mongodbUri = `${configOf().mongodbUri}&w=1&readConcernLevel=local&readPreference=secondary&appName=mine`;
      const { storage } = await createStorage({ ...configOf(), mongodbUri });
      await storage.conversations.create(buildConversation({ id: 'one' }), []);
      await storage.conversations.load('one');
      await storage.close();
      const own = wire.commands().filter(({ client }) => client === 'permanence');
      const sent = (name: string) =>
        own.find((each) => each.name === name && each.collection === 'conversations')?.body;
      expect(sent('insert')).toMatchObject({ writeConcern: { w: 'majority', j: true, wtimeout: 10_000 } });
      expect(sent('find')).toMatchObject({ readConcern: { level: 'majority' }, maxTimeMS: 15_000 });
    });
  });
});
