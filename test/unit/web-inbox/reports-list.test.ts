import { describe, expect, test } from '@jest/globals';
import type { Call } from '../../../src/web/inbox/api/client.js';
import { ApiProblem } from '../../../src/web/inbox/api/problem.js';
import type { ReportCard, ReportList } from '../../../src/web/inbox/api/types.js';
import type { Open } from '../../../src/web/inbox/reports/opening.js';
import { forEachOf } from '../../../src/web/inbox/reports/pool.js';
import { createReportList } from '../../../src/web/inbox/reports/report-list.js';

const PAGE = 3;
const SERVER_AHEAD_MS = 60_000;

function buildCard(number: number, overrides: Partial<ReportCard> = {}): ReportCard {
  return {
    id: `r${number}`,
    rev: 1,
    status: 'in-progress',
    submittedAt: number,
    lastWordAt: number,
    changedAt: number,
    isUnread: false,
    isOverdue: false,
    isNewToCaller: false,
    lastSeq: 1,
    keys: [],
    summary: [{ seq: 1, kind: 'answer', step: 'where', at: 1, keyId: 'k', digest: `d${number}`, sealed: 's' }],
    ...overrides,
  };
}

/** A server with these cards, and a way to open them that says where they are. */
function setUp(cards: ReportCard[]) {
  const counts = { opened: 0, underWay: 0, most: 0, listed: 0 };
  const state: { failure?: ApiProblem } = {};
  const list = async (before?: number): Promise<ReportList> => {
    counts.listed += 1;
    if (state.failure) throw state.failure;
    const sorted = cards.toSorted((one, other) => other.changedAt - one.changedAt);
    const rest = sorted.filter(({ changedAt }) => before === undefined || changedAt < before);
    const reports = rest.slice(0, PAGE);
    const next = rest.length > PAGE ? reports.at(-1)?.changedAt : undefined;
    const unread = cards.filter(({ isUnread }) => isUnread).length;
    return { reports, unread, overdue: 0, now: SERVER_AHEAD_MS, ...(next !== undefined && { next }) };
  };
  const call = (async (name: string, input: { query?: { before?: number } } = {}) => {
    if (name !== 'listReports') throw new Error(name);
    return list(input.query?.before);
  }) as unknown as Call;
  const open: Open = async ({ reportId, events }) => {
    counts.underWay += 1;
    counts.most = Math.max(counts.most, counts.underWay);
    await Promise.resolve();
    counts.underWay -= 1;
    counts.opened += 1;
    const items = events.map((event) => ({
      event,
      state: 'open' as const,
      body: { step: 'where' as const, text: `Rue ${reportId}` },
    }));
    return { items, openings: [] };
  };
  return { store: createReportList({ call, open, now: () => 0 }), cards, counts, state };
}

const numbers = (count: number): ReportCard[] => Array.from({ length: count }, (_, index) => buildCard(index + 1));

