import { expect, test } from '@jest/globals';
import type { ConversationStatus } from '../../../src/domain/conversation.js';
import { availableActions } from '../../../src/domain/desk-actions.js';
import { type DeskState, NEW_DESK_STATE } from '../../../src/domain/desk-state.js';

const KNOWN: DeskState = { ...NEW_DESK_STATE, atDeskSince: 1 };
const BLOCK = { by: 'jean', reason: 'insultes', at: 1 };

test.each<[string, ConversationStatus, Partial<DeskState>, string]>([
  ['waits', 'waiting', { waitingSince: 1 }, 'take reply give-back close snooze block'],
  [
    'waits, put off',
    'waiting',
    { waitingSince: 1, snoozedUntil: 2 },
    'take reply give-back close snooze unsnooze block',
  ],
  ['is mine', 'assigned', { holder: 'jean' }, 'reply give-back transfer close snooze block'],
  [
    'is mine, with a danger',
    'assigned',
    { holder: 'jean', emergencyAt: 1 },
    'reply give-back transfer close snooze acknowledge block',
  ],
  ['is a colleague’s', 'assigned', { holder: 'paul' }, 'reply'],
  ['is the assistant’s, with a danger', 'bot', { emergencyAt: 1 }, 'take reply acknowledge block'],
  ['is the assistant’s, missed', 'bot', { missedAt: 1 }, 'take reply acknowledge block'],
  ['was given back', 'bot', { handledBy: ['jean'] }, 'reply reopen block'],
  ['was closed', 'closed', { handledBy: ['jean'] }, 'reopen block'],
  ['was closed, with a danger', 'closed', { emergencyAt: 1 }, 'reopen acknowledge block'],
  ['is blocked', 'bot', { block: BLOCK }, 'unblock'],
  ['is blocked, with a danger', 'bot', { block: BLOCK, emergencyAt: 1 }, 'acknowledge unblock'],
])('what %s offers', (_, status, change, actions) => {
  expect(availableActions({ status, desk: { ...KNOWN, ...change } }, 'jean').join(' ')).toBe(actions);
});

test('nothing for what delegates may not read', () => {
  expect(availableActions({ status: 'bot', desk: NEW_DESK_STATE }, 'jean')).toEqual([]);
});
