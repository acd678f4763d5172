import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DomainError } from '../../../src/domain/errors.js';
import type { WakeUps } from '../../../src/domain/wake-ups.js';
import { type EventStream, openEventServer } from '../../support/inbox-events.js';
import { type InboxWorld, openInboxWorld, SECRET } from '../../support/inbox-world.js';
import { createRandom } from '../../support/random.js';

const DEAF: WakeUps = {
  notify: () => undefined,
  subscribe: () => () => undefined,
  subscribeAll: () => () => undefined,
};

let world: InboxWorld;
let server: Awaited<ReturnType<typeof openEventServer>>;

async function start(options: { wakeUps?: WakeUps; reconcileMs?: number } = {}): Promise<void> {
  world = await openInboxWorld({ ...(options.wakeUps && { wakeUps: options.wakeUps }) });
  server = await openEventServer(world, {
    reconcileMs: options.reconcileMs ?? 60_000,
    heartbeatMs: 20,
    loadGapMs: 2,
  });
}

afterEach(async () => {
  await server.close();
  await world.close();
});

const seqsOf = (stream: EventStream): number[] =>
  stream.dataOf('messages').flatMap(({ messages }) => messages.map(({ seq }) => seq));

test.each([1, 2, 3])(
  'two hundred messages over a line that breaks at random: none lost, none twice (%i)',
  async (seed) => {
    await start();
    const { jean } = world.delegates;
    const random = createRandom(seed);
    const { id } = await world.addConversation({ texts: ['0'] });
    const received: number[] = [];
    let lastEventId: string | undefined;
    let stream = await server.open(jean, { conversation: id, after: 0 });

    async function reconnect(): Promise<void> {
      await stream.leave();
      received.push(...seqsOf(stream));
      lastEventId = stream.seen.lastId || lastEventId;
      stream = await server.open(jean, { conversation: id, after: 0, lastEventId });
    }

    for (let sent = 0; sent < 200; sent++) {
      const storing = world.addMessage(id, { text: `n° ${sent}` });
      if (random() < 0.15) await reconnect();
      await storing;
      if (random() < 0.1) await stream.until(() => seqsOf(stream).length > 0 || received.length > 0);
    }
    await stream.until(() => (seqsOf(stream).at(-1) ?? received.at(-1)) === 201);
    received.push(...seqsOf(stream));
    expect(received).toEqual(Array.from({ length: 201 }, (_, index) => index + 1));
  },
);

describe('when every wake-up is lost', () => {
  beforeEach(() => start({ wakeUps: DEAF, reconcileMs: 25 }));

  test('cards come, change and go all the same', async () => {
    const { jean, marie } = world.delegates;
    const stream = await server.open(jean);
    await stream.next('queue');
    const { id } = await world.addConversation();
    await stream.next('card', (card) => card.id === id && card.rev === 0);
    await world.call('take', marie, { id });
    await stream.next('card', (card) => card.holder?.id === 'marie');
    await world.call('close', marie, { id });
    await stream.next('card-gone', (gone) => gone.id === id);
    const removed = await world.addConversation();
    await stream.next('card', (card) => card.id === removed.id);
    await world.storage.conversations.remove(removed.id);
    await stream.next('card-gone', (gone) => gone.id === removed.id);
    expect(stream.events.map(({ name }) => name)).toEqual([
      'queue',
      'reports',
      'card',
      'card',
      'card-gone',
      'card',
      'card-gone',
    ]);
  });

  test('so do messages and notes of the conversation on the screen, a past one as well', async () => {
    const { jean, marie } = world.delegates;
    const { id } = await world.addConversation({ status: 'closed', texts: ['un'] });
    const stream = await server.open(jean, { conversation: id, after: 0 });
    await world.addMessage(id, { text: 'deux' });
    await stream.until(() => seqsOf(stream).length === 2);
    await world.storage.notes.add({ id: 'n1', conversationId: id, by: marie.id, at: 1, text: 'note' });
    await stream.next('detail', ({ detail }) => detail.notes.length === 1);
    expect(seqsOf(stream)).toEqual([1, 2]);
  });
});

describe('while storage is away', () => {
  test('streams stay open, and everything comes when it is back', async () => {
    await start({ reconcileMs: 25 });
    const { id } = await world.addConversation({ texts: ['un'] });
    const stream = await server.open(world.delegates.jean, { conversation: id, after: 1 });
    await stream.next('detail');
    world.reads.setFault(new DomainError('storage-unavailable', `refused: ${SECRET}`));
    await world.addMessage(id, { text: SECRET });
    await stream.until(() => server.logged.length >= 3);
    expect(stream.seen.isEnded).toBe(false);
    expect(seqsOf(stream)).toEqual([]);
    world.reads.setFault();
    await stream.until(() => seqsOf(stream).length === 1);
    expect(seqsOf(stream)).toEqual([2]);
    expect(server.logged.join()).toContain('DomainError');
    expect(server.logged.join()).not.toContain('Zorglub');
  });

  test('no stream opens: the page is told to come back', async () => {
    await start();
    world.reads.setFault(new DomainError('storage-unavailable', SECRET));
    const stream = await server.open(world.delegates.jean);
    expect(stream.status).toBe(503);
    await stream.ended();
    expect(stream.seen.problem).toContain('Unavailable');
    expect(stream.seen.problem + server.logged.join()).not.toContain('Zorglub');
  });
});
