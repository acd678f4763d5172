import { expect, it } from '@jest/globals';
import type { ConversationStore } from '../../src/storage/ports/conversation-store.js';
import { buildChange, buildConversation, buildMessage, buildMessages } from '../support/build-conversation.js';

/** Removing what was said, within a change. */
export function describeErasure(store: () => ConversationStore): void {
  it.each([3, 39, 100])('erases %i messages together with the change', async (count) => {
    const conversation = buildConversation();
    await store().create(conversation, []);
    let rev = 0;
    for (; rev * 10 < count; rev++) {
      const messages = buildMessages(Math.min(10, count - rev * 10), rev * 10);
      await store().commit(buildChange({ id: conversation.id, expectedRev: rev, messages }));
    }
    const notice = buildMessage({
      seq: count + 1,
      externalId: 'in:1',
      author: 'system',
      content: { kind: 'erased', erasedMessages: count },
    });
    const messages = [notice, buildMessage({ seq: count + 2, author: 'bot', text: 'C’est fait.' })];
    await store().commit(buildChange({ id: conversation.id, expectedRev: rev, messages, erasesHistory: true }));

    expect(await store().messagesAfter(conversation.id, 0, 1000)).toEqual(messages);
    expect(await store().countMessages(conversation.id)).toBe(2);
    expect(await store().findMessage(conversation.id, 'in:2')).toBeUndefined();
    expect(await store().findMessage(conversation.id, 'in:1')).toEqual(notice);
    expect(await store().load(conversation.id)).toMatchObject({ rev: rev + 1, lastSeq: count + 2 });

    const later = buildMessages(90, count + 2);
    await store().commit(buildChange({ id: conversation.id, expectedRev: rev + 1, messages: later.slice(0, 45) }));
    await store().commit(buildChange({ id: conversation.id, expectedRev: rev + 2, messages: later.slice(45) }));
    expect(await store().messagesAfter(conversation.id, 0, 1000)).toEqual([...messages, ...later]);
  });

  it('erases nothing when the change is refused', async () => {
    const conversation = buildConversation({ lastSeq: 60 });
    await store().create(conversation, buildMessages(60));
    const change = buildChange({ id: conversation.id, expectedRev: 4, erasesHistory: true });
    await expect(store().commit(change)).rejects.toMatchObject({ code: 'revision-conflict' });
    expect(await store().countMessages(conversation.id)).toBe(60);
  });

  it('erases all, with nothing in its place', async () => {
    const conversation = buildConversation({ lastSeq: 60 });
    await store().create(conversation, buildMessages(60));
    await store().commit(buildChange({ id: conversation.id, erasesHistory: true }));
    expect(await store().messagesAfter(conversation.id, 0, 100)).toEqual([]);
    expect(await store().load(conversation.id)).toMatchObject({ rev: 1, lastSeq: 60 });
  });

  it('lets one win of erasures and messages at once, and reads whole states only', async () => {
    const conversation = buildConversation();
    await store().create(conversation, []);
    for (let rev = 0; rev < 8; rev++) {
      await store().commit(buildChange({ id: conversation.id, expectedRev: rev, messages: buildMessages(5, rev * 5) }));
    }
    const outcomes = await Promise.allSettled(
      Array.from({ length: 12 }, (_, index) => {
        const messages = buildMessages(1, 40);
        return store().commit(
          buildChange({ id: conversation.id, expectedRev: 8, messages, erasesHistory: index % 2 === 0 }),
        );
      }),
    );
    const winner = outcomes.findIndex(({ status }) => status === 'fulfilled');
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const stored = await store().messagesAfter(conversation.id, 0, 100);
    expect(stored).toEqual(winner % 2 === 0 ? buildMessages(1, 40) : buildMessages(41));
  });
}
