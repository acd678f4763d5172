import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type EventStream, openEventServer } from '../../support/inbox-events.js';
import { type InboxWorld, openInboxWorld } from '../../support/inbox-world.js';

let world: InboxWorld;
let server: Awaited<ReturnType<typeof openEventServer>> | undefined;
beforeEach(async () => {
  world = await openInboxWorld();
});
afterEach(async () => {
  await server?.close();
  await world.close();
});

async function openMany(count: number, options: Parameters<NonNullable<typeof server>['open']>[1] = {}) {
  const streams: EventStream[] = [];
  for (let index = 0; index < count; index++) {
    const stream = await server?.open(world.delegates.jean, options);
    if (stream) streams.push(stream);
  }
  return streams;
}

test('ten pages of one account, and no eleventh until one closes', async () => {
  server = await openEventServer(world);
  const streams = await openMany(10);
  expect(streams.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
  const eleventh = await server.open(world.delegates.jean);
  expect(eleventh.status).toBe(503);
  await eleventh.ended();
  expect(eleventh.seen.problem).toContain('TooManyStreams');
  const colleague = await server.open(world.delegates.marie);
  expect(colleague.status).toBe(200);
});

test('the room of a page that left is free again', async () => {
  server = await openEventServer(world, { streamsPerAccount: 1 });
  const witness = await server.open(world.delegates.marie);
  await witness.next('queue');
  const stream = await server.open(world.delegates.jean);
  await witness.next('team', ({ team }) => team.some(({ id, isConnected }) => id === 'jean' && isConnected));
  await stream.leave();
  await witness.until(() =>
    witness
      .dataOf('team')
      .at(-1)
      ?.team.some(({ id, isConnected }) => id === 'jean' && !isConnected),
  );
  expect((await server.open(world.delegates.jean)).status).toBe(200);
});

test('so many in all', async () => {
  server = await openEventServer(world, { streams: 2 });
  await openMany(2);
  expect((await server.open(world.delegates.marie)).status).toBe(503);
});

test('a message to ten open pages is read once: load, messages, notes', async () => {
  server = await openEventServer(world);
  for (let index = 0; index < 20; index++) await world.addConversation();
  const { id } = await world.addConversation({ texts: ['un'] });
  const streams = await openMany(10, { conversation: id, after: 1 });
  await Promise.all(streams.map((stream) => stream.next('detail', ({ detail }) => detail.viewers.length === 1)));
  world.reads.calls.length = 0;
  await world.addMessage(id, { text: 'deux' });
  await Promise.all(streams.map((stream) => stream.next('detail', ({ detail }) => detail.card.lastSeq === 2)));
  expect(streams.map((stream) => stream.dataOf('messages').length)).toEqual(Array.from({ length: 10 }, () => 1));
  expect(world.reads.calls).toEqual(['conversations.load', 'conversations.messagesAfter', 'notes.listOf']);
});

test('a message that nobody looks at costs two readings; one for the assistant alone, one', async () => {
  server = await openEventServer(world);
  const { id } = await world.addConversation();
  const hidden = await world.addConversation({ status: 'bot' });
  const streams = await openMany(10);
  await Promise.all(streams.map((stream) => stream.next('queue')));
  world.reads.calls.length = 0;
  await world.addMessage(hidden.id);
  await world.addMessage(id, { text: 'deux' });
  await Promise.all(streams.map((stream) => stream.next('card', (card) => card.lastSeq === 2)));
  expect(world.reads.calls.toSorted()).toEqual([
    'conversations.load',
    'conversations.load',
    'conversations.messagesAfter',
  ]);
});

test('a burst in one conversation is read a few times only, and its end is told', async () => {
  server = await openEventServer(world, { loadGapMs: 250 });
  const { id } = await world.addConversation({ texts: ['un'] });
  const [stream] = await openMany(1);
  await stream?.next('queue');
  world.reads.calls.length = 0;
  for (let index = 0; index < 60; index++) await world.addMessage(id);
  await stream?.next('card', (card) => card.lastSeq === 61);
  expect(world.reads.calls.filter((call) => call === 'conversations.load').length).toBeLessThanOrEqual(6);
});

test('a picture of an unchanged queue is one reading for the next page', async () => {
  server = await openEventServer(world);
  for (let index = 0; index < 30; index++) await world.addConversation();
  const [first] = await openMany(1);
  await first?.next('queue');
  world.reads.calls.length = 0;
  const second = await server.open(world.delegates.marie);
  expect((await second.next('queue')).cards).toHaveLength(30);
  expect(world.reads.calls.toSorted()).toEqual(['bookmarks.listOf', 'conversations.listQueue']);
});

test('a page that does not read is cut, and the others are not kept waiting', async () => {
  server = await openEventServer(world, { backlogBytes: 500_000 });
  const { id } = await world.addConversation({ texts: ['un'] });
  const slow = await server.open(world.delegates.jean, { conversation: id, after: 1 });
  const quick = await server.open(world.delegates.marie, { conversation: id, after: 1 });
  await quick.next('detail');
  slow.response.pause();
  for (let sent = 0; sent < 4000 && world.presence.isConnected('jean'); sent++) {
    const seq = await world.addMessage(id, { text: 'x'.repeat(100_000) });
    await quick.until(() => quick.dataOf('messages').at(-1)?.messages.at(-1)?.seq === seq);
  }
  expect(world.presence.isConnected('jean')).toBe(false);
  expect(quick.seen.isEnded).toBe(false);
});
