import { describe, expect, test } from '@jest/globals';
import { type ConversationStatus, inboxListOf, type Standing } from '../../../src/domain/conversation.js';
import * as transitions from '../../../src/domain/conversation-transitions.js';
import { ALLOWED_FROM, type Transition, type TransitionName } from '../../../src/domain/conversation-transitions.js';
import { type DeskState, NEW_DESK_STATE } from '../../../src/domain/desk-state.js';
import * as desk from '../../../src/domain/desk-transitions.js';

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;
const CALLBACK = { id: 'r1', phone: '+33612345678', moment: { part: 'any' }, requestedAt: NOW } as const;
const STATUSES: readonly ConversationStatus[] = ['bot', 'waiting', 'assigned', 'closed'];

const SEEN: DeskState = { ...NEW_DESK_STATE, atDeskSince: 1, handledBy: ['marie'], callbacks: [CALLBACK] };
const STANDINGS: Readonly<Record<ConversationStatus, Standing>> = {
  bot: { status: 'bot', desk: SEEN },
  waiting: {
    status: 'waiting',
    desk: {
      ...SEEN,
      waitingSince: NOW - 3 * MINUTE,
      requestedAt: NOW - 3 * MINUTE,
      offeredTo: 'paul',
      alarm: { pushedAt: 2 },
    },
  },
  assigned: { status: 'assigned', desk: { ...SEEN, holder: 'marie', heldSince: NOW - MINUTE } },
  closed: { status: 'closed', desk: SEEN },
};

/** Marie does it, who holds what is held. */
const MOVES: Readonly<Record<TransitionName, (standing: Standing) => Transition>> = {
  requestHandoff: (standing) => transitions.requestHandoff(standing, NOW),
  leaveHandoff: transitions.leaveHandoff,
  requestCallback: (standing) => transitions.requestCallback(standing, { ...CALLBACK, id: 'r2' }),
  resume: transitions.resume,
  noteEmergency: (standing) => transitions.noteEmergency(standing, NOW),
  forget: transitions.forget,
  take: (standing) => desk.take(standing, 'marie', NOW),
  reply: (standing) => desk.takeByReply(standing, 'marie', NOW),
  giveBack: (standing) => desk.giveBack(standing, 'marie'),
  transfer: (standing) => desk.transfer(standing, 'marie', NOW, 'paul'),
  close: (standing) => desk.close(standing, 'marie'),
  reopen: (standing) => desk.reopen(standing, 'marie', NOW),
  snooze: (standing) => desk.snooze(standing, 'marie', NOW + MINUTE, NOW),
  acknowledge: desk.acknowledge,
  block: (standing) => desk.block(standing, 'marie', 'insultes', NOW),
  unblock: desk.unblock,
  label: (standing) => desk.label(standing, { labels: ['bruit'] }),
  settleCallback: (standing) => desk.settleCallback(standing, 'marie', { id: 'r1', isDone: true }, NOW),
  unsnooze: (standing) => transitions.unsnooze(standing, NOW),
  releaseAbsent: (standing) => transitions.releaseAbsent(standing, NOW),
  giveUpWaiting: (standing) => transitions.giveUpWaiting(standing, NOW),
  noteAlarm: (standing) => transitions.noteAlarm(standing, 'emailedAt', NOW),
};

/** The status after it and what is said, from bot, waiting, assigned and closed; `-`: refused. */
const TABLE: Readonly<Record<TransitionName, readonly [string, string, string, string]>> = {
  requestHandoff: ['waiting initiate', 'waiting', '-', '-'],
  leaveHandoff: ['-', 'bot completed', 'bot completed givenBack', '-'],
  requestCallback: ['bot', 'bot completed', '-', '-'],
  resume: ['-', '-', '-', 'bot'],
  noteEmergency: ['bot', 'waiting', 'assigned', 'closed'],
  forget: ['bot', 'bot completed', 'assigned', 'closed'],
  take: ['assigned accepted taken', 'assigned accepted taken', 'assigned', '-'],
  reply: ['assigned accepted taken', 'assigned accepted taken', 'assigned', '-'],
  giveBack: ['-', 'bot completed givenBack', 'bot completed givenBack', '-'],
  transfer: ['-', '-', 'waiting initiate transferred', '-'],
  close: ['-', 'closed completed closed', 'closed completed closed', '-'],
  reopen: ['assigned accepted taken', '-', 'assigned', 'assigned accepted taken'],
  snooze: ['-', 'waiting', 'waiting initiate', '-'],
  acknowledge: ['bot', 'waiting', 'assigned', 'closed'],
  block: ['bot', 'bot completed givenBack', 'bot completed givenBack', 'closed'],
  unblock: ['bot', 'waiting', 'assigned', 'closed'],
  label: ['bot', 'waiting', 'assigned', 'closed'],
  settleCallback: ['bot', 'waiting', 'assigned', 'closed'],
  unsnooze: ['-', 'waiting', '-', '-'],
  releaseAbsent: ['-', '-', 'waiting initiate lostHold', '-'],
  giveUpWaiting: ['-', 'bot failed nobodyCame', '-', '-'],
  noteAlarm: ['bot', 'waiting', 'assigned', 'closed'],
};

