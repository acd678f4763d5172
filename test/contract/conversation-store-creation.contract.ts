import { expect, it } from '@jest/globals';
import type { ConversationStore } from '../../src/storage/ports/conversation-store.js';
import { buildConversation, buildMessage, buildMessages } from '../support/build-conversation.js';

/** Opening a conversation and finding it again. */
export function describeCreation(store: () => ConversationStore): void {
  it('gives back what was created', async () => {
    const messages = buildMessages(3);
    const conversation = buildConversation({
      channel: 'telegram',
      address: { key: 'chat 1', details: { chat: 1, path: ['a', null, true] } },
      status: 'waiting',
      dialogState: { stack: [{ id: 'menu', step: 2 }], empty: {} },
      lastSeq: 3,
      createdAt: new Date('2026-01-01T00:00:00.001Z'),
      lastMessageAt: new Date('2026-01-02T00:00:00.999Z'),
    });
    await store().create(conversation, messages);
    expect(await store().load(conversation.id)).toEqual(conversation);
    expect(await store().findByAddress('telegram', 'chat 1')).toEqual(conversation);
    expect(await store().messagesAfter(conversation.id, 0, 10)).toEqual(messages);
  });

  it('knows nothing of other ids and addresses', async () => {
    expect(await store().load('absent')).toBeUndefined();
    expect(await store().findByAddress('telegram', 'absent')).toBeUndefined();
    expect(await store().messagesAfter('absent', 0, 10)).toEqual([]);
    expect(await store().findMessage('absent', 'in:1')).toBeUndefined();
    expect(await store().countMessages('absent')).toBe(0);
    expect(await store().remove('absent')).toBe(false);
  });

  it('refuses a taken id, and keeps the first', async () => {
    const first = buildConversation({ lastSeq: 1 });
    await store().create(first, [buildMessage({ text: 'premier' })]);
    const second = store().create({ ...first, status: 'waiting' }, [buildMessage({ text: 'second' })]);
    await expect(second).rejects.toMatchObject({ code: 'duplicate' });
    expect(await store().load(first.id)).toEqual(first);
    expect(await store().messagesAfter(first.id, 0, 10)).toEqual([buildMessage({ text: 'premier' })]);
  });

  it('refuses a taken address within the channel only', async () => {
    const address = { key: 'shared', details: {} };
    await store().create(buildConversation({ channel: 'telegram', address }), []);
    const second = buildConversation({ channel: 'telegram', address, lastSeq: 1 });
    await expect(store().create(second, [buildMessage()])).rejects.toMatchObject({ code: 'duplicate' });
    expect(await store().load(second.id)).toBeUndefined();
    expect(await store().messagesAfter(second.id, 0, 10)).toEqual([]);
    await store().create(buildConversation({ channel: 'botframework', address }), []);
  });

  it('opens many at once without addresses, and one only per address', async () => {
    const apart = Array.from({ length: 10 }, () => store().create(buildConversation(), []));
    await Promise.all(apart);
    const address = { key: 'raced', details: {} };
    const raced = await Promise.allSettled(
      Array.from({ length: 10 }, () => store().create(buildConversation({ channel: 'telegram', address }), [])),
    );
    expect(raced.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('refuses two first messages with one external id', async () => {
    const conversation = buildConversation({ lastSeq: 2 });
    const messages = [buildMessage({ seq: 1, externalId: 'x' }), buildMessage({ seq: 2, externalId: 'x' })];
    await expect(store().create(conversation, messages)).rejects.toMatchObject({ code: 'duplicate' });
    expect(await store().load(conversation.id)).toBeUndefined();
  });
}
