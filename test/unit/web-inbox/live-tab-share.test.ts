import { expect, test } from '@jest/globals';
import { createTabShare, type Locks } from '../../../src/web/inbox/live/tab-share.js';
import { settle } from '../../support/inbox-queue-timers.js';

/** The locks of one browser. */
function createLocks(): Locks {
  const held = new Set<string>();
  return {
    async request(name, _, run) {
      if (held.has(name)) return run(null);
      held.add(name);
      await run({});
      held.delete(name);
    },
  };
}

function openTab(locks: Locks | undefined) {
  const log: string[] = [];
  const share = createTabShare({ locks, onPause: () => log.push('pause'), onResume: () => log.push('resume') });
  return { share, log };
}

test('of the tabs out of sight three follow; one that comes back in sight follows again', async () => {
  const locks = createLocks();
  const tabs = Array.from({ length: 5 }, () => openTab(locks));
  for (const { share } of tabs) share.change(false);
  await settle();
  expect(tabs.map(({ log }) => log)).toEqual([[], [], [], ['pause'], ['pause']]);
  tabs[4]?.share.change(true);
  expect(tabs[4]?.log).toEqual(['pause', 'resume']);
});

test('a place that was let go is taken by the next', async () => {
  const locks = createLocks();
  const tabs = Array.from({ length: 4 }, () => openTab(locks));
  for (const { share } of tabs.slice(0, 3)) share.change(false);
  await settle();
  tabs[0]?.share.change(true);
  await settle();
  tabs[3]?.share.change(false);
  await settle();
  expect(tabs[3]?.log).toEqual([]);
});

test('a tab seen again before it had a place goes on', async () => {
  const { share, log } = openTab(createLocks());
  share.change(false);
  share.change(true);
  await settle();
  expect(log).toEqual([]);
});

test('without locks every tab follows', async () => {
  const { share, log } = openTab(undefined);
  share.change(false);
  await settle();
  expect(log).toEqual([]);
});
