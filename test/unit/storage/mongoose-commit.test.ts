import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mongo } from 'mongoose';
import { createDataCipher } from '../../../src/storage/data-cipher.js';
import { type Archive, createArchive } from '../../../src/storage/mongoose/archive.js';
import { createConversationStore } from '../../../src/storage/mongoose/conversation-store.js';
import { type MongooseDatabase, openMongooseDatabase } from '../../../src/storage/mongoose/database.js';
import type { ConversationStore } from '../../../src/storage/ports/conversation-store.js';
import { createRecordCodec } from '../../../src/storage/record-codec.js';
import { buildChange, buildConversation, buildMessages } from '../../support/build-conversation.js';
import { type MongooseUnderTest, makeMongooseStorage } from '../../support/storage-mongoose.js';
import { TEST_KEY } from '../../support/storage-under-test.js';

const serverUri = process.env.MONGODB_TEST_URI ?? '';
const describeWithServer = serverUri ? describe : describe.skip;

describeWithServer('between the copy to the archive and the write (needs MONGODB_TEST_URI)', () => {
  const codec = createRecordCodec(createDataCipher(Buffer.from(TEST_KEY, 'base64')));
  const change = buildChange({ id: 'one', messages: buildMessages(1, 45) });
  let underTest: MongooseUnderTest;
  let db: MongooseDatabase;
  let plain: ConversationStore;

  function storeWith(between: () => Promise<unknown>): ConversationStore {
    const archive = createArchive(db.models, () => new Date());
    async function add(...copy: Parameters<Archive['add']>) {
      await archive.add(...copy);
      await between();
    }
    return createConversationStore(db, { ...archive, add }, codec);
  }

  beforeEach(async () => {
    underTest = await makeMongooseStorage(serverUri);
    db = await openMongooseDatabase(underTest.uri, codec);
    plain = storeWith(async () => undefined);
    await plain.create(buildConversation({ id: 'one', lastSeq: 45 }), buildMessages(45));
  });
  afterEach(async () => {
    await db.close();
    await underTest.dispose();
  });

  it('a failure changes nothing, and the same change may be made again', async () => {
    const failing = storeWith(() => Promise.reject(new mongo.MongoNetworkError('cut')));
    await expect(failing.commit(change)).rejects.toMatchObject({ code: 'storage-unavailable' });
    expect(await plain.load('one')).toMatchObject({ rev: 0, lastSeq: 45 });
    expect(await plain.messagesAfter('one', 0, 100)).toEqual(buildMessages(45));
    await plain.commit(change);
    expect(await plain.messagesAfter('one', 0, 100)).toEqual(buildMessages(46));
  });

  it('a failure followed by an erasure leaves nothing in the archive', async () => {
    const failing = storeWith(() => Promise.reject(new mongo.MongoNetworkError('cut')));
    await expect(failing.commit(change)).rejects.toMatchObject({ code: 'storage-unavailable' });
    expect(await underTest.readSealedMessages()).not.toHaveLength(45);
    await plain.commit({ ...change, erasesHistory: true });
    expect(await underTest.readSealedMessages()).toHaveLength(1);
  });

  it('an erasure wins, and what was copied is removed', async () => {
    const overtaken = storeWith(() => plain.commit({ ...change, erasesHistory: true }));
    await expect(overtaken.commit(change)).rejects.toMatchObject({ code: 'revision-conflict' });
    expect(await plain.messagesAfter('one', 0, 100)).toEqual(change.messages);
    expect(await underTest.readSealedMessages()).toHaveLength(1);
  });

  it('a conversation opened anew under the same id does not receive the change', async () => {
    const overtaken = storeWith(async () => {
      await plain.remove('one');
      await plain.create(buildConversation({ id: 'one' }), []);
    });
    await expect(overtaken.commit(change)).rejects.toMatchObject({ code: 'revision-conflict' });
    expect(await plain.messagesAfter('one', 0, 100)).toEqual([]);
    expect(await underTest.readSealedMessages()).toEqual([]);
  });
});
