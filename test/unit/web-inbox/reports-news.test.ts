import { expect, test } from '@jest/globals';
import { applyEvent, NEW_LIVE_STATE } from '../../../src/web/inbox/live/state.js';

const NEWS = { unread: 2, overdue: 1, changedAt: 5 };

test('how many reports are unread and wait too long is known on every page', () => {
  const state = applyEvent(NEW_LIVE_STATE, { name: 'reports', data: NEWS }, 0);
  expect(state.reports).toEqual(NEWS);
  const after = applyEvent(state, { name: 'queue', data: { cards: [], team: [], readSeqs: {}, now: 0 } }, 0);
  expect(after.reports).toEqual(NEWS);
});

test('the same numbers told again are news again: another report may have changed', () => {
  const once = applyEvent(NEW_LIVE_STATE, { name: 'reports', data: { ...NEWS } }, 0);
  const again = applyEvent(once, { name: 'reports', data: { ...NEWS } }, 0);
  expect(again.reports).not.toBe(once.reports);
});
