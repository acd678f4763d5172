import { expect, it } from '@jest/globals';
import type { Message } from '../../src/domain/message.js';
import type { ConversationStore } from '../../src/storage/ports/conversation-store.js';
import { buildChange, buildConversation, buildMessage, buildMessages } from '../support/build-conversation.js';

/** The conditional write: whole, or nothing. */
export function describeCommits(store: () => ConversationStore): void {
  async function given(messages: readonly Message[] = []) {
    const conversation = buildConversation({ lastSeq: messages.length });
    await store().create(conversation, messages);
    return conversation;
  }

  it('applies a whole change', async () => {
    const conversation = await given(buildMessages(1));
    const at = new Date('2026-03-05T09:30:00.000Z');
    const messages = [
      buildMessage({ seq: 2, externalId: 'abc', clientId: 'c1', text: 'Quand ?', at }),
      buildMessage({ seq: 3, externalId: 'out:3', author: 'bot', replyTo: 2, text: 'Mercredi', at }),
    ];
    const dialogState = { step: 1 };
    await store().commit(buildChange({ id: conversation.id, status: 'waiting', dialogState, messages, at }));
    const changed = { ...conversation, rev: 1, lastSeq: 3, status: 'waiting', dialogState, lastMessageAt: at };
    expect(await store().load(conversation.id)).toEqual(changed);
    expect(await store().messagesAfter(conversation.id, 1, 10)).toEqual(messages);
    expect(await store().countMessages(conversation.id)).toBe(3);
  });

  it('leaves the time of the last message when a change brings none', async () => {
    const conversation = await given();
    await store().commit(buildChange({ id: conversation.id, status: 'assigned', at: new Date('2027-01-01') }));
    expect(await store().load(conversation.id)).toEqual({ ...conversation, rev: 1, status: 'assigned' });
  });

  it('refuses a change made from another rev, whole', async () => {
    const conversation = await given();
    await store().commit(buildChange({ id: conversation.id, messages: buildMessages(1) }));
    for (const expectedRev of [0, 2, 7]) {
      const change = buildChange({ id: conversation.id, expectedRev, status: 'closed', messages: buildMessages(1, 1) });
      await expect(store().commit(change)).rejects.toMatchObject({ code: 'revision-conflict' });
    }
    expect(await store().load(conversation.id)).toMatchObject({ rev: 1, lastSeq: 1, status: 'bot' });
    expect(await store().countMessages(conversation.id)).toBe(1);
  });

  it('refuses a change of an unknown conversation', async () => {
    const change = store().commit(buildChange({ id: 'absent', messages: buildMessages(1) }));
    await expect(change).rejects.toMatchObject({ code: 'conversation-gone' });
    expect(await store().messagesAfter('absent', 0, 10)).toEqual([]);
  });

  it.each([0, 38])('lets one win of 20 changes at once over %i messages', async (count) => {
    const conversation = await given(buildMessages(count));
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => {
        const seq = count + 1;
        const messages = [
          buildMessage({ seq, externalId: `racer ${index}` }),
          buildMessage({ seq: seq + 1, externalId: 'a' }),
          buildMessage({ seq: seq + 2, externalId: 'b' }),
        ];
        return store().commit(buildChange({ id: conversation.id, dialogState: { index }, messages }));
      }),
    );
    const winners = outcomes.flatMap(({ status }, index) => (status === 'fulfilled' ? [index] : []));
    const codes = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []));
    expect(winners).toHaveLength(1);
    expect(codes).toEqual(Array(19).fill('revision-conflict'));
    const [winner] = winners;
    expect(await store().load(conversation.id)).toMatchObject({ rev: 1, dialogState: { index: winner } });
    const stored = await store().messagesAfter(conversation.id, 0, 100);
    expect(stored.map(({ seq }) => seq)).toEqual(Array.from({ length: count + 3 }, (_, index) => index + 1));
    expect(stored.at(-3)?.externalId).toBe(`racer ${winner}`);
  });

  it('refuses an external id that is stored, however old', async () => {
    const conversation = await given(buildMessages(30));
    for (let rev = 0; rev < 10; rev++) {
      const messages = buildMessages(10, 30 + rev * 10);
      await store().commit(buildChange({ id: conversation.id, expectedRev: rev, messages }));
    }
    for (const externalId of ['in:1', 'in:64', 'in:130']) {
      const messages = [buildMessage({ seq: 131, externalId: 'fresh' }), buildMessage({ seq: 132, externalId })];
      const change = store().commit(buildChange({ id: conversation.id, expectedRev: 10, messages }));
      await expect(change).rejects.toMatchObject({ code: 'duplicate' });
    }
    const twice = [buildMessage({ seq: 131, externalId: 'x' }), buildMessage({ seq: 132, externalId: 'x' })];
    const change = store().commit(buildChange({ id: conversation.id, expectedRev: 10, messages: twice }));
    await expect(change).rejects.toMatchObject({ code: 'duplicate' });
    expect(await store().load(conversation.id)).toMatchObject({ rev: 10, lastSeq: 130 });
    expect(await store().findMessage(conversation.id, 'fresh')).toBeUndefined();
  });

  it('refuses positions that leave a gap or run backwards', async () => {
    const conversation = await given(buildMessages(2));
    for (const messages of [buildMessages(1, 3), buildMessages(1, 1), buildMessages(2, 2).reverse()]) {
      await expect(store().commit(buildChange({ id: conversation.id, messages }))).rejects.toThrow(RangeError);
    }
    expect(await store().load(conversation.id)).toEqual(conversation);
  });
}
