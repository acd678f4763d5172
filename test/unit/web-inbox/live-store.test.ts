import { expect, test } from '@jest/globals';
import { applyEvent, type LiveState, NEW_LIVE_STATE } from '../../../src/web/inbox/live/state.js';
import { createLive, type LiveDependencies } from '../../../src/web/inbox/live/store.js';
import type { LiveEvent, Opened } from '../../../src/web/inbox/live/wire.js';
import { buildCard, buildDetail, buildMessage, buildOpened, JEAN, ME } from '../../support/inbox-queue-builders.js';
import { holdTimers, settle } from '../../support/inbox-queue-timers.js';

const picture = (...cards: readonly ReturnType<typeof buildCard>[]): LiveEvent => ({
  name: 'queue',
  data: { cards: [...cards], team: [], readSeqs: {}, now: 5_000 },
});
const after = (...events: readonly LiveEvent[]): LiveState =>
  events.reduce((state, event) => applyEvent(state, event, 1_000), NEW_LIVE_STATE);

function createStore(overrides: Partial<LiveDependencies> = {}) {
  const timers = holdTimers(1_000);
  const log: string[] = [];
  const answers: Opened[] = [];
  const store = createLive({
    openConversation: async (id) => {
      log.push(`open ${id}`);
      const answer = answers.shift();
      if (!answer) throw Object.assign(new Error('gone'), { status: 404, code: 'ConversationGone', detail: 'Partie.' });
      return answer;
    },
    readEarlier: async (_, before) => ({ messages: [buildMessage({ seq: before - 1 })], hasEarlier: before > 2 }),
    markRead: async (id, seq) => log.push(`read ${id} ${seq}`),
    timers,
    onSessionOver: (reason) => log.push(`over ${reason}`),
    onOpened: () => log.push('opened'),
    onMessages: (_, messages) => log.push(`messages ${messages.map(({ seq }) => seq)}`),
    onBack: () => log.push('back'),
    ...overrides,
  });
  store.start({
    start: () => log.push('start'),
    stop: () => log.push('stop'),
    restart: () => log.push('restart'),
    hurry: () => log.push('hurry'),
    cut: () => log.push('cut'),
  });
  return { store, timers, log, answers };
}

test('the first picture gives the cards and the server’s clock', () => {
  const state = after(picture(buildCard(), buildCard({ id: 'c2', list: 'past' })));
  expect([...(state.cards?.keys() ?? [])]).toEqual(['c1']);
  expect(state.clockOffset).toBe(4_000);
});

test('an older card changes nothing, and one that left the queue goes', () => {
  const newer = after(picture(buildCard({ rev: 3 })), { name: 'card', data: buildCard({ rev: 2, lastSeq: 1 }) });
  expect(newer.cards?.get('c1')?.lastSeq).toBe(4);
  const left = after(picture(buildCard()), { name: 'card', data: buildCard({ rev: 2, list: 'past' }) });
  expect(left.cards?.size).toBe(0);
  expect(after(picture(buildCard()), { name: 'card-gone', data: { id: 'c1' } }).cards?.size).toBe(0);
});

test('an opened conversation is followed after its last message', async () => {
  const { store, answers, log } = createStore();
  answers.push(buildOpened({ messages: [buildMessage({ seq: 3 }), buildMessage({ seq: 4 })], draft: 'Bonjour' }));
  store.open('c1');
  expect(store.snapshot().thread?.phase).toBe('loading');
  expect(store.followed()).toEqual({});
  await settle();
  expect(store.snapshot().thread).toMatchObject({ phase: 'ready', draft: 'Bonjour' });
  expect(store.followed()).toEqual({ conversation: 'c1', after: 4 });
  expect(log).toEqual(['start', 'open c1', 'opened', 'restart']);
});

test('messages are kept once, in order; those of another conversation are not taken', async () => {
  const { store, answers } = createStore();
  answers.push(buildOpened({ messages: [buildMessage({ seq: 2 })] }));
  store.open('c1');
  await settle();
  const say = (conversationId: string, ...seqs: readonly number[]) =>
    store.onEvent({ name: 'messages', data: { conversationId, messages: seqs.map((seq) => buildMessage({ seq })) } });
  say('c1', 4, 3);
  say('c1', 3);
  say('c2', 9);
  expect(store.snapshot().thread?.messages.map(({ seq }) => seq)).toEqual([2, 3, 4]);
});

test('an erasure takes away what was before it', async () => {
  const { store, answers } = createStore();
  answers.push(buildOpened({ messages: [buildMessage({ seq: 1 }), buildMessage({ seq: 2 })], hasEarlier: true }));
  store.open('c1');
  await settle();
  const erased = buildMessage({ seq: 3, author: 'system', text: '', event: 'erased' });
  store.onEvent({ name: 'messages', data: { conversationId: 'c1', messages: [erased] } });
  expect(store.snapshot().thread?.messages).toEqual([erased]);
  expect(store.snapshot().thread?.hasEarlier).toBe(false);
});

test('the answer to an opening that came too late is dropped', async () => {
  const { store, answers } = createStore();
  answers.push(buildOpened(), buildOpened({ detail: buildDetail({ card: buildCard({ id: 'c2' }) }) }));
  store.open('c1');
  store.open('c2');
  await settle();
  expect(store.snapshot().thread).toMatchObject({ id: 'c2', phase: 'ready' });
});

