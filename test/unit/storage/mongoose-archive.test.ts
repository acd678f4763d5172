import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ConversationStore } from '../../../src/storage/ports/conversation-store.js';
import { buildChange, buildConversation, buildMessages } from '../../support/build-conversation.js';
import { type MongooseUnderTest, makeMongooseStorage } from '../../support/storage-mongoose.js';

const serverUri = process.env.MONGODB_TEST_URI ?? '';
const describeWithServer = serverUri ? describe : describe.skip;
const MINUTE_MS = 60_000;

describeWithServer('MongoDB adapter (needs MONGODB_TEST_URI)', () => {
  let underTest: MongooseUnderTest;

  const collection = (name: string) =>
    underTest.connection.collection<{ _id: string; archive: string; tail: unknown[] }>(name);
  const archives = async () => [
    ...new Set((await collection('messages').find().toArray()).map(({ archive }) => archive)),
  ];

  async function fill(store: ConversationStore, id: string, turns: number) {
    await store.create(buildConversation({ id }), []);
    for (let rev = 0; rev < turns; rev++) {
      await store.commit(buildChange({ id, expectedRev: rev, messages: buildMessages(10, rev * 10) }));
    }
  }

  beforeEach(async () => {
    underTest = await makeMongooseStorage(serverUri);
  });
  afterEach(() => underTest.dispose());

  it('keeps the tail of a long conversation short', async () => {
    const { conversations } = await underTest.open();
    await fill(conversations, 'one', 12);
    const [document] = await collection('conversations').find().toArray();
    expect(document?.tail.length).toBeLessThanOrEqual(40);
    expect(await conversations.countMessages('one')).toBe(120);
  });

  it('removes what a process left when it died between its writes', async () => {
    const first = await underTest.open();
    await fill(first.conversations, 'alive', 6);
    await first.close();
    const [kept = ''] = await archives();
    const orphan = (archive: string) => ({ _id: `${archive}:1`, archive, tail: [] });
    await collection('messages').insertMany([orphan('abandoned long ago'), orphan('abandoned just now')]);
    const note = (archive: string, conversationId: string, age: number) => ({
      _id: archive,
      archive,
      conversationId,
      at: new Date(Date.now() - age),
      tail: [],
    });
    await collection('sweeps').insertMany([
      note('abandoned long ago', 'gone', 11 * MINUTE_MS),
      note('abandoned just now', 'alive', 0),
      note(kept, 'alive', 11 * MINUTE_MS),
    ]);

    const { conversations } = await underTest.open();
    expect(await archives()).toEqual([kept]);
    // The young one may be of a commit under way elsewhere: it is looked at again later.
    expect((await collection('sweeps').find().toArray()).map(({ _id }) => _id)).toEqual(['abandoned just now']);
    expect(await conversations.messagesAfter('alive', 0, 100)).toEqual(buildMessages(60));
  });

  it('leaves no archive behind when erasures, removals and long turns race', async () => {
    const servers = await Promise.all([underTest.open(), underTest.open()]);
    for (let round = 0; round < 5; round++) {
      const id = `round ${round}`;
      await fill(servers[0].conversations, id, 6);
      await Promise.allSettled(
        Array.from({ length: 12 }, (_, index) => {
          const store = (index % 2 === 0 ? servers[0] : servers[1]).conversations;
          const change = buildChange({ id, expectedRev: 6, messages: buildMessages(30, 60) });
          if (index === 7) return store.remove(id);
          return store.commit({ ...change, erasesHistory: index % 3 === 0 });
        }),
      );
      await servers[1].conversations.remove(id);
      expect(await archives()).toEqual([]);
      expect(await collection('sweeps').countDocuments({})).toBe(0);
    }
  });

  it('looks for what was left at each purge too', async () => {
    const { conversations } = await underTest.open();
    await collection('messages').insertOne({ _id: 'orphan:1', archive: 'orphan', tail: [] });
    const note = { _id: 'note', archive: 'orphan', conversationId: 'gone', at: new Date(), tail: [] };
    await collection('sweeps').insertOne(note);
    expect(await conversations.removeInactiveSince(new Date(0), 10)).toEqual([]);
    expect(await archives()).toEqual([]);
  });

  it('says so when archived messages were taken out of the database', async () => {
    const { conversations } = await underTest.open();
    await fill(conversations, 'one', 6);
    await collection('messages').deleteOne({});
    await expect(conversations.messagesAfter('one', 0, 100)).rejects.toMatchObject({ code: 'storage-unavailable' });
  });
});
