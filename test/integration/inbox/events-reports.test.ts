import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Report } from '../../../src/domain/report.js';
import type { Reader } from '../../../src/domain/report-desk.js';
import type { ReportSource } from '../../../src/inbox/live-reports.js';
import { openEventServer } from '../../support/inbox-events.js';
import { type InboxWorld, openInboxWorld } from '../../support/inbox-world.js';
import { buildSent } from '../../support/report-builders.js';

function readBy(report: Report, delegateId: string): Report {
  return { ...report, rev: report.rev + 1, readings: [...report.readings, { delegateId, seq: 2, at: 0 }] };
}

/** Who can open what `buildSent` makes. */
const READER: Reader = { delegateId: 'anne', publicKey: 'public' };

/** Reports that the test changes, in this process or, as another one would, behind its back. */
function createSource() {
  const listeners = new Set<() => void>();
  const source = {
    reports: [] as readonly Report[],
    readers: [READER] as readonly Reader[],
    overdue: [] as readonly Report[],
    isAway: false,
    reads: 0,
    listeners,
    tell: () => {
      for (const listener of listeners) listener();
    },
  };
  const port: ReportSource = {
    async list({ limit = 1000 } = {}) {
      source.reads += 1;
      if (source.isAway) throw new Error('away');
      return source.reports.slice(0, limit);
    },
    listOverdue: async () => source.overdue,
    readers: async () => source.readers,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return Object.assign(source, { port });
}

let world: InboxWorld;
let server: Awaited<ReturnType<typeof openEventServer>>;
let source: ReturnType<typeof createSource>;

async function start(limits: Parameters<typeof openEventServer>[1] = {}): Promise<void> {
  server = await openEventServer(world, limits, { requireSecondFactor: false }, source.port);
}

beforeEach(async () => {
  world = await openInboxWorld();
  source = createSource();
});
afterEach(async () => {
  await server.close();
  await world.close();
});

describe('an open page', () => {
  test('is told how many are unread and overdue, after the queue', async () => {
    const late = buildSent({ changedAt: 5_000 });
    source.reports = [buildSent({ changedAt: 9_000 }), readBy(buildSent(), 'jean'), late];
    source.overdue = [late];
    await start();
    const stream = await server.open(world.delegates.jean);
    expect(await stream.next('reports')).toEqual({ unread: 2, overdue: 1, changedAt: 9_000 });
    expect(stream.events.map(({ name }) => name)).toEqual(['queue', 'reports']);
  });

  test('is told of each change, also when the numbers stay the same, and of nothing twice', async () => {
    const report = buildSent();
    source.reports = [report];
    await start();
    const stream = await server.open(world.delegates.jean);
    await stream.next('reports', ({ unread }) => unread === 1);
    source.reports = [readBy(report, 'jean')];
    source.tell();
    await stream.next('reports', ({ unread }) => unread === 0);
    source.reports = [readBy(readBy(report, 'jean'), 'marie')];
    source.tell();
    await stream.until(() => stream.dataOf('reports').length === 3);
    source.tell();
    source.readers = [{ delegateId: 'marie', publicKey: 'new' }];
    source.tell();
    await stream.until(() => stream.dataOf('reports').length === 4);
    expect(stream.dataOf('reports').map(({ unread }) => unread)).toEqual([1, 0, 0, 0]);
  });

  test('is told what another process changed', async () => {
    await start({ reconcileMs: 20 });
    const stream = await server.open(world.delegates.jean);
    await stream.next('reports', ({ unread }) => unread === 0);
    source.reports = [buildSent()];
    await stream.next('reports', ({ unread }) => unread === 1);
  });

  test('reads once for many changes, and for all pages', async () => {
    await start({ loadGapMs: 30 });
    const streams = await Promise.all(Object.values(world.delegates).map((delegate) => server.open(delegate)));
    await Promise.all(streams.map((stream) => stream.next('reports')));
    source.reads = 0;
    source.reports = [buildSent()];
    for (let index = 0; index < 100; index += 1) source.tell();
    await Promise.all(streams.map((stream) => stream.next('reports', ({ unread }) => unread === 1)));
    expect(source.reads).toBeLessThanOrEqual(2);
  });
});

test('a locked page is told nothing of reports', async () => {
  source.reports = [buildSent()];
  await start({ heartbeatMs: 10 });
  server.setSession('locked', 'locked');
  const open = await server.open(world.delegates.marie);
  await open.next('reports');
  const stream = await server.open(world.delegates.jean, { session: 'locked' });
  await stream.next('waiting');
  source.reports = [buildSent(), buildSent()];
  source.tell();
  await open.next('reports', ({ unread }) => unread === 2);
  const { comments } = stream.seen;
  await stream.until(() => stream.seen.comments > comments);
  expect(stream.dataOf('reports')).toEqual([]);
});

describe('while storage is away', () => {
  test('a page is refused, and gets in later', async () => {
    source.isAway = true;
    await start();
    expect((await server.open(world.delegates.jean)).status).toBe(500);
    source.isAway = false;
    const stream = await server.open(world.delegates.jean);
    await stream.next('reports');
  });

  test('an open page keeps what it has, and is told what it missed', async () => {
    await start({ reconcileMs: 20, heartbeatMs: 10 });
    const stream = await server.open(world.delegates.jean);
    await stream.next('reports');
    source.isAway = true;
    source.reports = [buildSent()];
    source.tell();
    await stream.until(() => server.logged.length > 0);
    source.isAway = false;
    await stream.next('reports', ({ unread }) => unread === 1);
    expect(server.logged[0]).not.toContain('away');
  });
});

test('nothing listens any more once the hub is closed', async () => {
  await start();
  const stream = await server.open(world.delegates.jean);
  await stream.next('reports');
  expect(source.listeners.size).toBe(1);
  server.hub.close();
  await stream.ended();
  expect(source.listeners.size).toBe(0);
});
