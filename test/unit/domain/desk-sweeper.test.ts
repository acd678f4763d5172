import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type DeskSweeper, type DeskSweeperDependencies, startDeskSweeper } from '../../../src/desk-sweeper.js';
import { type ConversationStatus, inboxListOf } from '../../../src/domain/conversation.js';
import { createDesk } from '../../../src/domain/desk-service.js';
import { type DeskState, NEW_DESK_STATE } from '../../../src/domain/desk-state.js';
import { DomainError } from '../../../src/domain/errors.js';
import type { Signal } from '../../../src/domain/wake-ups.js';
import { createInProcessPresence } from '../../../src/realtime/in-process-presence.js';
import { createInProcessWakeUps } from '../../../src/realtime/wake-ups.js';
import type { ConversationStore } from '../../../src/storage/ports/conversation-store.js';
import { buildConversation } from '../../support/build-conversation.js';
import { WORDS } from '../../support/desk-words.js';
import { createMemoryStore } from '../../support/storage-memory.js';

const START = Date.parse('2026-11-24T09:00:00Z');
const MINUTE = 60_000;
const JEAN = { delegateId: 'jean', name: 'Jean' };

let now: number;
let store: ConversationStore;
let places: string[];
let logged: object[];
let isAnyoneThere: boolean;
let sweeper: DeskSweeper;
let presence: ReturnType<typeof createInProcessPresence>;
let desk: ReturnType<typeof createDesk>;

const fail = (error: unknown): never => {
  throw error;
};

beforeEach(() => {
  now = START;
  store = createMemoryStore();
  places = [];
  logged = [];
  isAnyoneThere = true;
  const clock = () => new Date(now);
  const wakeUps = createInProcessWakeUps(fail);
  wakeUps.subscribeAll((id, signal) => {
    if (signal.kind === 'queue') places.push(toLine(id, signal));
  });
  presence = createInProcessPresence(clock, fail);
  desk = createDesk({ store, wakeUps, clock, words: WORDS, statistics: { count: () => undefined } });
  sweeper = start({ store, desk, presence, wakeUps, clock });
});

afterEach(() => sweeper.stop());

function start(deps: Pick<DeskSweeperDependencies, 'store' | 'desk' | 'presence' | 'wakeUps' | 'clock'>): DeskSweeper {
  return startDeskSweeper({
    ...deps,
    isAnyoneThere: () => isAnyoneThere,
    usualWaitMinutes: async () => 5,
    settings: { waitMinutes: 10, aloneMinutes: 3, holdLostSeconds: 120, everyMs: 60 * MINUTE },
    log: { error: (fields) => logged.push(fields) },
  });
}

function toLine(id: string, { position, usualWaitMinutes }: Extract<Signal, { kind: 'queue' }>): string {
  return `${id} ${position} ${usualWaitMinutes}`;
}

async function given(id: string, status: ConversationStatus, change: Partial<DeskState>): Promise<void> {
  const state = { ...NEW_DESK_STATE, atDeskSince: 1, ...change };
  const standing = { status, desk: state };
  await store.create(buildConversation({ id, ...standing, inboxList: inboxListOf(standing) }), []);
}

async function sweepAfter(minutes: number): Promise<Record<string, string>> {
  now += minutes * MINUTE;
  await sweeper.tick();
  const all = await store.listQueue(10);
  return Object.fromEntries(all.map(({ id, status }) => [id, status]));
}

describe('a wait', () => {
  test('is given up when it has lasted too long', async () => {
    await given('c1', 'waiting', { waitingSince: START });
    await given('c2', 'waiting', { waitingSince: START + 5 * MINUTE });
    expect(await sweepAfter(9.9)).toEqual({ c1: 'waiting', c2: 'waiting' });
    expect(await sweepAfter(0.1)).toEqual({ c1: 'bot', c2: 'waiting' });
    expect((await store.load('c1'))?.desk.missedAt).toBe(now);
  });

  test('is given up sooner when nobody is there', async () => {
    isAnyoneThere = false;
    await given('c1', 'waiting', { waitingSince: START });
    expect(await sweepAfter(2.9)).toEqual({ c1: 'waiting' });
    expect(await sweepAfter(0.1)).toEqual({ c1: 'bot' });
  });

  test('that is put off waits anew from its hour on', async () => {
    await given('c1', 'waiting', { waitingSince: START, snoozedUntil: START + 60 * MINUTE });
    expect(await sweepAfter(59)).toEqual({ c1: 'waiting' });
    expect((await store.load('c1'))?.desk.snoozedUntil).toBeDefined();
    expect(await sweepAfter(1)).toEqual({ c1: 'waiting' });
    expect((await store.load('c1'))?.desk).toMatchObject({ waitingSince: now });
    expect(await sweepAfter(9)).toEqual({ c1: 'waiting' });
    expect(await sweepAfter(1)).toEqual({ c1: 'bot' });
  });
});

