import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConfigError } from '../../../src/config.js';
import { createStorage } from '../../../src/storage/create-storage.js';
import { buildChange, buildConversation, buildMessages } from '../../support/build-conversation.js';
import { type MongooseUnderTest, makeMongooseStorage } from '../../support/storage-mongoose.js';
import { startNetwork } from '../../support/storage-network.js';
import { TEST_KEY } from '../../support/storage-under-test.js';

const serverUri = process.env.MONGODB_TEST_URI ?? '';
const describeWithServer = serverUri ? describe : describe.skip;

describeWithServer('a MongoDB database (needs MONGODB_TEST_URI)', () => {
  let underTest: MongooseUnderTest;

  beforeEach(async () => {
    underTest = await makeMongooseStorage(serverUri);
  });
  afterEach(() => underTest.dispose());

  it('has indexes for its queries only, none of them partial, sparse or expiring', async () => {
    await underTest.open();
    const indexes = (
      await Promise.all(
        ['conversations', 'messages', 'records', 'sweeps', 'meta'].map((name) =>
          underTest.connection
            .collection(name)
            .indexes()
            .catch(() => []),
        ),
      )
    ).flat();
    const keys = indexes.map(({ key }) => Object.keys(key).join('+')).filter((key) => key !== '_id');
    expect(keys.sort()).toEqual([
      'addressHash',
      'archive+externalHash',
      'archive+seq',
      'conversation+kind+sort+_id',
      'inboxList+lastMessageAt+_id',
      'kind+owner+sort+_id',
      'kind+sort+_id',
      'kind+uniqueKey',
      'lastMessageAt',
    ]);
    for (const index of indexes) {
      expect(index).not.toMatchObject({ sparse: true });
      expect(Object.keys(index)).not.toEqual(expect.arrayContaining(['partialFilterExpression']));
      expect(Object.keys(index)).not.toEqual(expect.arrayContaining(['expireAfterSeconds']));
    }
  });

  it('refuses a database of a newer version', async () => {
    await (await underTest.open()).close();
    await underTest.connection.collection('meta').updateOne({}, { $set: { version: 99 } });
    const opening = underTest.open();
    await expect(opening).rejects.toThrow(ConfigError);
    await expect(opening).rejects.toThrow(/version plus récente.*format 99/);
  });

  it('is unavailable while the network is cut, and works again after', async () => {
    const network = await startNetwork(new URL(serverUri));
    const mongodbUri = underTest.uri.replace(new URL(serverUri).host, network.host);
    const { storage } = await createStorage({ dataDir: '/unused', dataKey: TEST_KEY, mongodbUri });
    await storage.conversations.create(buildConversation({ id: 'one', lastSeq: 10 }), buildMessages(10));
    const change = buildChange({ id: 'one', messages: buildMessages(1, 10) });

    network.cut();
    const outcomes = await Promise.allSettled([
      storage.conversations.commit(change),
      storage.conversations.load('one'),
      storage.ping(),
    ]);
    network.restore();
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'storage-unavailable' } });
    }
    await storage.conversations.commit(change);
    expect(await storage.conversations.messagesAfter('one', 0, 100)).toEqual(buildMessages(11));
    await storage.close();
    await network.stop();
  });
});
