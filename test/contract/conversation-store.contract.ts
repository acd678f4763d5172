import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Message } from '../../src/domain/message.js';
import type { ConversationStore } from '../../src/storage/ports/conversation-store.js';
import type { Storage } from '../../src/storage/ports/storage.js';
import { buildChange, buildConversation, buildMessage, buildMessages } from '../support/build-conversation.js';
import type { MakeStorage, StorageUnderTest } from '../support/storage-under-test.js';
import { describeConversationStoreAtRest } from './conversation-store-at-rest.contract.js';
import { describeConversationStoreModel } from './conversation-store-model.contract.js';

/** What every adapter promises. It never asks which one it tests. */
export function describeConversationStore(name: string, makeStorage: MakeStorage): void {
  describe(`conversation store: ${name}`, () => {
    describe('on one database', () => {
      let underTest: StorageUnderTest;
      let storage: Storage;
      let store: ConversationStore;

      beforeAll(async () => {
        underTest = await makeStorage();
        storage = await underTest.open();
        store = storage.conversations;
      });
      afterAll(() => underTest.dispose());

      describeCreation(() => store);
      describeCommits(() => store);
      describeMessages(() => store);
      describeErasure(() => store);

      it('answers a ping', async () => {
        await expect(storage.ping()).resolves.toBeUndefined();
      });
    });

    describeRemoval(makeStorage);
    describeConversationStoreAtRest(makeStorage);
    describeConversationStoreModel(makeStorage);
  });
}

function describeCreation(store: () => ConversationStore): void {
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

function describeCommits(store: () => ConversationStore): void {
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

function describeMessages(store: () => ConversationStore): void {
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

function describeErasure(store: () => ConversationStore): void {
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

function describeRemoval(makeStorage: MakeStorage): void {
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

      expect(await store.removeInactiveSince(day(4), 1)).toBe(1);
      expect(await store.load('of day 2')).toBeUndefined();
      expect(await store.load('of day 3')).toBeDefined();
      expect(await store.removeInactiveSince(day(4), 10)).toBe(1);
      expect(await store.removeInactiveSince(day(4), 10)).toBe(0);
      expect(await store.load('of day 3')).toBeUndefined();
      for (const id of ['of day 1', 'of day 4', 'of day 5']) expect(await store.load(id)).toBeDefined();
      expect(await underTest.readSealedMessages()).toHaveLength(51 + 50 + 50);
    });
  });
}
