import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type EventStream, openEventServer } from '../../support/inbox-events.js';
import { type InboxWorld, openInboxWorld, SECRET } from '../../support/inbox-world.js';

let world: InboxWorld;
let server: Awaited<ReturnType<typeof openEventServer>>;
beforeEach(async () => {
  world = await openInboxWorld();
  server = await openEventServer(world);
});
afterEach(async () => {
  await server.close();
  await world.close();
});

const seqsOf = (stream: EventStream): number[] =>
  stream.dataOf('messages').flatMap(({ messages }) => messages.map(({ seq }) => seq));
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('the picture', () => {
  test('comes first and whole: cards, team, read marks, the server’s clock', async () => {
    const { jean } = world.delegates;
    const one = await world.addConversation({ texts: ['bonjour', 'un délégué svp'] });
    await world.addConversation({ status: 'bot' });
    await world.addConversation({ status: 'closed' });
    await world.call('markRead', jean, { id: one.id, body: { seq: 1 } });
    const stream = await server.open(jean);
    const queue = await stream.next('queue');
    expect(stream.events[0]?.name).toBe('queue');
    expect(queue.cards.map(({ id }) => id)).toEqual([one.id]);
    expect(queue.cards[0]?.last).toEqual({ author: 'resident', excerpt: 'un délégué svp' });
    expect(queue.readSeqs).toEqual({ [one.id]: 1 });
    expect(queue.now).toBe(Date.parse('2026-11-23T09:00:00Z'));
    expect(queue.team).toEqual([
      { id: 'jean', displayName: 'Jean', isConnected: true, isAvailable: false },
      { id: 'marie', displayName: 'Marie', isConnected: false, isAvailable: false },
    ]);
    expect(stream.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
  });

  test('then what changes: a new card, a changed one, one that leaves the queue', async () => {
    const { jean, marie } = world.delegates;
    const stream = await server.open(jean);
    await stream.next('queue');
    const { id } = await world.addConversation();
    world.wakeUps.notify(id, { kind: 'changed' });
    await stream.next('card', (card) => card.id === id && card.status === 'waiting');
    await world.call('take', marie, { id });
    await stream.next('card', (card) => card.id === id && card.holder?.id === 'marie');
    await world.call('close', marie, { id });
    await stream.next('card-gone', (gone) => gone.id === id);
    expect(stream.events.filter(({ name }) => name === 'card-gone')).toHaveLength(1);
  });

  test('of conversations that never asked for a person nothing is told', async () => {
    const stream = await server.open(world.delegates.jean);
    await stream.next('queue');
    const hidden = await world.addConversation({ status: 'bot' });
    world.wakeUps.notify(hidden.id, { kind: 'changed' });
    world.wakeUps.notify(hidden.id, { kind: 'typing', author: 'resident' });
    world.wakeUps.notify(hidden.id, { kind: 'removed' });
    const shown = await world.addConversation();
    world.wakeUps.notify(shown.id, { kind: 'changed' });
    await stream.next('card', ({ id }) => id === shown.id);
    expect(JSON.stringify(stream.events)).not.toContain(hidden.id);
  });

  test('who comes, goes and looks on is told', async () => {
    const { jean, marie } = world.delegates;
    const { id } = await world.addConversation();
    const stream = await server.open(jean, { conversation: id });
    const other = await server.open(marie, { conversation: id });
    await stream.next('team', ({ team }) => team.some((one) => one.id === 'marie' && one.isConnected));
    await stream.next('detail', ({ detail }) => detail.viewers.some((viewer) => viewer.id === 'marie'));
    expect(world.presence.viewersOf(id)).toEqual(['jean', 'marie']);
    await other.leave();
    await stream.until(() =>
      stream
        .dataOf('team')
        .at(-1)
        ?.team.every((one) => one.id === 'jean' || !one.isConnected),
    );
    await stream.until(() => stream.dataOf('detail').at(-1)?.detail.viewers.length === 1);
  });

  test('a new name shows at once where it is told, in the cards as well', async () => {
    const { jean, marie } = world.delegates;
    await world.addConversation({ status: 'assigned', desk: { holder: 'marie', handledBy: ['marie'] } });
    const stream = await server.open(jean);
    await stream.next('queue', ({ cards }) => cards[0]?.holder?.displayName === 'Marie');
    await world.storage.accounts.update({ ...marie, displayName: 'Marie B.' });
    server.hub.teamChanged();
    await stream.next('team', ({ team }) => team.some(({ displayName }) => displayName === 'Marie B.'));
    await stream.next('card', ({ holder }) => holder?.displayName === 'Marie B.');
  });

  test('a name that changed while nobody looked is the first that is shown', async () => {
    const { jean, marie } = world.delegates;
    await world.view.team();
    await world.storage.accounts.update({ ...marie, displayName: 'Marie B.' });
    server.hub.teamChanged();
    const stream = await server.open(jean);
    const { team } = await stream.next('queue');
    expect(team.map(({ displayName }) => displayName)).toContain('Marie B.');
  });
});

describe('the conversation on the screen', () => {
  test('its messages, its detail, its notes and who types', async () => {
    const { jean, marie } = world.delegates;
    const { id } = await world.addConversation({ texts: ['un', 'deux'] });
    const stream = await server.open(jean, { conversation: id, after: 1 });
    const first = await stream.next('messages');
    expect(first).toMatchObject({ conversationId: id, messages: [{ seq: 2, text: 'deux' }] });
    expect(stream.seen.lastId).toBe(`${id}:2`);
    const { detail } = await stream.next('detail');
    expect(detail.actions).toContain('take');

    await world.addMessage(id, { text: 'trois' });
    await stream.until(() => seqsOf(stream).length === 2);
    expect(seqsOf(stream)).toEqual([2, 3]);
    await world.call('addNote', marie, { id, body: { id: randomUUID(), text: 'note' } });
    await stream.next('detail', (event) => event.detail.notes.some(({ text }) => text === 'note'));
    world.residents.seqs.set(id, 3);
    world.wakeUps.notify(id, { kind: 'delivered', seq: 3 });
    await stream.next('detail', (event) => event.detail.delivery.deliveredSeq === 3);
    world.residents.connected.add(id);
    server.residentMoved(id);
    await stream.next('detail', (event) => event.detail.delivery.isResidentConnected === true);
    world.wakeUps.notify(id, { kind: 'typing', author: 'bot' });
    world.wakeUps.notify(id, { kind: 'typing', author: 'resident' });
    expect(await stream.next('typing')).toEqual({ conversationId: id, author: 'resident' });
    await world.call('showTyping', marie, { id });
    await stream.next('typing', (event) => event.name === 'Marie');
    await world.call('showTyping', jean, { id });
    await world.call('take', jean, { id });
    await stream.next('detail', (event) => event.detail.card.holder?.id === 'jean');
    expect(stream.dataOf('typing')).toHaveLength(2);
  });

  test('is logged as opened, once with the call that opens it', async () => {
    const { jean } = world.delegates;
    const { id } = await world.addConversation();
    await world.call('openConversation', jean, { id });
    const stream = await server.open(jean, { conversation: id });
    await stream.next('detail');
    expect(world.audit.events).toEqual([{ action: 'conversation.opened', actor: 'jean', subject: id }]);
  });

  test('one that delegates may not see is gone, whatever comes', async () => {
    const hidden = await world.addConversation({ status: 'bot' });
    const stream = await server.open(world.delegates.jean, { conversation: hidden.id, after: 0 });
    await stream.next('card-gone', ({ id }) => id === hidden.id);
    await world.addMessage(hidden.id, { text: SECRET });
    const shown = await world.addConversation({ texts: ['autre'] });
    world.wakeUps.notify(shown.id, { kind: 'changed' });
    await stream.next('card', ({ id }) => id === shown.id);
    expect(JSON.stringify(stream.events)).not.toContain('Zorglub');
    expect(world.presence.viewersOf(hidden.id)).toEqual([]);
    expect(world.audit.events).toEqual([]);
  });

  test('one that is removed is gone, once', async () => {
    const { id } = await world.addConversation();
    const stream = await server.open(world.delegates.jean, { conversation: id });
    await stream.next('detail');
    await world.storage.conversations.remove(id);
    world.wakeUps.notify(id, { kind: 'removed' });
    await stream.next('card-gone', (gone) => gone.id === id);
    world.wakeUps.notify(id, { kind: 'removed' });
    const other = await world.addConversation();
    world.wakeUps.notify(other.id, { kind: 'changed' });
    await stream.next('card', (card) => card.id === other.id);
    expect(stream.dataOf('card-gone')).toHaveLength(1);
  });

  test('without a mark the last fifty are sent; one beyond the end is the end', async () => {
    const { id } = await world.addConversation({ texts: range(1, 80).map(String) });
    const fresh = await server.open(world.delegates.jean, { conversation: id });
    await fresh.until(() => seqsOf(fresh).at(-1) === 80);
    expect(seqsOf(fresh)).toEqual(range(31, 80));
    const beyond = await server.open(world.delegates.jean, { conversation: id, after: 500 });
    await beyond.next('detail');
    await world.addMessage(id);
    await beyond.until(() => seqsOf(beyond).length > 0);
    expect(seqsOf(beyond)).toEqual([81]);
  });

  test('what was missed comes in pages, in order', async () => {
    const { id } = await world.addConversation({ texts: range(1, 350).map(String) });
    const stream = await server.open(world.delegates.jean, { conversation: id, after: 0 });
    await stream.until(() => seqsOf(stream).at(-1) === 350);
    expect(seqsOf(stream)).toEqual(range(1, 350));
    expect(stream.dataOf('messages').length).toBeGreaterThan(3);
  });

  test.each([
    ['the last event’s id wins', (id: string) => `${id}:3`, [4, 5]],
    ['the id of another conversation says nothing', () => 'other:3', [2, 3, 4, 5]],
    ['nor does nonsense', () => 'x', [2, 3, 4, 5]],
  ])('%s', async (_, lastEventId, expected) => {
    const { id } = await world.addConversation({ texts: range(1, 5).map(String) });
    const options = { conversation: id, after: 1, lastEventId: lastEventId(id) };
    const stream = await server.open(world.delegates.jean, options);
    await stream.next('detail');
    expect(seqsOf(stream)).toEqual(expected);
  });
});
