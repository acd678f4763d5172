import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ConversationStore } from '../../src/storage/ports/conversation-store.js';
import { buildChange, buildConversation, buildMessages } from '../support/build-conversation.js';
import type { MakeStorage, StorageUnderTest } from '../support/storage-under-test.js';

/** Removing whole conversations, on request or by age. */
export function describeRemoval(makeStorage: MakeStorage): void {
  describe('removal', () => {
    let underTest: StorageUnderTest;
    let store: ConversationStore;

    beforeEach(async () => {
      underTest = await makeStorage();
      store = (await underTest.open()).conversations;
    });
    afterEach(() => underTest.dispose());

    it('removes a conversation with all its messages; its id and address are free again', async () => {
      const address = { key: 'k', details: {} };
      const conversation = buildConversation({ channel: 'telegram', address });
      await store.create(conversation, []);
      await store.commit(buildChange({ id: conversation.id, messages: buildMessages(50) }));
      await store.commit(buildChange({ id: conversation.id, expectedRev: 1, messages: buildMessages(50, 50) }));
      expect(await store.remove(conversation.id)).toBe(true);
      expect(await store.remove(conversation.id)).toBe(false);
      expect(await store.load(conversation.id)).toBeUndefined();
      expect(await store.findByAddress('telegram', 'k')).toBeUndefined();
      expect(await store.messagesAfter(conversation.id, 0, 10)).toEqual([]);
      expect(await store.findMessage(conversation.id, 'in:1')).toBeUndefined();
      expect(await underTest.readSealedMessages()).toEqual([]);

      await store.create(conversation, []);
      expect(await store.messagesAfter(conversation.id, 0, 10)).toEqual([]);
      await store.commit(buildChange({ id: conversation.id, messages: buildMessages(3) }));
      expect(await store.messagesAfter(conversation.id, 0, 10)).toEqual(buildMessages(3));
    });

    it('tells one only of several removals at once that it removed', async () => {
      const conversation = buildConversation({ lastSeq: 45 });
      await store.create(conversation, buildMessages(45));
      const outcomes = await Promise.all(Array.from({ length: 8 }, () => store.remove(conversation.id)));
      expect(outcomes.filter(Boolean)).toHaveLength(1);
    });

    it('removes those whose last message is older, the oldest first, so many at a time', async () => {
      const day = (date: number) => new Date(Date.UTC(2026, 0, date));
      const conversations = [5, 1, 3, 2, 4].map((date) =>
        buildConversation({ id: `of day ${date}`, lastMessageAt: day(date), lastSeq: 50 }),
      );
      for (const conversation of conversations) await store.create(conversation, buildMessages(50));
      await store.commit(buildChange({ id: 'of day 1', messages: buildMessages(1, 50), at: day(9) }));

      expect(await store.removeInactiveSince(day(4), 1)).toEqual(['of day 2']);
      expect(await store.load('of day 2')).toBeUndefined();
      expect(await store.load('of day 3')).toBeDefined();
      expect(await store.removeInactiveSince(day(4), 10)).toEqual(['of day 3']);
      expect(await store.removeInactiveSince(day(4), 10)).toEqual([]);
      expect(await store.load('of day 3')).toBeUndefined();
      for (const id of ['of day 1', 'of day 4', 'of day 5']) expect(await store.load(id)).toBeDefined();
      expect(await underTest.readSealedMessages()).toHaveLength(51 + 50 + 50);
    });
  });
}
