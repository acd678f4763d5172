import { expect, test } from '@jest/globals';
import { createDrafts } from '../../../src/web/inbox/live/drafts.js';
import { createOutbox } from '../../../src/web/inbox/live/outbox.js';
import { draftOf, NOTHING_WRITTEN } from '../../../src/web/inbox/live/sending.js';
import type { ReplyRequest } from '../../../src/web/inbox/live/wire.js';
import { buildDetail, buildMessage, ME } from '../../support/inbox-queue-builders.js';
import { holdTimers, settle } from '../../support/inbox-queue-timers.js';

function createDesk() {
  const timers = holdTimers(0);
  const saves: string[] = [];
  const posts: (ReplyRequest & { readonly isLeaving: boolean })[] = [];
  const faults = { isOffline: false, loseAnswers: 0 };
  const check = (): void => {
    if (faults.isOffline) throw new TypeError('no network');
  };
  const drafts = createDrafts({
    timers,
    async save(_, text, isLeaving) {
      check();
      saves.push(isLeaving ? `${text} (leaving)` : text);
    },
  });
  const outbox = createOutbox({
    timers,
    drafts,
    random: () => 0,
    onReply: () => undefined,
    async reply(_, request, isLeaving) {
      check();
      posts.push({ ...request, isLeaving });
      if (faults.loseAnswers-- > 0) throw new TypeError('no answer');
      return { message: buildMessage({ seq: 5, author: 'delegate', by: ME }), detail: buildDetail() };
    },
  });
  const write = (text: string) => outbox.dispatch('c1', { kind: 'write', text });
  const writing = () => outbox.snapshot().c1 ?? NOTHING_WRITTEN;
  return { timers, saves, posts, faults, drafts, outbox, write, writing };
}

test('a draft is saved some time after the last key, once', async () => {
  const { timers, saves, write } = createDesk();
  write('B');
  await timers.advance(700);
  write('Bo');
  await timers.advance(700);
  expect(saves).toEqual([]);
  await timers.advance(100);
  expect(saves).toEqual(['Bo']);
});

test('leaving the page saves at once, by a call that outlives it', async () => {
  const { saves, write, drafts } = createDesk();
  write('Bonjour');
  drafts.flush(true);
  await settle();
  expect(saves).toEqual(['Bonjour (leaving)']);
});

test('without a network the draft is saved when it is back', async () => {
  const { timers, saves, faults, write, drafts } = createDesk();
  faults.isOffline = true;
  write('Bonjour');
  await timers.advance(20_000);
  expect(drafts.isSettled()).toBe(false);
  faults.isOffline = false;
  await timers.advance(4_000);
  expect(saves).toEqual(['Bonjour']);
  expect(drafts.isSettled()).toBe(true);
});

test('a reply is a draft on the server until it is acknowledged', async () => {
  const { timers, saves, posts, outbox, write, writing } = createDesk();
  write('Bonjour');
  outbox.dispatch('c1', { kind: 'send', clientId: 'a', seenSeq: 4 });
  await settle();
  expect(saves).toEqual(['Bonjour']);
  await timers.advance(4_999);
  expect(posts).toEqual([]);
  await timers.advance(1);
  expect(posts).toEqual([{ clientId: 'a', text: 'Bonjour', seenSeq: 4, isLeaving: false }]);
  expect(draftOf(writing())).toBe('');
  await timers.advance(800);
  expect(saves).toEqual(['Bonjour', '']);
});

test('a lost answer is asked for again under the same id', async () => {
  const { timers, posts, faults, outbox, write, writing } = createDesk();
  faults.loseAnswers = 2;
  write('Bonjour');
  outbox.dispatch('c1', { kind: 'send', clientId: 'a', seenSeq: 4 });
  await timers.advance(5_000 + 500 + 1_000);
  expect(posts.map(({ clientId }) => clientId)).toEqual(['a', 'a', 'a']);
  expect(writing()).toEqual(NOTHING_WRITTEN);
});

test('leaving the page posts what is held', async () => {
  const { posts, outbox, write } = createDesk();
  write('Bonjour');
  outbox.dispatch('c1', { kind: 'send', clientId: 'a', seenSeq: 4 });
  outbox.dispatchAll({ kind: 'leave' });
  expect(posts).toEqual([{ clientId: 'a', text: 'Bonjour', seenSeq: 4, isLeaving: true }]);
});

test('what the server keeps already is not saved again', async () => {
  const { timers, saves, drafts, outbox } = createDesk();
  drafts.adopt('c1', 'Bonjour');
  outbox.dispatch('c1', { kind: 'restore', draft: 'Bonjour', messages: [], me: ME.id });
  await timers.advance(5_000);
  expect(saves).toEqual([]);
});
