import { connect as connectSocket, createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConfigError } from '../../../src/config.js';
import { createStorage } from '../../../src/storage/create-storage.js';
import type { ConversationStore } from '../../../src/storage/ports/conversation-store.js';
import { buildChange, buildConversation, buildMessages } from '../../support/build-conversation.js';
import { type MongooseUnderTest, makeMongooseStorage } from '../../support/storage-mongoose.js';
import { TEST_KEY } from '../../support/storage-under-test.js';

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

  it('has indexes for its queries only, none of them partial, sparse or expiring', async () => {
    await underTest.open();
    const indexes = (
      await Promise.all(
        ['conversations', 'messages', 'sweeps', 'meta'].map((name) =>
          collection(name)
            .indexes()
            .catch(() => []),
        ),
      )
    ).flat();
    const keys = indexes.map(({ key }) => Object.keys(key).join('+')).filter((key) => key !== '_id');
    expect(keys.sort()).toEqual(['addressHash', 'archive+externalHash', 'archive+seq', 'lastMessageAt']);
    for (const index of indexes) {
      expect(index).not.toMatchObject({ sparse: true });
      expect(Object.keys(index)).not.toEqual(expect.arrayContaining(['partialFilterExpression']));
      expect(Object.keys(index)).not.toEqual(expect.arrayContaining(['expireAfterSeconds']));
    }
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

  it('says so when archived messages were taken out of the database', async () => {
    const { conversations } = await underTest.open();
    await fill(conversations, 'one', 6);
    await collection('messages').deleteOne({});
    await expect(conversations.messagesAfter('one', 0, 100)).rejects.toMatchObject({ code: 'storage-unavailable' });
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
    await fill(storage.conversations, 'one', 1);
    const change = buildChange({ id: 'one', expectedRev: 1, messages: buildMessages(1, 10) });

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

/** A line to the server that can be cut: what is connected breaks, and what connects is hung up on. */
async function startNetwork({ hostname, port }: URL) {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((client) => {
    if (isCut) {
      client.destroy();
      return;
    }
    const upstream = connectSocket(Number(port || 27017), hostname);
    for (const [socket, other] of [[client, upstream] as const, [upstream, client] as const]) {
      sockets.add(socket);
      socket.pipe(other);
      socket.on('error', () => other.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port to listen on');
  return {
    host: `127.0.0.1:${address.port}`,
    cut() {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    restore() {
      isCut = false;
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