const CASES = (Object.keys(ALLOWED_FROM) as TransitionName[]).flatMap((name) =>
  STATUSES.map((status, index) => [name, status, TABLE[name][index] ?? ''] as const),
);

function outcomeOf(name: TransitionName, standing: Standing): string {
  const { status, events, words } = MOVES[name](standing);
  const told = events.map((event) => (event.event === 'initiate' ? 'initiate' : event.state));
  return [status, ...told, ...(words ? [words] : [])].join(' ');
}

describe('the table of transitions', () => {
  test.each(CASES)('%s from %s: %s', (name, status, expected) => {
    const standing = STANDINGS[status];
    if (expected === '-') {
      expect(() => MOVES[name](standing)).toThrow(expect.objectContaining({ code: 'not-in-this-state' }));
      expect(transitions.isAllowed(name, standing)).toBe(false);
    } else {
      expect(outcomeOf(name, standing)).toBe(expected);
      expect(transitions.isAllowed(name, standing)).toBe(true);
    }
  });

  test.each(CASES.filter(([, , expected]) => expected !== '-'))(
    '%s from %s leaves a standing that fits',
    (name, status) => {
      const { status: next, desk: after } = MOVES[name](STANDINGS[status]);
      expect(after.holder !== undefined).toBe(next === 'assigned');
      expect(after.heldSince !== undefined).toBe(next === 'assigned');
      expect(after.waitingSince !== undefined).toBe(next === 'waiting');
      for (const member of ['requestedAt', 'snoozedUntil', 'offeredTo'] as const) {
        if (next !== 'waiting') expect(after[member]).toBeUndefined();
      }
    },
  );

  test.each(['giveBack', 'transfer', 'close', 'snooze', 'block', 'take', 'reopen'] as const)(
    '%s is refused while a colleague holds it',
    (name) => {
      const standing: Standing = { status: 'assigned', desk: { ...SEEN, holder: 'jean', heldSince: 1 } };
      expect(() => MOVES[name](standing)).toThrow(expect.objectContaining({ code: 'held-by-colleague' }));
    },
  );

  test('a reply in what a colleague holds leaves it theirs', () => {
    const standing: Standing = { status: 'assigned', desk: { ...SEEN, holder: 'jean', heldSince: 1 } };
    expect(desk.takeByReply(standing, 'marie', NOW).desk).toBe(standing.desk);
  });
});

describe('the lists', () => {
  const standing = (status: ConversationStatus, change: Partial<DeskState> = {}): Standing => ({
    status,
    desk: { ...NEW_DESK_STATE, ...change },
  });

  test.each<[string, Standing, string]>([
    ['never asked', standing('bot'), 'none'],
    ['never asked, closed', standing('closed'), 'none'],
    ['waits', standing('waiting'), 'queue'],
    ['waits, put off', standing('waiting', { snoozedUntil: NOW }), 'queue'],
    ['held', standing('assigned'), 'queue'],
    ['a danger that nobody has seen', standing('bot', { emergencyAt: NOW }), 'queue'],
    ['a request that nobody answered', standing('bot', { missedAt: NOW }), 'queue'],
    ['an open call-back', standing('bot', { callbacks: [CALLBACK] }), 'queue'],
    [
      'a call-back that is done',
      standing('bot', { callbacks: [{ ...CALLBACK, done: { by: 'jean', at: 1 } }], atDeskSince: 1 }),
      'past',
    ],
    ['handled', standing('closed', { handledBy: ['jean'] }), 'past'],
    ['asked before', standing('bot', { atDeskSince: 1 }), 'past'],
  ])('%s', (_, place, list) => {
    expect(inboxListOf(place)).toBe(list);
  });
});
