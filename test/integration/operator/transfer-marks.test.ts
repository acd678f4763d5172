import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createStorage } from '../../../src/storage/create-storage.js';
import { createDataCipher } from '../../../src/storage/data-cipher.js';
import { openMongooseTarget } from '../../../src/storage/mongoose/row-target.js';
import { createRecordCodec } from '../../../src/storage/record-codec.js';
import { buildConversation } from '../../support/build-conversation.js';
import { type MongooseUnderTest, makeMongooseStorage } from '../../support/storage-mongoose.js';
import { TEST_KEY } from '../../support/storage-under-test.js';
import { startWire, type Wire } from '../../support/storage-wire.js';

const serverUri = process.env.MONGODB_TEST_URI ?? '';
const describeWithServer = serverUri ? describe : describe.skip;
const codec = createRecordCodec(createDataCipher(Buffer.from(TEST_KEY, 'base64')));
const MARK = { _id: 'transfer', transfer: 'another', holder: 'dead', beat: 3, done: {} };

describeWithServer('the mark of a transfer (needs MONGODB_TEST_URI)', () => {
  let wire: Wire;
  let underTest: MongooseUnderTest;
  let uri: string;

  beforeEach(async () => {
    wire = await startWire(new URL(serverUri));
    underTest = await makeMongooseStorage(serverUri);
    uri = wire.through(underTest.uri);
  });
  afterEach(async () => {
    await underTest.dispose();
    await wire.stop();
  });

  const setMark = () => underTest.connection.collection<{ _id: string }>('meta').insertOne(MARK);

  test('shows that its holder lives while it removes what another has left', async () => {
    await (await underTest.open()).conversations.create(buildConversation({ id: 'one' }), []);
    await setMark();
    const target = await openMongooseTarget(uri, codec, { signOfLifeMs: 10 });
    const sent = wire.commands().filter(({ name }) => name === 'update' || name === 'delete');
    await target.abandon();
    expect(sent.map(({ name, collection }) => `${name} ${collection}`).slice(0, 9)).toEqual([
      'update meta',
      ...['conversations', 'messages', 'records', 'sweeps'].flatMap((name) => ['update meta', `delete ${name}`]),
    ]);
    expect(await underTest.connection.collection('conversations').countDocuments()).toBe(0);
  });

  test('that comes while a server starts keeps it out', async () => {
    // Prepared, so that a start writes nothing.
    await (await underTest.open()).close();
    wire.clear();
    const looksAtFormat = wire.cutOnce({
      when: 'before',
      at: ({ name, collection, body }) =>
        name === 'find' && collection === 'meta' && JSON.stringify(body.filter) === '{"_id":"storage"}',
    });
    // The driver reads again as soon as it finds the server: then the mark is there.
    const marked = looksAtFormat.then(async () => {
      wire.cut();
      await setMark();
      wire.restore();
    });
    const opening = createStorage({ dataDir: '/unused', dataKey: TEST_KEY, mongodbUri: uri });
    await expect(opening).rejects.toThrow(/n'est pas allé au bout/);
    await marked;
  });
});
