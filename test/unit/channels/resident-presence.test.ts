import { beforeEach, describe, expect, test } from '@jest/globals';
import { createResidentPresence, type ResidentPresenceRecorder } from '../../../src/channels/resident-presence.js';
import type { WakeUps } from '../../../src/domain/wake-ups.js';
import { createInProcessWakeUps } from '../../../src/realtime/wake-ups.js';

let now: number;
let wakeUps: WakeUps;
let residents: ResidentPresenceRecorder;
let heard: string[];

beforeEach(() => {
  now = Date.parse('2026-11-25T09:00:00Z');
  wakeUps = createInProcessWakeUps((error) => {
    throw error;
  });
  residents = createResidentPresence(() => new Date(now), wakeUps);
  heard = [];
  residents.subscribe((id) => heard.push(id));
});

describe('whether a page is open', () => {
  test('as long as one of its streams is', () => {
    expect(residents.isConnected('a')).toBe(false);
    const leave = [residents.enter('a'), residents.enter('a')];
    leave[0]?.();
    expect([residents.isConnected('a'), residents.isConnected('b')]).toEqual([true, false]);
    leave[1]?.();
    expect(residents.isConnected('a')).toBe(false);
    expect(heard).toEqual(['a', 'a']);
  });

  test('for ten seconds after a poll', () => {
    residents.poll('a');
    now += 5_000;
    residents.poll('a');
    now += 9_000;
    expect(residents.isConnected('a')).toBe(true);
    now += 1_000;
    expect(residents.isConnected('a')).toBe(false);
    expect(heard).toEqual(['a']);
  });
});

describe('how far it has got', () => {
  test('only grows, and each growth is told once', () => {
    expect([3, 2, 3, 5].map((seq) => residents.reach('a', seq))).toEqual([true, false, false, true]);
    expect(residents.deliveredSeq('a')).toBe(5);
    expect(heard).toEqual(['a', 'a']);
  });

  test('includes what other processes tell', () => {
    wakeUps.notify('a', { kind: 'delivered', seq: 4 });
    expect(residents.deliveredSeq('a')).toBe(4);
    expect(residents.reach('a', 4)).toBe(false);
  });
});

test('the place in the queue is the last one told', () => {
  expect(residents.placeOf('a')).toBeUndefined();
  wakeUps.notify('a', { kind: 'queue', position: 3, usualWaitMinutes: 8 });
  wakeUps.notify('a', { kind: 'queue', position: 2 });
  expect(residents.placeOf('a')).toEqual({ position: 2 });
});

test('a removed conversation is forgotten', () => {
  residents.reach('a', 5);
  wakeUps.notify('a', { kind: 'removed' });
  expect(residents.deliveredSeq('a')).toBe(0);
});

test('what is remembered is bounded; open streams are not forgotten', () => {
  residents.enter('open');
  residents.reach('open', 7);
  residents.reach('old', 1);
  for (let count = 0; count < 20_000; count++) residents.reach(`c${count}`, 1);
  expect([residents.deliveredSeq('open'), residents.isConnected('open')]).toEqual([7, true]);
  expect(residents.deliveredSeq('old')).toBe(0);
  expect(residents.deliveredSeq('c19999')).toBe(1);
});