describe('a holder', () => {
  test('who is connected keeps hold for as long as it takes', async () => {
    presence.enter('jean');
    await given('c1', 'assigned', { holder: 'jean', heldSince: START });
    expect(await sweepAfter(600)).toEqual({ c1: 'assigned' });
  });

  test('who has gone loses hold after a while, and it waits visibly', async () => {
    const leave = presence.enter('jean');
    await given('c1', 'assigned', { holder: 'jean', heldSince: START });
    now += 30 * MINUTE;
    leave();
    expect(await sweepAfter(2)).toEqual({ c1: 'assigned' });
    expect(await sweepAfter(0.1)).toEqual({ c1: 'waiting' });
    expect((await store.load('c1'))?.desk).toMatchObject({ waitingSince: now, handledBy: [] });
  });

  test('who comes back in time keeps it', async () => {
    const leave = presence.enter('jean');
    await given('c1', 'assigned', { holder: 'jean', heldSince: START });
    now += 30 * MINUTE;
    leave();
    now += MINUTE;
    presence.enter('jean');
    expect(await sweepAfter(10)).toEqual({ c1: 'assigned' });
  });

  test('whose connection was never seen keeps it for a while after taking it', async () => {
    now += 60 * MINUTE;
    await given('c1', 'waiting', { waitingSince: now });
    await desk.take('c1', JEAN);
    expect(await sweepAfter(1)).toEqual({ c1: 'assigned' });
    expect(await sweepAfter(2)).toEqual({ c1: 'waiting' });
  });
});

describe('those who wait', () => {
  test('are told their place when it changes', async () => {
    await given('c1', 'waiting', { waitingSince: START - 2 });
    await given('c2', 'waiting', { waitingSince: START - 1 });
    await given('c3', 'waiting', { waitingSince: START - 3, snoozedUntil: START + 20 * MINUTE });
    await sweepAfter(0);
    expect(places).toEqual(['c1 1 5', 'c2 2 5']);
    await sweepAfter(1);
    expect(places).toHaveLength(2);
    presence.enter('jean');
    await desk.take('c1', JEAN);
    await sweepAfter(1);
    expect(places).toEqual(['c1 1 5', 'c2 2 5', 'c2 1 5']);
  });
});

describe('a sweep that fails', () => {
  test('is logged without a word of what was written, and the next one makes up for it', async () => {
    await given('c1', 'waiting', { waitingSince: START });
    const { listQueue } = store;
    store.listQueue = async () => fail(new DomainError('storage-unavailable', 'away'));
    await sweeper.tick();
    expect(logged).toEqual([{ error: 'DomainError' }]);
    store.listQueue = listQueue;
    expect(await sweepAfter(10)).toEqual({ c1: 'bot' });
  });

  test('for one conversation goes on with the others', async () => {
    await given('c1', 'waiting', { waitingSince: START });
    await given('c2', 'waiting', { waitingSince: START });
    const { commit } = store;
    store.commit = async (change) => (change.id === 'c1' ? fail(new Error('odd')) : commit(change));
    expect(await sweepAfter(10)).toEqual({ c1: 'waiting', c2: 'bot' });
    expect(logged).toEqual([{ error: 'Error' }]);
  });

  test('because the conversation is gone is nothing to tell', async () => {
    await given('c1', 'waiting', { waitingSince: START });
    store.load = async () => undefined;
    await sweepAfter(10);
    expect(logged).toEqual([]);
  });
});

test('sweeps do not overlap, and none begins after the end', async () => {
  let underWay = 0;
  let most = 0;
  let swept = 0;
  const { listQueue } = store;
  store.listQueue = async (limit) => {
    most = Math.max(most, ++underWay);
    const queue = await listQueue(limit);
    await new Promise(setImmediate);
    underWay--;
    swept++;
    return queue;
  };
  await Promise.all([sweeper.tick(), sweeper.tick(), sweeper.tick()]);
  expect([most, swept]).toEqual([1, 6]);
  await sweeper.stop();
  await sweeper.tick();
  expect(swept).toBe(6);
});
