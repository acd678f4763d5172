import { describe, expect, test } from '@jest/globals';
import { inboxListOf, type Standing } from '../../../src/domain/conversation.js';
import {
  changesNothing,
  contentsOf,
  forget,
  giveUpWaiting,
  noteAlarm,
  noteEmergency,
  requestCallback,
  requestHandoff,
  unsnooze,
} from '../../../src/domain/conversation-transitions.js';
import { type DeskState, NEW_DESK_STATE } from '../../../src/domain/desk-state.js';
import * as desk from '../../../src/domain/desk-transitions.js';
import { WORDS } from '../../support/desk-words.js';

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;
const CALLBACK = { id: 'r1', phone: '+33612345678', moment: { part: 'any' }, requestedAt: NOW } as const;
const BOT: Standing = { status: 'bot', desk: NEW_DESK_STATE };

const waiting = (change: Partial<DeskState> = {}): Standing => ({
  status: 'waiting',
  desk: { ...NEW_DESK_STATE, atDeskSince: 1, waitingSince: NOW - MINUTE, ...change },
});

describe('a request', () => {
  test('waits from now on, and delegates may read it', () => {
    expect(requestHandoff(BOT, NOW)).toMatchObject({
      desk: { waitingSince: NOW, requestedAt: NOW, atDeskSince: NOW },
      counts: ['handoff.requested'],
    });
  });

  test('a second one changes nothing', () => {
    const first = requestHandoff(BOT, NOW);
    expect(changesNothing(first, requestHandoff(first, NOW + 1))).toBe(true);
  });

  test('is left to the assistant when the delegates take it no more', () => {
    const blocked = desk.block(waiting(), 'jean', 'insultes', NOW);
    expect(changesNothing(blocked, requestHandoff(blocked, NOW))).toBe(true);
  });

  test('that nobody answers is shown as missed, and counted if the resident made it', () => {
    expect(giveUpWaiting(waiting({ requestedAt: 1 }), NOW)).toMatchObject({
      desk: { missedAt: NOW },
      counts: ['handoff.missed'],
    });
    expect(giveUpWaiting(waiting(), NOW).counts).toEqual([]);
  });

  test('that is put off is not given up', () => {
    const snoozed = waiting({ snoozedUntil: NOW + 1 });
    expect(changesNothing(snoozed, giveUpWaiting(snoozed, NOW))).toBe(true);
  });
});

describe('a take', () => {
  test('settles all that was to be seen', () => {
    const before = waiting({
      snoozedUntil: 5,
      offeredTo: 'paul',
      emergencyAt: 4,
      missedAt: 3,
      alarm: { pushedAt: 2 },
      requestedAt: NOW - MINUTE,
      labels: ['bruit'],
    });
    expect(desk.take(before, 'jean', NOW).desk).toEqual({
      ...NEW_DESK_STATE,
      labels: ['bruit'],
      atDeskSince: 1,
      holder: 'jean',
      heldSince: NOW,
      handledBy: ['jean'],
    });
  });

  test.each([
    [0, 0],
    [60, 0],
    [61, 1],
    [600, 3],
    [2400, 5],
    [2401, 6],
  ])('after %i s is counted in bucket %i', (seconds, bucket) => {
    const { counts } = desk.take(waiting({ requestedAt: NOW - seconds * 1000 }), 'jean', NOW);
    expect(counts).toEqual(['handoff.taken', `wait:${bucket}`]);
  });

  test('of what a colleague transferred is not counted as another request', () => {
    const held = desk.take(waiting({ requestedAt: 1 }), 'jean', NOW);
    const offered = desk.transfer(held, 'jean', NOW, 'paul');
    expect(offered.desk).toMatchObject({ offeredTo: 'paul', waitingSince: NOW, handledBy: ['jean'] });
    expect(desk.take(offered, 'paul', NOW)).toMatchObject({ counts: [], desk: { handledBy: ['jean', 'paul'] } });
  });

  test('again by the holder changes nothing', () => {
    const held = desk.take(waiting(), 'jean', NOW);
    expect(changesNothing(held, desk.take(held, 'jean', NOW + 1))).toBe(true);
  });

  test.each<[string, Standing]>([
    ['the delegates take it no more', desk.block(waiting(), 'jean', 'insultes', NOW)],
    ['its resident never asked for them', BOT],
  ])('is refused when %s', (_, standing) => {
    for (const move of [desk.take, desk.reopen, desk.takeByReply]) {
      expect(() => move(standing, 'jean', NOW)).toThrow(expect.objectContaining({ code: 'not-in-this-state' }));
    }
  });
});

describe('a danger', () => {
  test('comes before the delegates, whatever the status, and rings anew', () => {
    const { desk: after, counts } = noteEmergency(waiting({ alarm: { pushedAt: 1 } }), NOW);
    expect(after).toMatchObject({ emergencyAt: NOW });
    expect(after.alarm).toBeUndefined();
    expect(counts).toEqual(['emergency']);
    expect(inboxListOf(noteEmergency(BOT, NOW))).toBe('queue');
  });

  test('that nobody has seen yet keeps its time', () => {
    const first = noteEmergency(BOT, NOW);
    expect(changesNothing(first, noteEmergency(first, NOW + 1))).toBe(true);
  });

  test('once seen leaves the conversation where delegates find it again', () => {
    const seen = desk.acknowledge(noteEmergency(BOT, NOW));
    expect(seen.desk.emergencyAt).toBeUndefined();
    expect(inboxListOf(seen)).toBe('past');
    expect(changesNothing(seen, desk.acknowledge(seen))).toBe(true);
  });
});

