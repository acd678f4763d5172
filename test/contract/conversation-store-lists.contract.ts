import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Conversation } from '../../src/domain/conversation.js';
import type { DeskState } from '../../src/domain/desk-state.js';
import type { ConversationStore } from '../../src/storage/ports/conversation-store.js';
import { buildChange, buildConversation, buildMessages } from '../support/build-conversation.js';
import type { MakeStorage, StorageUnderTest } from '../support/storage-under-test.js';

const DESK: DeskState = {
  waitingSince: 1_700_000_000_000,
  labels: ['voisinage'],
  priority: 'high',
  callbacks: [
    { id: 'c1', firstName: 'Ana', phone: '+33612345678', moment: { part: 'any' }, requestedAt: 1_700_000_000_001 },
  ],
  handledBy: ['jean'],
};
const day = (date: number) => new Date(Date.UTC(2026, 0, date));
const idsOf = (conversations: readonly Conversation[]) => conversations.map(({ id }) => id);

/** The delegates' side of a conversation, and the lists of the inbox. */
export function describeInboxLists(makeStorage: MakeStorage): void {
  describe('lists of the inbox', () => {
    let underTest: StorageUnderTest;
    let store: ConversationStore;

    beforeEach(async () => {
      underTest = await makeStorage();
      store = (await underTest.open()).conversations;
    });
    afterEach(() => underTest.dispose());

    it('keeps what the desk knows, as it was created and as it was changed', async () => {
      const conversation = buildConversation({ desk: DESK, inboxList: 'queue' });
      await store.create(conversation, []);
      expect(await store.load(conversation.id)).toEqual(conversation);

      const desk: DeskState = { ...DESK, labels: ['é ç'], block: { by: 'jean', reason: 'insultes', at: 5 } };
      await store.commit(buildChange({ id: conversation.id, desk, inboxList: 'past' }));
      expect(await store.load(conversation.id)).toEqual({ ...conversation, rev: 1, desk, inboxList: 'past' });
    });

    it('leaves desk and list as they are when a change is refused', async () => {
      const conversation = buildConversation({ desk: DESK, inboxList: 'queue' });
      await store.create(conversation, []);
      const change = buildChange({ id: conversation.id, expectedRev: 3, inboxList: 'none' });
      await expect(store.commit(change)).rejects.toMatchObject({ code: 'revision-conflict' });
      expect(await store.load(conversation.id)).toEqual(conversation);
    });

    it('gives the whole queue, the one written in longest ago first', async () => {
      for (const [index, date] of [5, 1, 3, 2, 4].entries()) {
        const inboxList = date === 3 ? 'past' : 'queue';
        await store.create(
          buildConversation({ id: `${date}`, inboxList, lastMessageAt: day(date), lastSeq: index }),
          [],
        );
      }
      await store.create(buildConversation({ id: 'b', inboxList: 'queue', lastMessageAt: day(2) }), []);
      await store.create(buildConversation({ id: 'hidden', lastMessageAt: day(1) }), []);
      expect(idsOf(await store.listQueue(10))).toEqual(['1', '2', 'b', '4', '5']);
      expect(idsOf(await store.listQueue(2))).toEqual(['1', '2']);

      const messages = buildMessages(1, 1);
      await store.commit(buildChange({ id: '1', inboxList: 'queue', messages, at: day(9) }));
      await store.commit(buildChange({ id: '2', inboxList: 'past' }));
      expect(idsOf(await store.listQueue(10))).toEqual(['b', '4', '5', '1']);
      expect((await store.listQueue(10)).at(-1)).toEqual(await store.load('1'));
    });

    it('gives those that were written in last, of all lists, the last of them first', async () => {
      const lists = ['none', 'past', 'queue'] as const;
      for (const [index, date] of [5, 1, 3, 2, 4].entries()) {
        const conversation = { id: `${date}`, inboxList: lists[index % 3] ?? 'none', lastMessageAt: day(date) };
        await store.create(buildConversation(conversation), []);
      }
      expect(idsOf(await store.listRecent(10))).toEqual(['5', '4', '3', '2', '1']);
      expect(idsOf(await store.listRecent(2))).toEqual(['5', '4']);

      await store.commit(buildChange({ id: '1', messages: buildMessages(1), at: day(9) }));
      await store.commit(buildChange({ id: '2' }));
      expect(idsOf(await store.listRecent(3))).toEqual(['1', '5', '4']);
      expect((await store.listRecent(1))[0]).toEqual(await store.load('1'));
    });

    it('gives those that a message was added to since, in the order of the last one, without opening them', async () => {
      for (const [index, date] of [5, 1, 3, 2, 4].entries()) {
        const inboxList = (['none', 'past', 'queue'] as const)[index % 3] ?? 'none';
        await store.create(buildConversation({ id: `${date}`, inboxList, lastMessageAt: day(date) }), []);
      }
      const changed = (date: number, rev = 0) => ({ id: `${date}`, rev, lastMessageAt: day(date) });
      expect(await store.listChangedSince(day(3), 10)).toEqual([changed(3), changed(4), changed(5)]);
      expect(await store.listChangedSince(day(1), 2)).toEqual([changed(1), changed(2)]);
      expect(await store.listChangedSince(day(6), 10)).toEqual([]);

      // What brings no message moves the rev, and not the time.
      await store.commit(buildChange({ id: '4', at: day(9) }));
      await store.commit(buildChange({ id: '1', messages: buildMessages(1), at: day(7) }));
      expect(await store.listChangedSince(day(4), 10)).toEqual([
        changed(4, 1),
        changed(5),
        { id: '1', rev: 1, lastMessageAt: day(7) },
      ]);
      await store.remove('5');
      expect((await store.listChangedSince(day(4), 10)).map(({ id }) => id)).toEqual(['4', '1']);
    });

    it('pages through the past, the last written in first, without a gap or a repeat', async () => {
      const expected: string[] = [];
      for (let index = 0; index < 25; index++) {
        // Four of each day, so that pages end between conversations of one time.
        const id = `c${String(index).padStart(2, '0')}`;
        await store.create(buildConversation({ id, inboxList: 'past', lastMessageAt: day(1 + (index >> 2)) }), []);
        expected.unshift(id);
      }
      await store.create(buildConversation({ inboxList: 'queue' }), []);
      for (const limit of [1, 3, 7, 25, 100]) {
        const seen: Conversation[] = [];
        for (;;) {
          const page = await store.listPast(limit, seen.at(-1));
          expect(page.length).toBeLessThanOrEqual(limit);
          if (page.length === 0) break;
          seen.push(...page);
        }
        expect(idsOf(seen)).toEqual(expected);
      }
    });

    it('keeps who signed a message, and changes of who speaks', async () => {
      const [first, second, third] = buildMessages(3);
      const messages = [
        { ...first, author: 'delegate', signature: { delegateId: 'jean', name: 'Jean' } },
        { ...second, author: 'system', content: { kind: 'handoff', event: 'initiate' } },
        { ...third, author: 'system', content: { kind: 'handoff', event: 'status', state: 'accepted' } },
      ] as Parameters<ConversationStore['create']>[1];
      const conversation = buildConversation({ lastSeq: 3 });
      await store.create(conversation, messages);
      expect(await store.messagesAfter(conversation.id, 0, 10)).toEqual(messages);
    });
  });
}
