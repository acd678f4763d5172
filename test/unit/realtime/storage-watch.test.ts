import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { PeersState } from '../../../src/domain/peers.js';
import { type StorageWatch, watchStorage } from '../../../src/realtime/storage-watch.js';
import type { ChangedConversation } from '../../../src/storage/ports/conversation-store.js';
import { createManualClock, type ManualClock } from '../../support/directline-server.js';
import { createManualTimers, type ManualTimers } from '../../support/directline-timers.js';

let clock: ManualClock;
let timers: ManualTimers;
let rows: ChangedConversation[];
let state: PeersState;
let tellState: (next: PeersState) => void;
let looks: number;
let isAway: boolean;
let woken: string[];
let failures: unknown[];
let watch: StorageWatch;

/** What another process, of which the clock is so many seconds ahead, commits. */
function change(id: string, rev: number, aheadSeconds = 0): void {
  rows = rows.filter((row) => row.id !== id);
  rows.push({ id, rev, lastMessageAt: new Date(clock.now().getTime() + aheadSeconds * 1000) });
  rows.sort((one, other) => one.lastMessageAt.getTime() - other.lastMessageAt.getTime());
}

async function pass(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    timers.advance(1);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function become(next: PeersState): Promise<void> {
  state = next;
  tellState(next);
  await new Promise((resolve) => setImmediate(resolve));
}

function start(first: PeersState): void {
  state = first;
  watch = watchStorage({
    store: {
      async listChangedSince(since, limit) {
        looks += 1;
        if (isAway) throw new Error('away');
        return rows.filter(({ lastMessageAt }) => lastMessageAt >= since).slice(0, limit);
      },
    },
    wakeUps: { notify: (id, { kind }) => woken.push(`${id} ${kind}`) },
    peers: {
      state: () => state,
      watch(listener) {
        tellState = listener;
        return () => undefined;
      },
    },
    clock: clock.now,
    timers,
    onFailed: (error) => failures.push(error),
  });
}

beforeEach(() => {
  clock = createManualClock();
  timers = createManualTimers(clock);
  [rows, woken, failures, looks, isAway] = [[], [], [], 0, false];
});

afterEach(() => watch.stop());

test('apart: wakes once of each change, within two seconds', async () => {
  start('apart');
  await pass(2);
  change('a', 1);
  change('b', 1);
  await pass(2);
  expect(woken).toEqual(['a changed', 'b changed']);
  await pass(10);
  change('a', 2);
  await pass(2);
  expect(woken).toEqual(['a changed', 'b changed', 'a changed']);
});

test.each([59, -59])('clocks of other processes may be %s s ahead', async (ahead) => {
  start('apart');
  await pass(2);
  change('a', 1, ahead);
  await pass(4);
  expect(woken).toEqual(['a changed']);
});

test('together: does not look; when the line goes, looks at once and back over what may have been lost', async () => {
  start('together');
  await pass(600);
  expect(looks).toBe(0);
  change('a', 1);
  await pass(3);
  await become('apart');
  expect(woken).toEqual(['a changed']);
});

test('after healing it goes on for the seconds in which the lines of others heal, and then ends', async () => {
  start('apart');
  await pass(4);
  await become('together');
  change('a', 1);
  await pass(4);
  expect(woken).toEqual(['a changed']);
  await pass(60);
  const before = looks;
  await pass(60);
  expect(looks).toBe(before);
});

test('while storage is away it tries on, tells it once, and misses nothing of that time', async () => {
  start('apart');
  await pass(4);
  isAway = true;
  change('a', 1);
  await pass(300);
  expect(failures).toHaveLength(1);
  isAway = false;
  await pass(2);
  expect(woken).toEqual(['a changed']);
});

test('reads page by page however many there are, also of one instant', async () => {
  start('apart');
  for (let count = 0; count < 1_200; count += 1) change(`c${count}`, 1, count / 100);
  await pass(2);
  expect(new Set(woken).size).toBe(1_200);
  rows = [];
  for (let count = 0; count < 700; count += 1) change(`same${count}`, 1);
  await pass(2);
  expect(new Set(woken).size).toBeGreaterThanOrEqual(1_700);
});

test('once stopped it does nothing', async () => {
  start('apart');
  watch.stop();
  change('a', 1);
  await pass(10);
  expect([looks, woken]).toEqual([0, []]);
});