describe('a call-back', () => {
  test('takes the place of the wait and of the missed request', () => {
    const missed = giveUpWaiting(waiting(), NOW);
    expect(requestCallback(missed, CALLBACK).desk).toMatchObject({ callbacks: [CALLBACK] });
    expect(requestCallback(missed, CALLBACK).desk.missedAt).toBeUndefined();
    expect(requestCallback(waiting(), CALLBACK)).toMatchObject({ status: 'bot', counts: ['callback.requested'] });
  });

  test('is done, and to be done again', () => {
    const asked = requestCallback(BOT, CALLBACK);
    const done = desk.settleCallback(asked, 'jean', { id: 'r1', isDone: true }, NOW);
    expect(done).toMatchObject({ desk: { callbacks: [{ done: { by: 'jean', at: NOW } }] }, counts: ['callback.done'] });
    expect(inboxListOf(done)).toBe('past');
    expect(changesNothing(done, desk.settleCallback(done, 'paul', { id: 'r1', isDone: true }, NOW))).toBe(true);
    const again = desk.settleCallback(done, 'paul', { id: 'r1', isDone: false }, NOW);
    expect(again).toMatchObject({ desk: { callbacks: [CALLBACK] }, counts: [] });
  });

  test('that is not there is refused', () => {
    expect(() => desk.settleCallback(BOT, 'jean', { id: 'r9', isDone: true }, NOW)).toThrow(
      expect.objectContaining({ code: 'not-in-this-state' }),
    );
  });
});

describe('an erasure', () => {
  const full = waiting({
    emergencyAt: 1,
    missedAt: 2,
    callbacks: [CALLBACK],
    labels: ['bruit'],
    priority: 'high',
    handledBy: ['jean'],
  });

  test('takes what the resident left, and leaves the queue', () => {
    const { status, desk: after } = forget(full);
    expect({ status, after }).toEqual({ status: 'bot', after: { ...NEW_DESK_STATE, handledBy: ['jean'] } });
  });

  test('does not undo a block', () => {
    const blocked = desk.block(full, 'jean', 'insultes', NOW);
    expect(forget(blocked).desk.block).toEqual({ by: 'jean', reason: 'insultes', at: NOW });
  });

  test('leaves the delegate who speaks', () => {
    const held = desk.take(full, 'jean', NOW);
    expect(forget(held)).toMatchObject({ status: 'assigned', desk: { holder: 'jean', callbacks: [] }, events: [] });
  });
});

describe('a snooze', () => {
  test('ends as a wait that begins now', () => {
    const put = desk.snooze(desk.take(waiting(), 'jean', NOW), 'jean', NOW + MINUTE, NOW);
    expect(put.desk).toMatchObject({ snoozedUntil: NOW + MINUTE, waitingSince: NOW });
    const { desk: after } = unsnooze(put, NOW + 5);
    expect(after.waitingSince).toBe(NOW + 5);
    expect(after.snoozedUntil).toBeUndefined();
  });

  test('that is not there does not end', () => {
    const plain = waiting();
    expect(changesNothing(plain, unsnooze(plain, NOW))).toBe(true);
  });
});

describe('the alarm', () => {
  test('goes each step once while it rings', () => {
    const pushed = noteAlarm(waiting(), 'pushedAt', NOW);
    expect(pushed.desk.alarm).toEqual({ pushedAt: NOW });
    expect(changesNothing(pushed, noteAlarm(pushed, 'pushedAt', NOW + 1))).toBe(true);
    expect(noteAlarm(pushed, 'emailedAt', NOW + 1).desk.alarm).toEqual({ pushedAt: NOW, emailedAt: NOW + 1 });
  });

  test('of nobody is silent; of a danger it rings whoever speaks', () => {
    expect(changesNothing(BOT, noteAlarm(BOT, 'pushedAt', NOW))).toBe(true);
    expect(noteAlarm(noteEmergency(BOT, NOW), 'pushedAt', NOW).desk.alarm).toEqual({ pushedAt: NOW });
  });
});

test('a block twice is refused, and lifted once', () => {
  const blocked = desk.block(waiting({ emergencyAt: 1, missedAt: 2 }), 'jean', 'insultes', NOW);
  expect(inboxListOf(blocked)).toBe('past');
  expect(() => desk.block(blocked, 'paul', 'encore', NOW)).toThrow(
    expect.objectContaining({ code: 'not-in-this-state' }),
  );
  const free = desk.unblock(blocked);
  expect(free.desk.block).toBeUndefined();
  expect(changesNothing(free, desk.unblock(free))).toBe(true);
});

test('clients learn of a change before people read of it', () => {
  expect(contentsOf(desk.take(waiting(), 'jean', NOW), WORDS)).toEqual([
    { kind: 'handoff', event: 'status', state: 'accepted' },
    { kind: 'text', text: 'pris' },
  ]);
});