describe('the reports that a page knows', () => {
  test('are read page after page, and each is opened once', async () => {
    const { store, counts } = setUp(numbers(7));
    await store.load();
    expect([...store.snapshot().cards.keys()]).toEqual(['r7', 'r6', 'r5']);
    expect(store.snapshot().clockOffset).toBe(SERVER_AHEAD_MS);
    await store.more();
    await store.more();
    expect(store.snapshot().cards.size).toBe(7);
    expect(store.snapshot().next).toBeUndefined();
    expect(store.snapshot().summaries.get('r1')).toEqual({ where: 'Rue r1' });
    await store.load();
    expect(counts.opened).toBe(7);
    expect(store.snapshot().opening).toBeUndefined();
  });

  test('are read on until all that is unread is there, however old', async () => {
    const cards = numbers(9);
    cards[0] = buildCard(1, { isUnread: true });
    const { store } = setUp(cards);
    await store.load();
    expect(store.snapshot().cards.has('r1')).toBe(true);
  });

  test('after news, what is gone goes, what changed moves up, and older pages stay', async () => {
    const { store, cards } = setUp(numbers(7));
    await store.load();
    await store.more();
    cards.splice(6, 1);
    cards.push(buildCard(8));
    cards[0] = buildCard(1, { rev: 2, changedAt: 9 });
    await store.load({ isBackground: true });
    const { cards: known } = store.snapshot();
    expect([...known.keys()].toSorted()).toEqual(['r1', 'r2', 'r3', 'r4', 'r5', 'r6', 'r8']);
    expect(known.get('r1')?.rev).toBe(2);
    await store.more();
    expect(store.snapshot()).toMatchObject({ next: undefined, problem: undefined });
    expect(store.snapshot().cards.size).toBe(7);
  });

  test('when everything is new, older pages are read anew', async () => {
    const { store, cards } = setUp(numbers(7));
    await store.load();
    await store.more();
    cards.push(...[10, 11, 12, 13].map((number) => buildCard(number)));
    await store.load();
    expect([...store.snapshot().cards.keys()]).toEqual(['r13', 'r12', 'r11']);
  });

  test('are opened again once a key was granted', async () => {
    const cards = numbers(1);
    const { store, counts } = setUp(cards);
    await store.load();
    cards[0] = buildCard(1, { keys: [{ id: 'k', sealed: 'granted', readers: ['me'], isRetired: false }] });
    await store.load();
    expect(counts.opened).toBe(2);
  });

  test('a card that another call has told of later is not put back', async () => {
    const { store } = setUp(numbers(1));
    await store.load();
    store.take(buildCard(1, { rev: 5, status: 'closed' }));
    await store.load();
    expect(store.snapshot().cards.get('r1')?.status).toBe('closed');
    store.take(buildCard(1, { rev: 4 }));
    expect(store.snapshot().cards.get('r1')?.rev).toBe(5);
  });

  test('stay on the screen when reading them again fails', async () => {
    const { store, state } = setUp(numbers(2));
    await store.load();
    state.failure = new ApiProblem({ status: 0, code: 'Offline', detail: 'Coupé.' });
    await store.load();
    expect(store.snapshot()).toMatchObject({ phase: 'ready', problem: { code: 'Offline' } });
    expect(store.snapshot().cards.size).toBe(2);
    delete state.failure;
    await store.load();
    expect(store.snapshot().problem).toBeUndefined();
  });

  test('all of them are there for the figures, also when nothing was read yet', async () => {
    const { store, counts } = setUp(numbers(20));
    const all = store.readAll(new AbortController().signal);
    void store.load();
    await all;
    expect(store.snapshot().summaries.size).toBe(20);
    expect(counts.opened).toBe(20);
    expect(counts.most).toBeLessThanOrEqual(6);
  });

  test('counting ends when it is stopped, or fails', async () => {
    const { store, state } = setUp(numbers(20));
    const abort = new AbortController();
    abort.abort();
    await expect(store.readAll(abort.signal)).rejects.toThrow('aborted');
    state.failure = new ApiProblem({ status: 0, code: 'Offline', detail: 'Coupé.' });
    await expect(setUpFailing(state.failure).readAll(new AbortController().signal)).rejects.toThrow('Offline');
  });

  test('nothing is left of them once the page is gone, and nothing comes back', async () => {
    const { store } = setUp(numbers(5));
    await store.load();
    const late = store.more();
    store.stop();
    await late;
    expect(store.snapshot().cards.size).toBe(0);
    expect(store.snapshot().summaries.size).toBe(0);
  });
});

function setUpFailing(failure: ApiProblem) {
  const { store, state } = setUp([]);
  state.failure = failure;
  return store;
}

describe('a few at a time', () => {
  test('never more than so many, and all of them', async () => {
    let underWay = 0;
    let most = 0;
    const done: number[] = [];
    const signal = new AbortController().signal;
    await forEachOf([...new Array(20).keys()], { atOnce: 3, signal }, async (item) => {
      most = Math.max(most, ++underWay);
      await Promise.resolve();
      underWay -= 1;
      done.push(item);
    });
    expect(most).toBe(3);
    expect(done.toSorted((one, other) => one - other)).toEqual([...new Array(20).keys()]);
  });

  test('nothing new after a failure, or once it is stopped', async () => {
    const begun: number[] = [];
    const run = forEachOf([1, 2, 3, 4], { atOnce: 1, signal: new AbortController().signal }, async (item) => {
      begun.push(item);
      if (item === 2) throw new Error('Two');
    });
    await expect(run).rejects.toThrow('Two');
    expect(begun).toEqual([1, 2]);
    const abort = new AbortController();
    await forEachOf([1, 2, 3], { atOnce: 1, signal: abort.signal }, async () => abort.abort());
  });
});
