import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startRollCall } from '../../../src/realtime/roll-call.js';
import type { StoredProcess } from '../../../src/storage/ports/process-store.js';
import { createManualClock } from '../../support/directline-server.js';
import { createManualTimers, type ManualTimers } from '../../support/directline-timers.js';

let timers: ManualTimers;
let rows: StoredProcess[];
let heard: Set<string>;
let areSomeOut: boolean;
let isAway: boolean;
let call: { stop(): void };

function beat(...ids: string[]): void {
  for (const id of ids) {
    const before = rows.find((row) => row.id === id);
    rows = rows.filter((row) => row.id !== id);
    rows.push({ id, beat: (before?.beat ?? 0) + 1, at: 0, visits: [], left: {} });
  }
}

/** @param ids processes that live meanwhile. */
async function pass(seconds: number, ...ids: string[]): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    if (second % 5 === 0) beat(...ids);
    timers.advance(1);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

beforeEach(() => {
  timers = createManualTimers(createManualClock());
  [rows, heard, areSomeOut, isAway] = [[], new Set(), false, false];
  call = startRollCall({
    store: {
      async list() {
        if (isAway) throw new Error('away');
        return rows;
      },
    },
    peers: {
      self: 'self',
      isHeard: (id) => heard.has(id),
      setOutOfHearing: (areSome) => {
        areSomeOut = areSome;
      },
    },
    timers,
  });
});

afterEach(() => call.stop());

test('a process that lives and is not on the line is found, and forgotten once it is heard or gone', async () => {
  await pass(20, 'self', 'stranger');
  expect(areSomeOut).toBe(true);
  heard.add('stranger');
  await pass(5, 'self', 'stranger');
  expect(areSomeOut).toBe(false);
  heard.clear();
  await pass(20, 'self', 'stranger');
  expect(areSomeOut).toBe(true);
  rows = rows.filter(({ id }) => id !== 'stranger');
  await pass(5, 'self');
  expect(areSomeOut).toBe(false);
});

test('one whose beat comes later than the call stays found; one that is silent for 20 s is dead', async () => {
  await pass(20, 'self', 'stranger');
  const found: boolean[] = [];
  for (let turn = 0; turn < 4; turn += 1) {
    await pass(15, 'self');
    found.push(areSomeOut);
    await pass(5, 'self', 'stranger');
    found.push(areSomeOut);
  }
  expect(found).not.toContain(false);
  await pass(15, 'self');
  expect(areSomeOut).toBe(true);
  await pass(5, 'self');
  expect(areSomeOut).toBe(false);
});

test('one whose beats come later than every second call is found', async () => {
  for (let turn = 0; turn < 3; turn += 1) {
    await pass(5, 'self', 'stranger');
    await pass(5, 'self');
  }
  expect(areSomeOut).toBe(true);
});

test('one that was killed, one that is heard, and one that has just started are none', async () => {
  beat('killed');
  heard.add('heard');
  await pass(60, 'self', 'heard');
  expect(areSomeOut).toBe(false);
  await pass(5, 'self', 'heard', 'new');
  heard.add('new');
  await pass(30, 'self', 'heard', 'new');
  expect(areSomeOut).toBe(false);
});

test('while storage is away nothing changes', async () => {
  await pass(20, 'self', 'stranger');
  isAway = true;
  await pass(30);
  expect(areSomeOut).toBe(true);
  isAway = false;
  await pass(20);
  expect(areSomeOut).toBe(false);
});