test('a conversation that cannot be opened says why, and is tried again when the line is back', async () => {
  const { store, answers, log } = createStore();
  store.open('c1');
  await settle();
  expect(store.snapshot().thread).toMatchObject({ phase: 'failed', problem: 'Partie.' });
  store.onCut(400);
  expect(store.snapshot().connection).toEqual({ kind: 'cut', since: 400 });
  answers.push(buildOpened());
  store.onLive();
  await settle();
  expect(log).toContain('back');
  expect(store.snapshot().thread?.phase).toBe('ready');
});

test('earlier messages come before the others', async () => {
  const { store, answers } = createStore();
  answers.push(buildOpened({ messages: [buildMessage({ seq: 3 })], hasEarlier: true }));
  store.open('c1');
  await settle();
  store.loadEarlier();
  expect(store.snapshot().thread?.earlier).toBe('loading');
  await settle();
  store.loadEarlier();
  await settle();
  expect(store.snapshot().thread).toMatchObject({ earlier: 'idle', hasEarlier: false });
  expect(store.snapshot().thread?.messages.map(({ seq }) => seq)).toEqual([1, 2, 3]);
});

test('typing is shown for six seconds, or until the message comes', async () => {
  const { store, answers, timers } = createStore();
  answers.push(buildOpened());
  store.open('c1');
  await settle();
  store.onEvent({ name: 'typing', data: { conversationId: 'c1', author: 'resident' } });
  store.onEvent({ name: 'typing', data: { conversationId: 'c1', author: 'delegate', name: 'Jean' } });
  expect(store.snapshot().thread?.typing.length).toBe(2);
  const message = buildMessage({ seq: 5, author: 'delegate', by: JEAN });
  store.onEvent({ name: 'messages', data: { conversationId: 'c1', messages: [message] } });
  expect(store.snapshot().thread?.typing.map(({ author }) => author)).toEqual(['resident']);
  await timers.advance(6_000);
  expect(store.snapshot().thread?.typing).toEqual([]);
});

test('what this page has read stays read when the line is taken up again', async () => {
  const { store, log } = createStore();
  store.onEvent(picture(buildCard()));
  store.read('c1', 4);
  store.read('c1', 3);
  store.onEvent(picture(buildCard()));
  expect(store.snapshot().readSeqs).toEqual({ c1: 4 });
  expect(log.filter((line) => line.startsWith('read'))).toEqual(['read c1 4']);
});

test('a locked page forgets what residents said, and still counts who waits', async () => {
  const { store, answers, log } = createStore();
  store.onEvent(picture(buildCard()));
  answers.push(buildOpened());
  store.open('c1');
  await settle();
  store.onEvent({ name: 'session-over', data: { reason: 'locked' } });
  store.onEvent({ name: 'waiting', data: { waiting: 2, emergencies: 1 } });
  const { cards, thread, locked } = store.snapshot();
  expect({ cards, thread, locked }).toEqual({ locked: { waiting: 2, emergencies: 1 } });
  expect(log).toContain('over locked');
  expect(log).not.toContain('stop');
});

test('a session that has ended ends the line', () => {
  const { store, log } = createStore();
  store.onEvent({ name: 'session-over', data: { reason: 'ended' } });
  expect(log).toEqual(['start', 'stop', 'over ended']);
  expect(store.snapshot().connection).toEqual({ kind: 'over' });
});

test('the answer of a call counts unless something newer is known', async () => {
  const { store, answers } = createStore();
  store.onEvent(picture(buildCard({ rev: 1 })));
  answers.push(buildOpened());
  store.open('c1');
  await settle();
  const card = buildCard({ rev: 3, status: 'assigned', holder: ME });
  store.take(buildDetail({ card, actions: ['reply'] }));
  store.take(buildDetail({ card: buildCard({ rev: 2 }) }));
  expect(store.snapshot().thread?.detail?.card.holder).toEqual(ME);
  expect(store.snapshot().cards?.get('c1')?.status).toBe('assigned');
});

test('an action that is answered late takes nothing back of what the line has told of the delivery', async () => {
  const { store, answers } = createStore();
  answers.push(buildOpened());
  store.open('c1');
  await settle();
  const card = buildCard({ rev: 3 });
  const failed = { deliveredSeq: 1, failure: 'Injoignable.' };
  store.onEvent({ name: 'detail', data: { detail: buildDetail({ card, delivery: failed }) } });
  store.take(buildDetail({ card, delivery: { deliveredSeq: 1 }, actions: ['reply'] }));
  expect(store.snapshot().thread?.detail).toMatchObject({ delivery: failed, actions: ['reply'] });
  store.onEvent({ name: 'detail', data: { detail: buildDetail({ card, delivery: { deliveredSeq: 2 } }) } });
  expect(store.snapshot().thread?.detail?.delivery).toEqual({ deliveredSeq: 2 });
});

test('a reply that is answered before what was said meanwhile has come does not hide it: the line goes on from the gap', async () => {
  const { store, answers } = createStore();
  answers.push(buildOpened({ messages: [buildMessage({ seq: 3 })] }));
  store.open('c1');
  await settle();
  const reply = buildMessage({ seq: 5, author: 'delegate', by: JEAN });
  store.onEvent({ name: 'messages', data: { conversationId: 'c1', messages: [reply] } });
  expect(store.followed()).toEqual({ conversation: 'c1', after: 3 });
  store.onEvent({ name: 'messages', data: { conversationId: 'c1', messages: [buildMessage({ seq: 4 })] } });
  expect(store.followed()).toEqual({ conversation: 'c1', after: 5 });
});
