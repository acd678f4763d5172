import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConfigError } from '../../src/config.js';
import type { DeskState } from '../../src/domain/desk-state.js';
import { buildChange, buildConversation, buildMessage, buildMessages } from '../support/build-conversation.js';
import { CANARY, formsOf } from '../support/storage-canary.js';
import { type MakeStorage, OTHER_KEY, type StorageUnderTest } from '../support/storage-under-test.js';

/** What someone who takes the database finds, and what opening it again gives. */
export function describeConversationStoreAtRest(makeStorage: MakeStorage): void {
  describe('at rest', () => {
    let underTest: StorageUnderTest;

    beforeEach(async () => {
      underTest = await makeStorage();
    });
    afterEach(() => underTest.dispose());

    it('keeps everything over a reopening', async () => {
      const first = await underTest.open();
      const conversation = buildConversation({ channel: 'telegram', address: { key: 'k', details: { a: 1 } } });
      await first.conversations.create(conversation, []);
      await first.conversations.commit(buildChange({ id: conversation.id, messages: buildMessages(60) }));
      await first.conversations.commit(
        buildChange({ id: conversation.id, expectedRev: 1, messages: buildMessages(2, 60) }),
      );
      const before = await first.conversations.load(conversation.id);
      await first.close();

      const { conversations } = await underTest.open();
      expect(await conversations.load(conversation.id)).toEqual(before);
      expect(await conversations.findByAddress('telegram', 'k')).toEqual(before);
      expect(await conversations.messagesAfter(conversation.id, 0, 100)).toEqual(buildMessages(62));
    });

    it('shows no word, state, address or outside id to whoever takes the database', async () => {
      const { conversations } = await underTest.open();
      const conversation = buildConversation({
        id: 'readable-id',
        channel: 'telegram',
        address: { key: `key ${CANARY}`, details: { name: CANARY } },
        dialogState: { answer: CANARY },
        desk: deskOf(CANARY),
      });
      await conversations.create(conversation, []);
      for (let rev = 0; rev < 50; rev++) {
        const message = buildMessage({
          seq: rev + 1,
          externalId: `${CANARY} ${rev}`,
          clientId: CANARY,
          signature: { delegateId: CANARY, name: CANARY },
          text: CANARY,
        });
        const dialogState = { answer: CANARY, rev };
        const desk = deskOf(`${CANARY} ${rev}`);
        await conversations.commit(
          buildChange({ id: conversation.id, expectedRev: rev, dialogState, desk, messages: [message] }),
        );
      }
      const raw = await underTest.readRaw();
      // The scan sees what is in clear.
      expect(raw.includes('readable-id')).toBe(true);
      for (const form of formsOf(CANARY)) expect(raw.includes(form)).toBe(false);
    });

    it('leaves no sealed message behind an erasure or a removal', async () => {
      const { conversations } = await underTest.open();
      const erased = buildConversation();
      const removed = buildConversation();
      for (const { id } of [erased, removed]) {
        await conversations.create(buildConversation({ id }), []);
        await conversations.commit(buildChange({ id, messages: buildMessages(50) }));
        await conversations.commit(buildChange({ id, expectedRev: 1, messages: buildMessages(10, 50) }));
      }
      const sealed = await underTest.readSealedMessages();
      const before = await underTest.readRaw();
      expect(sealed).toHaveLength(120);
      expect(sealed.every((value) => before.includes(value))).toBe(true);

      await conversations.commit(buildChange({ id: erased.id, expectedRev: 2, erasesHistory: true }));
      await conversations.remove(removed.id);
      const after = await underTest.readRaw();
      expect(sealed.filter((value) => after.includes(value))).toEqual([]);
    });

    it('refuses another key when it opens, and takes the right one still', async () => {
      const first = await underTest.open();
      const conversation = buildConversation();
      await first.conversations.create(conversation, []);
      await first.close();

      const refused = underTest.open({ dataKey: OTHER_KEY });
      await expect(refused).rejects.toThrow(ConfigError);
      await expect(refused).rejects.toThrow(/autre clé.*DATA_KEY/s);
      const again = await underTest.open();
      expect(await again.conversations.load(conversation.id)).toEqual(conversation);
    });

    it('opens for several servers at once, which then share all', async () => {
      const servers = await Promise.all(Array.from({ length: 4 }, () => underTest.open()));
      const conversation = buildConversation();
      await servers[0]?.conversations.create(conversation, []);
      for (const { conversations } of servers) expect(await conversations.load(conversation.id)).toEqual(conversation);
    });

    it('says that it is unavailable once closed', async () => {
      const storage = await underTest.open();
      const { conversations } = storage;
      const conversation = buildConversation();
      await conversations.create(conversation, []);
      const underWay = conversations.commit(buildChange({ id: conversation.id, messages: buildMessages(1) }));
      await Promise.all([underWay, storage.close()]);
      await storage.close();

      const calls = [
        () => storage.ping(),
        () => conversations.create(buildConversation(), []),
        () => conversations.load(conversation.id),
        () => conversations.findByAddress('telegram', 'k'),
        () => conversations.commit(buildChange({ id: conversation.id, expectedRev: 1 })),
        () => conversations.messagesAfter(conversation.id, 0, 1),
        () => conversations.findMessage(conversation.id, 'in:1'),
        () => conversations.countMessages(conversation.id),
        () => conversations.remove(conversation.id),
        () => conversations.listQueue(1),
        () => conversations.listPast(1),
        () => conversations.listRecent(1),
        () => conversations.removeInactiveSince(new Date(), 1),
      ];
      for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'storage-unavailable' });

      const { conversations: reopened } = await underTest.open();
      expect(await reopened.load(conversation.id)).toMatchObject({ rev: 1 });
    });
  });
}

function deskOf(text: string): DeskState {
  const callback = { id: text, firstName: text, phone: text, moment: { part: 'any' as const }, requestedAt: 0 };
  const block = { by: text, reason: text, at: 0 };
  return { holder: text, labels: [text], priority: 'high', callbacks: [callback], block, handledBy: [text] };
}
