import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Storage } from '../../../src/storage/ports/storage.js';
import { buildChange, buildConversation, buildMessages } from '../../support/build-conversation.js';
import { buildAccount, buildAuditEntry, buildBookmark, buildInvitation } from '../../support/storage-builders.js';
import { type MongooseUnderTest, makeMongooseStorage } from '../../support/storage-mongoose.js';
import { type CutPoint, startWire, type Wire, type WireCommand } from '../../support/storage-wire.js';

const serverUri = process.env.MONGODB_TEST_URI ?? '';
const describeWithServer = serverUri ? describe : describe.skip;

type When = CutPoint['when'];

/** A broken connection is what a change of the primary, a restart of the server and a cut of the network look like. */
describeWithServer('a line that breaks in the middle (needs MONGODB_TEST_URI)', () => {
  let wire: Wire;
  let underTest: MongooseUnderTest;
  let storage: Storage;

  const send = (name: string, collection: string) => (command: WireCommand) =>
    command.client === 'permanence' && command.name === name && command.collection === collection;
  const cutAt = (when: When, name: string, collection: string) => wire.cutOnce({ when, at: send(name, collection) });

  beforeEach(async () => {
    wire = await startWire(new URL(serverUri));
    underTest = await makeMongooseStorage(wire.through(serverUri));
    storage = await underTest.open();
  });
  afterEach(async () => {
    await underTest.dispose();
    await wire.stop();
  });

  describe.each<When>(['before', 'after'])('%s the server has done it', (when) => {
    it('a turn is committed once, and nobody sees it', async () => {
      const { conversations } = storage;
      await conversations.create(buildConversation({ id: 'one' }), []);
      const cut = cutAt(when, 'update', 'conversations');
      expect(await conversations.findMessage('one', 'new')).toBeUndefined();
      await conversations.commit(buildChange({ id: 'one', messages: buildMessages(3) }));
      await cut;
      expect(await conversations.load('one')).toMatchObject({ rev: 1, lastSeq: 3 });
      expect(await conversations.messagesAfter('one', 0, 10)).toEqual(buildMessages(3));
    });

    it('a turn without a message is committed once', async () => {
      const { conversations } = storage;
      await conversations.create(buildConversation({ id: 'one' }), []);
      const cut = cutAt(when, 'update', 'conversations');
      await conversations.commit(buildChange({ id: 'one', status: 'waiting' }));
      await cut;
      expect(await conversations.load('one')).toMatchObject({ rev: 1, status: 'waiting' });
    });

    it.each([
      ['insert', 'sweeps'],
      ['insert', 'messages'],
      ['update', 'conversations'],
    ])('a turn that archives is committed once, with every message (%s of %s)', async (name, collection) => {
      const { conversations } = storage;
      await conversations.create(buildConversation({ id: 'one', lastSeq: 38 }), buildMessages(38));
      const cut = cutAt(when, name, collection);
      await conversations.commit(buildChange({ id: 'one', messages: buildMessages(5, 38) }));
      await cut;
      expect(await conversations.messagesAfter('one', 0, 100)).toEqual(buildMessages(43));
      expect(await conversations.countMessages('one')).toBe(43);
    });

    it('an erasure is made once', async () => {
      const { conversations } = storage;
      await conversations.create(buildConversation({ id: 'one', lastSeq: 38 }), buildMessages(38));
      const cut = cutAt(when, 'update', 'conversations');
      await conversations.commit(buildChange({ id: 'one', messages: buildMessages(1, 38), erasesHistory: true }));
      await cut;
      expect(await conversations.messagesAfter('one', 0, 100)).toEqual(buildMessages(1, 38));
    });

    it('a conversation is opened once, and is removed', async () => {
      const { conversations } = storage;
      const opened = cutAt(when, 'insert', 'conversations');
      await conversations.create(buildConversation({ id: 'one', lastSeq: 2 }), buildMessages(2));
      await opened;
      expect(await conversations.countMessages('one')).toBe(2);
      const removed = cutAt(when, 'delete', 'conversations');
      expect(await conversations.remove('one')).toBe(true);
      await removed;
      expect(await conversations.load('one')).toBeUndefined();
      expect(await conversations.remove('one')).toBe(false);
    });

    it('records are inserted, put and replaced once', async () => {
      const inserted = cutAt(when, 'insert', 'records');
      await storage.audit.append(buildAuditEntry(1));
      await inserted;
      await expect(storage.audit.append(buildAuditEntry(1))).rejects.toMatchObject({ code: 'duplicate' });
      const account = buildAccount();
      await storage.accounts.create(account);
      const replaced = cutAt(when, 'update', 'records');
      await storage.accounts.update({ ...account, displayName: 'Jeanne' });
      await replaced;
      expect(await storage.accounts.load(account.id)).toMatchObject({ rev: 1, displayName: 'Jeanne' });
      const put = cutAt(when, 'update', 'records');
      await storage.bookmarks.save(buildBookmark({ draft: 'Bonjour' }));
      await put;
      expect(await storage.bookmarks.listOf('jean')).toEqual([buildBookmark({ draft: 'Bonjour' })]);
    });

    it('what is read is read again', async () => {
      await storage.conversations.create(buildConversation({ id: 'one', lastSeq: 2 }), buildMessages(2));
      const cut = cutAt(when, 'find', 'conversations');
      expect(await storage.conversations.messagesAfter('one', 0, 10)).toEqual(buildMessages(2));
      await cut;
    });

    it('what one caller only may have is given to nobody when nobody can tell', async () => {
      const invitation = buildInvitation();
      await storage.invitations.create(invitation);
      const cut = cutAt(when, 'delete', 'records');
      await expect(storage.invitations.remove(invitation.id)).rejects.toMatchObject({ code: 'storage-unavailable' });
      await cut;
      expect(await storage.invitations.remove(invitation.id)).toBe(when === 'before');
    });
  });

  it('a commit that was applied, not answered, and overtaken is found done, or told as overtaken', async () => {
    const { conversations } = storage;
    const other = (await underTest.open()).conversations;
    for (const [id, brings] of [
      ['with words', 2],
      ['without', 0],
    ] as const) {
      await conversations.create(buildConversation({ id }), []);
      const overtaking = wire
        .cutOnce({ when: 'after', at: send('update', 'conversations') })
        .then(() => other.commit(buildChange({ id, expectedRev: 1, messages: buildMessages(1, brings) })));
      const commit = conversations.commit(buildChange({ id, messages: buildMessages(brings) }));
      const [first, second] = await Promise.allSettled([commit, overtaking]);
      expect(second).toMatchObject({ status: 'fulfilled' });
      // The second try of the first may come before or after the other one: it is never applied again.
      if (first.status === 'rejected') expect(first.reason).toMatchObject({ code: 'revision-conflict' });
      if (brings > 0) expect(first.status).toBe('fulfilled');
      expect(await conversations.load(id)).toMatchObject({ rev: 2, lastSeq: brings + 1 });
      expect(await conversations.messagesAfter(id, 0, 10)).toEqual(buildMessages(brings + 1));
    }
  });

  it('while it stays broken everything fails within the time limit, and nothing is half done', async () => {
    const { conversations } = storage;
    await conversations.create(buildConversation({ id: 'one', lastSeq: 38 }), buildMessages(38));
    const change = buildChange({ id: 'one', messages: buildMessages(5, 38) });
    const broken = wire.cutOnce({ when: 'after', at: send('update', 'conversations') }).then(() => wire.cut());
    await expect(conversations.commit(change)).rejects.toMatchObject({ code: 'storage-unavailable' });
    await broken;
    wire.restore();
    // It was applied: the same change finds itself overtaken by itself, as a turn does that is sent again.
    await expect(conversations.commit(change)).rejects.toMatchObject({ code: 'revision-conflict' });
    expect(await conversations.findMessage('one', change.messages[0]?.externalId ?? '')).toBeDefined();
    expect(await conversations.messagesAfter('one', 0, 100)).toEqual(buildMessages(43));
  });
});
