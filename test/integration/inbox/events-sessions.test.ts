import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openEventServer } from '../../support/inbox-events.js';
import { type InboxWorld, openInboxWorld } from '../../support/inbox-world.js';

let world: InboxWorld;
let server: Awaited<ReturnType<typeof openEventServer>>;
beforeEach(async () => {
  world = await openInboxWorld();
  server = await openEventServer(world, { heartbeatMs: 30 });
});
afterEach(async () => {
  await server.close();
  await world.close();
});

describe('a session that is locked', () => {
  test('gets counts and nothing else, even when it names a conversation', async () => {
    const { jean } = world.delegates;
    const now = world.clock().getTime();
    const { id } = await world.addConversation({ desk: { emergencyAt: 1 } });
    await world.addConversation({ desk: { snoozedUntil: now + 1000 } });
    server.setSession('shared', 'locked');
    const stream = await server.open(jean, { session: 'shared', conversation: id, after: 0 });
    expect(await stream.next('waiting')).toEqual({ waiting: 1, emergencies: 1 });
    const more = await world.addConversation();
    world.wakeUps.notify(more.id, { kind: 'changed' });
    world.wakeUps.notify(id, { kind: 'typing', author: 'resident' });
    await stream.next('waiting', ({ waiting }) => waiting === 2);
    expect(new Set(stream.events.map(({ name }) => name))).toEqual(new Set(['waiting']));
    expect(world.presence.connected()).toEqual([]);
    expect(world.audit.events).toEqual([]);
  });

  test.each([true, false])(
    'is told so when it happens, and its stream ends (this process knows: %s)',
    async (isTold) => {
      const stream = await server.open(world.delegates.jean, { session: 's' });
      await stream.next('queue');
      server.setSession('s', 'locked', isTold ? 'locked' : undefined);
      await stream.ended();
      expect(stream.events.at(-1)).toMatchObject({ name: 'session-over', data: { reason: 'locked' } });
      expect(world.presence.isConnected('jean')).toBe(false);
    },
  );

  test.each([
    ['once unlocked', 'usable', undefined],
    ['unlocked under a new id', 'ended', 'replaced'],
    ['unlocked under a new id by another process', 'ended', undefined],
  ] as const)(
    '%s ends its stream without a word: the page comes back for the whole picture',
    async (_, state, event) => {
      server.setSession('s', 'locked');
      const stream = await server.open(world.delegates.jean, { session: 's' });
      await stream.next('waiting');
      server.setSession('s', state, event);
      await stream.ended();
      expect(stream.dataOf('session-over')).toEqual([]);
    },
  );
});

test('whoever lacks the second factor that they must have is shown what a locked page is', async () => {
  await server.close();
  server = await openEventServer(world, { heartbeatMs: 10 }, { requireSecondFactor: true });
  const { id } = await world.addConversation();
  const stream = await server.open(world.delegates.jean, { conversation: id, after: 0 });
  await stream.until(() => stream.seen.comments >= 3);
  expect(stream.events).toEqual([{ name: 'waiting', data: { waiting: 1, emergencies: 0 } }]);
  expect(stream.seen.isEnded).toBe(false);
});

test('a session that goes on under a new id ends its stream without a word', async () => {
  const stream = await server.open(world.delegates.jean, { session: 's' });
  await stream.next('queue');
  server.setSession('s', 'ended', 'replaced');
  await stream.ended();
  expect(stream.dataOf('session-over')).toEqual([]);
});

describe('a session that is over', () => {
  test.each([
    ['at once when it is told', 'ended'],
    ['at the next heartbeat when nobody tells', undefined],
  ] as const)('ends its stream %s, and that of no other session', async (_, event) => {
    const { jean } = world.delegates;
    const stream = await server.open(jean, { session: 'lost' });
    const other = await server.open(jean, { session: 'kept' });
    await stream.next('queue');
    await other.next('queue');
    server.setSession('lost', 'ended', event);
    await stream.ended();
    expect(stream.events.at(-1)).toMatchObject({ name: 'session-over', data: { reason: 'ended' } });
    const { id } = await world.addConversation();
    world.wakeUps.notify(id, { kind: 'changed' });
    await other.next('card');
    expect(stream.dataOf('card')).toEqual([]);
    expect(world.presence.isConnected('jean')).toBe(true);
  });

  test('opens none', async () => {
    server.setSession('s', 'ended');
    const stream = await server.open(world.delegates.jean, { session: 's' });
    expect(stream.status).toBe(401);
  });
});

test('a silent stream gets a comment at each heartbeat', async () => {
  const stream = await server.open(world.delegates.jean);
  await stream.until(() => stream.seen.comments >= 3);
  expect(stream.events.map(({ name }) => name)).toEqual(['queue', 'reports']);
});

test('closing the hub ends every stream and refuses others', async () => {
  const stream = await server.open(world.delegates.jean);
  await stream.next('queue');
  server.hub.close();
  await stream.ended();
  expect(world.presence.connected()).toEqual([]);
  expect(server.listeners.size).toBe(0);
  expect((await server.open(world.delegates.jean)).status).toBe(503);
});
