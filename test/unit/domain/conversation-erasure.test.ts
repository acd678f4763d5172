import { beforeEach, describe, expect, test } from '@jest/globals';
import { createEraseHistory } from '../../../src/domain/conversation-erasure.js';
import type { DeskState } from '../../../src/domain/desk-state.js';
import { NEW_DESK_STATE } from '../../../src/domain/desk-state.js';
import { DomainError } from '../../../src/domain/errors.js';
import type { ConversationStore } from '../../../src/storage/ports/conversation-store.js';
import { buildConversation, buildMessage } from '../../support/build-conversation.js';
import { createMemoryStore } from '../../support/storage-memory.js';

const NOW = new Date('2026-11-24T09:00:00Z');
const WRITTEN_AT = new Date('2026-11-24T08:59:00Z');
const DESK: DeskState = {
  ...NEW_DESK_STATE,
  labels: ['voisinage'],
  handledBy: ['jean'],
  block: { by: 'jean', reason: 'Insultes', at: 1 },
};

let store: ConversationStore;
let told: string[];
beforeEach(async () => {
  store = createMemoryStore();
  told = [];
  const messages = [1, 2, 3].map((seq) => buildMessage({ seq, externalId: `m${seq}` }));
  const conversation = buildConversation({
    id: 'c1',
    lastSeq: 3,
    status: 'closed',
    desk: DESK,
    dialogState: { step: 1 },
  });
  await store.create(conversation, messages);
});

const erase = (changed: ConversationStore = store) =>
  createEraseHistory({
    store: changed,
    wakeUps: { notify: (id, { kind }) => told.push(`${id} ${kind}`) },
    clock: () => NOW,
  })('c1', WRITTEN_AT);

describe('a history that is erased', () => {
  test('leaves its mark, and what delegates decided', async () => {
    await erase();
    const content = { kind: 'erased', erasedMessages: 3, writtenAt: WRITTEN_AT.getTime() };
    expect(await store.messagesAfter('c1', 0, 10)).toMatchObject([
      { seq: 4, externalId: 'out:4', author: 'system', content },
    ]);
    expect(await store.load('c1')).toMatchObject({
      status: 'closed',
      dialogState: {},
      inboxList: 'past',
      desk: { ...NEW_DESK_STATE, handledBy: DESK.handledBy, block: DESK.block },
    });
    expect(told).toEqual(['c1 changed']);
  });

  test('twice is erased once', async () => {
    await erase();
    await erase();
    expect((await store.load('c1'))?.lastSeq).toBe(4);
    expect(told).toHaveLength(1);
  });

  test('while somebody else writes in it is erased after that', async () => {
    let conflicts = 2;
    const overtaken: ConversationStore = {
      ...store,
      async commit(change) {
        conflicts -= 1;
        if (conflicts >= 0) throw new DomainError('revision-conflict', 'somebody was faster');
        await store.commit(change);
      },
    };
    await erase(overtaken);
    expect(await store.messagesAfter('c1', 0, 10)).toHaveLength(1);
  });

  test('of a conversation that is gone is nothing', async () => {
    await store.remove('c1');
    await erase();
    expect(told).toEqual([]);
  });
});
