import { describe, expect, test } from '@jest/globals';
import type { Conversation } from '../../../src/domain/conversation.js';
import { createBoard } from '../../../src/inbox/live-board.js';
import { createPace } from '../../../src/inbox/live-pace.js';
import { createRefresh } from '../../../src/inbox/live-refresh.js';
import type { LiveStream } from '../../../src/inbox/live-stream.js';
import { createLiveStreams } from '../../../src/inbox/live-streams.js';
import { createPeople } from '../../../src/inbox/people.js';
import { presentCard } from '../../../src/inbox/present-card.js';
import { presentDetail } from '../../../src/inbox/present-detail.js';
import { createOnce } from '../../../src/inbox/present-once.js';
import { buildConversation, buildMessages } from '../../support/build-conversation.js';

const people = createPeople([]);
const cardOf = (conversation: Conversation) => presentCard(conversation, [], people);

const SURROUNDINGS = {
  people,
  delivery: { deliveredSeq: 0 },
  viewers: [],
  actions: [],
  describeMoment: () => '',
} as const;

function gate(): { readonly opened: Promise<void>; open(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}

describe('the board', () => {
  const queued = (rev: number) => buildConversation({ id: 'one', rev, status: 'waiting', inboxList: 'queue' });

  test('a list read before a conversation left does not put it back; its return does', async () => {
    const reading = gate();
    let list: readonly Conversation[] = [queued(3)];
    const board = createBoard({
      size: 500,
      view: { card: async (conversation) => cardOf(conversation) },
      store: {
        async listQueue() {
          const read = list;
          await reading.opened;
          return read;
        },
      },
    });
    const syncing = board.sync();
    board.remove('one', 4);
    reading.open();
    await syncing;
    expect([...board.entries.keys()]).toEqual([]);
    list = [queued(5)];
    await board.sync();
    expect(board.entries.get('one')?.card.rev).toBe(5);
  });

  test('an older state changes nothing', () => {
    const board = createBoard({
      size: 500,
      view: { card: async (conversation) => cardOf(conversation) },
      store: { listQueue: async () => [] },
    });
    board.put(cardOf(queued(7)));
    board.put(cardOf(queued(6)));
    board.remove('one', 5);
    expect(board.entries.get('one')?.card.rev).toBe(7);
    board.remove('one');
    board.put(cardOf(queued(8)));
    expect(board.entries.size).toBe(0);
  });

  test('says which conversations the list does not have', async () => {
    const board = createBoard({
      size: 1,
      view: { card: async (conversation) => cardOf(conversation) },
      store: { listQueue: async () => [buildConversation({ id: 'two', inboxList: 'queue' })] },
    });
    board.put(cardOf(queued(1)));
    expect(await board.sync()).toEqual(['one']);
    expect([...board.entries.keys()]).toEqual(['one', 'two']);
  });
});

test('whoever begins to watch while others are served is left nothing out', async () => {
  const conversation = buildConversation({ id: 'one', status: 'waiting', inboxList: 'queue', lastSeq: 20 });
  const messages = buildMessages(20);
  const sent = new Map<string, number[]>([
    ['early', []],
    ['late', []],
  ]);
  const watchers: LiveStream[] = [];
  const join = (name: string, after: number): void => {
    let seen = after;
    watchers.push({
      delegateId: name,
      watchedId: 'one',
      sentSeq: () => seen,
      begin: () => undefined,
      offerCard: () => undefined,
      offerBoard: () => undefined,
      forget: () => undefined,
      offerTeam: () => undefined,
      offerDetail: () => undefined,
      offerReports: () => undefined,
      send: () => undefined,
      offerMessages(page) {
        const fresh = page.map(({ seq }) => seq).filter((seq) => seq > seen);
        sent.get(name)?.push(...fresh);
        seen = fresh.at(-1) ?? seen;
      },
    });
  };
  const card = cardOf(conversation);
  const refresh = createRefresh({
    board: createBoard({ size: 1, store: { listQueue: async () => [] }, view: { card: async () => card } }),
    streams: {
      ...createLiveStreams({ streams: 9, streamsPerAccount: 9 }),
      full: () => watchers,
      watchersOf: () => [...watchers],
    },
    view: {
      card: async () => card,
      parts: async () => ({ conversation, card, notes: [] }),
      team: async () => ({ accounts: [], people }),
      present: () => presentDetail({ conversation, card, notes: [] }, SURROUNDINGS),
    },
    store: {
      load: async () => conversation,
      async messagesAfter(_, after, limit) {
        if (watchers.length === 1) join('late', 5);
        return messages.filter(({ seq }) => seq > after).slice(0, limit);
      },
    },
    messagesOnAPage: 100,
  });
  join('early', 18);
  await refresh.conversation('one');
  await refresh.conversation('one');
  expect(sent.get('early')).toEqual([19, 20]);
  expect(sent.get('late')).toEqual(Array.from({ length: 15 }, (_, index) => index + 6));
});

describe('the pace', () => {
  test('never runs a key twice at once, and once more for all that came meanwhile', async () => {
    const runs: string[] = [];
    let running = 0;
    const first = gate();
    const done = gate();
    const pace = createPace(1, async (key) => {
      running += 1;
      expect(running).toBe(1);
      runs.push(key);
      if (runs.length === 1) await first.opened;
      running -= 1;
      if (runs.length === 2) done.open();
    });
    for (let index = 0; index < 50; index++) pace.wake('one');
    first.open();
    await done.opened;
    expect(runs).toEqual(['one', 'one']);
  });

  test('rests between two runs, and a stop ends that', async () => {
    const times: number[] = [];
    const twice = gate();
    const pace = createPace(40, async () => {
      times.push(performance.now());
      if (times.length === 1) pace.wake('one');
      else twice.open();
    });
    pace.wake('one');
    await twice.opened;
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(35);
    pace.wake('one');
    pace.stop();
    await new Promise(setImmediate);
    expect(times).toHaveLength(2);
  });
});

describe('once', () => {
  test('in so long for each key; a failure counts for nothing', async () => {
    let now = 0;
    const once = createOnce(() => new Date(now), 1000);
    const done: string[] = [];
    const run = (key: string) => once(key, async () => void done.push(key));
    await Promise.all([run('a'), run('a'), run('b')]);
    await expect(once('c', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await run('c');
    now = 999;
    await run('a');
    now = 1000;
    await run('a');
    expect(done).toEqual(['a', 'b', 'c', 'a']);
  });

  test('many keys do not add up', async () => {
    const once = createOnce(() => new Date(0), 1000);
    let count = 0;
    const task = async () => {
      count += 1;
    };
    for (let index = 0; index < 5000; index++) await once(String(index), task);
    await once('4999', task);
    expect(count).toBe(5000);
    await once('0', task);
    expect(count).toBe(5001);
  });
});
