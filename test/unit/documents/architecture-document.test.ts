import { expect, test } from '@jest/globals';
import type { ConversationStatus } from '../../../src/domain/conversation.js';
import { ALLOWED_FROM, isAllowed, type TransitionName } from '../../../src/domain/conversation-transitions.js';
import { readDocument, rowsOf } from './tables.js';

const STATUSES: readonly ConversationStatus[] = ['bot', 'waiting', 'assigned', 'closed'];

test('docs/ARCHITECTURE.md has every transition, from where it may happen, and no other', () => {
  const rows = rowsOf(readDocument('ARCHITECTURE.md'), 'transition');
  const written = rows.map(([name, , from = '']) => [name, from === 'any' ? STATUSES : from.split(', ')]);
  const names = Object.keys(ALLOWED_FROM) as TransitionName[];
  const allowed = names.map((name) => [name, STATUSES.filter((status) => isAllowed(name, { status }))]);
  expect(Object.fromEntries(written)).toEqual(Object.fromEntries(allowed));
  expect(rows).toHaveLength(names.length);
});
