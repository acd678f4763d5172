import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { DomainError } from '../../../src/domain/errors.js';
import { createTellAuthor } from '../../../src/domain/report-notice.js';
import type { Storage } from '../../../src/storage/ports/storage.js';
import { buildConversation } from '../../support/build-conversation.js';
import { openMemoryStorage } from '../../support/storage-in-memory.js';

const AT = new Date('2026-11-25T09:00:00Z');
const content = { kind: 'text', text: 'Vous avez une réponse.' } as const;

let storage: Storage;
let woken: string[];

beforeEach(async () => {
  storage = await openMemoryStorage();
  woken = [];
});
afterEach(() => storage.close());

function tell(commit = storage.conversations.commit) {
  return createTellAuthor({
    store: { load: storage.conversations.load, commit },
    wakeUps: { notify: (id) => woken.push(id) },
    clock: () => AT,
    words: { hasAnswer: () => [content] },
  });
}

it('says it in the conversation, which stays as it was', async () => {
  const conversation = buildConversation({ id: 'one', dialogState: { asked: 'where' } });
  await storage.conversations.create(conversation, []);
  expect(await tell()('one')).toBe(true);
  expect(await storage.conversations.messagesAfter('one', 0, 10)).toEqual([
    { seq: conversation.lastSeq + 1, externalId: `out:${conversation.lastSeq + 1}`, author: 'system', at: AT, content },
  ]);
  const { status, desk, dialogState } = conversation;
  expect(await storage.conversations.load('one')).toMatchObject({ status, desk, dialogState });
  expect(woken).toEqual(['one']);
});

it('says it after a turn that came first', async () => {
  await storage.conversations.create(buildConversation({ id: 'one' }), []);
  const overtaken = ['revision-conflict', 'duplicate'] as const;
  let tries = 0;
  const commit: typeof storage.conversations.commit = async (change) => {
    const code = overtaken[tries++];
    if (code) throw new DomainError(code, 'Another change came first');
    await storage.conversations.commit(change);
  };
  expect(await tell(commit)('one')).toBe(true);
  expect(tries).toBe(3);
  expect(woken).toHaveLength(1);
});

it('says it nowhere once the conversation is gone', async () => {
  expect(await tell()('absent')).toBe(false);
  await storage.conversations.create(buildConversation({ id: 'one' }), []);
  const gone = () => Promise.reject(new DomainError('conversation-gone', 'Erased meanwhile'));
  expect(await tell(gone)('one')).toBe(false);
  const away = () => Promise.reject(new DomainError('storage-unavailable', 'Away'));
  await expect(tell(away)('one')).rejects.toMatchObject({ code: 'storage-unavailable' });
  expect(woken).toEqual([]);
});
