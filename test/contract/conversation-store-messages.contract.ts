import { expect, it } from '@jest/globals';
import type { Message } from '../../src/domain/message.js';
import type { ConversationStore } from '../../src/storage/ports/conversation-store.js';
import { buildChange, buildConversation, buildMessage, buildMessages } from '../support/build-conversation.js';

/** Reading messages back, by position and by outside id. */
export function describeMessages(store: () => ConversationStore): void {
  it('pages through 150 messages, stored in many sizes of turn', async () => {
    const conversation = buildConversation();
    const all = buildMessages(150);
    await store().create(conversation, []);
    for (let lastSeq = 0, rev = 0; lastSeq < all.length; rev++) {
      const messages = all.slice(lastSeq, lastSeq + (rev % 7));
      await store().commit(buildChange({ id: conversation.id, expectedRev: rev, messages }));
      lastSeq += messages.length;
    }
    expect(await store().countMessages(conversation.id)).toBe(150);
    for (const limit of [1, 7, 40, 150, 1000]) {
      const pages: Message[] = [];
      for (;;) {
        const page = await store().messagesAfter(conversation.id, pages.length, limit);
        expect(page.length).toBeLessThanOrEqual(limit);
        if (page.length === 0) break;
        pages.push(...page);
      }
      expect(pages).toEqual(all);
    }
    expect(await store().findMessage(conversation.id, 'in:1')).toEqual(all[0]);
    expect(await store().findMessage(conversation.id, 'in:75')).toEqual(all[74]);
    expect(await store().findMessage(conversation.id, 'in:150')).toEqual(all[149]);
    expect(await store().findMessage(conversation.id, 'in:151')).toBeUndefined();
  });

  it('holds a hundred messages of one change', async () => {
    const conversation = buildConversation({ lastSeq: 5 });
    await store().create(conversation, buildMessages(5));
    await store().commit(buildChange({ id: conversation.id, messages: buildMessages(100, 5) }));
    await store().commit(buildChange({ id: conversation.id, expectedRev: 1, messages: buildMessages(1, 105) }));
    expect(await store().messagesAfter(conversation.id, 0, 200)).toEqual(buildMessages(106));
  });

  it('reads without a gap while others write', async () => {
    const conversation = buildConversation();
    await store().create(conversation, []);
    let isWriting = true;
    async function write() {
      for (let rev = 0; rev < 30; rev++) {
        await store().commit(
          buildChange({ id: conversation.id, expectedRev: rev, messages: buildMessages(5, rev * 5) }),
        );
      }
      isWriting = false;
    }
    async function read() {
      while (isWriting) {
        const seen = await store().messagesAfter(conversation.id, 0, 1000);
        expect(seen.map(({ seq }) => seq)).toEqual(seen.map((_, index) => index + 1));
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    await Promise.all([write(), read(), read()]);
    expect(await store().countMessages(conversation.id)).toBe(150);
  });

  it('keeps every character, kind of content and missing field', async () => {
    const contents: Message['content'][] = [
      { kind: 'text', text: 'é è ç « » œ 👮🏽‍♀️ \u0000 \u0007 \r\n \u2028 \u202e مرحبا' },
      { kind: 'text', text: 'lone \ud800 surrogate' },
      { kind: 'text', text: '' },
      { kind: 'text', text: '__proto__ $where {"a.b": 1} \' OR 1=1 --' },
      {
        kind: 'text',
        text: 'carte',
        card: { title: 'Plan', text: 't', links: [{ title: 'Appeler', url: 'tel:17' }] },
        actions: [{ title: 'Oui', value: 'oui' }],
      },
      { kind: 'erased', erasedMessages: 4 },
    ];
    const messages = contents.map((content, index) =>
      buildMessage({ seq: index + 1, externalId: `\u0000${index} é`, content }),
    );
    const conversation = buildConversation({
      lastSeq: messages.length,
      dialogState: { 'a.b': { $set: 'x' }, '': null, text: '\u0000 \ud800', n: [1.5, -3, 1e21] },
    });
    await store().create(conversation, messages);
    expect(await store().messagesAfter(conversation.id, 0, 10)).toEqual(messages);
    expect(await store().load(conversation.id)).toEqual(conversation);
    expect(await store().findMessage(conversation.id, '\u00001 é')).toEqual(messages[1]);
  });
}
