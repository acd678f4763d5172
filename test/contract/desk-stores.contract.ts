import { expect, it } from '@jest/globals';
import type { Bookmark, Delivery } from '../../src/storage/ports/desk-store.js';
import { buildBookmark, buildNote } from '../support/storage-builders.js';
import { describeFresh, race } from '../support/storage-fresh.js';
import type { MakeStorage } from '../support/storage-under-test.js';

export function describeNoteStore(name: string, makeStorage: MakeStorage): void {
  describeFresh(`note store: ${name}`, makeStorage, (fresh) => {
    const notes = () => fresh().storage.notes;

    it('lists those of a conversation, the oldest first', async () => {
      const [late, early] = [buildNote({ at: 20, text: 'Suite\n« é »' }), buildNote({ at: 10 })];
      for (const note of [late, early, buildNote({ conversationId: 'two' })]) await notes().add(note);
      expect(await notes().listOf('one')).toEqual([early, late]);
      expect(await notes().listOf('three')).toEqual([]);
      await expect(notes().add(early)).rejects.toMatchObject({ code: 'duplicate' });
    });

    it('keeps all of 20 that are added at once', async () => {
      await race((index) => (index % 2 ? fresh().other : fresh().storage).notes.add(buildNote({ at: index })));
      expect((await notes().listOf('one')).map(({ at }) => at)).toEqual(Array.from({ length: 20 }, (_, at) => at));
    });

    it('removes those of one conversation', async () => {
      for (const conversationId of ['one', 'one', 'two']) await notes().add(buildNote({ conversationId }));
      expect(await notes().removeOf('one')).toBe(2);
      expect(await notes().removeOf('one')).toBe(0);
      expect(await notes().listOf('one')).toEqual([]);
      expect(await notes().listOf('two')).toHaveLength(1);
    });
  });
}

export function describeBookmarkStore(name: string, makeStorage: MakeStorage): void {
  describeFresh(`bookmark store: ${name}`, makeStorage, (fresh) => {
    const bookmarks = () => fresh().storage.bookmarks;

    it('keeps one for each account and conversation, the last that was saved', async () => {
      const first = buildBookmark({ draft: 'Bonjour Madame,' });
      await bookmarks().save(first);
      expect(await bookmarks().load('jean', 'one')).toEqual(first);
      const second = buildBookmark({ readSeq: 9, at: first.at + 1 });
      await bookmarks().save(second);
      expect(await bookmarks().load('jean', 'one')).toEqual(second);
      expect(await bookmarks().listOf('jean')).toEqual([second]);
      expect(await bookmarks().load('one', 'jean')).toBeUndefined();
    });

    it('keeps one whole bookmark of 20 that are saved at once', async () => {
      const saved: Bookmark[] = Array.from({ length: 20 }, (_, index) => buildBookmark({ readSeq: index, at: index }));
      const { won } = await race((index) =>
        (index % 2 ? fresh().other : fresh().storage).bookmarks.save(saved[index] ?? buildBookmark()),
      );
      expect(won).toHaveLength(20);
      expect(saved).toContainEqual(await bookmarks().load('jean', 'one'));
      expect(await bookmarks().listOf('jean')).toHaveLength(1);
    });

    it('lists by account and removes by conversation', async () => {
      const mine = [buildBookmark({ at: 1 }), buildBookmark({ conversationId: 'two', at: 2 })];
      const hers = buildBookmark({ accountId: 'marie' });
      for (const bookmark of [...mine, hers]) await bookmarks().save(bookmark);
      expect(await bookmarks().listOf('jean')).toEqual(mine);
      expect(await bookmarks().removeOf('one')).toBe(2);
      expect(await bookmarks().listOf('jean')).toEqual(mine.slice(1));
      expect(await bookmarks().listOf('marie')).toEqual([]);
    });
  });
}

export function describeDeliveryStore(name: string, makeStorage: MakeStorage): void {
  describeFresh(`delivery store: ${name}`, makeStorage, (fresh) => {
    const deliveries = () => fresh().storage.deliveries;
    const failed = (conversationId: string, at: number): Delivery => ({
      conversationId,
      deliveredSeq: 4,
      failure: { code: 'blocked', at, attempts: 2 },
    });

    it('keeps how far each conversation was delivered', async () => {
      expect(await deliveries().load('one')).toBeUndefined();
      await deliveries().save(failed('one', 1));
      expect(await deliveries().load('one')).toEqual(failed('one', 1));
      await deliveries().save({ conversationId: 'one', deliveredSeq: 5 });
      expect(await fresh().other.deliveries.load('one')).toEqual({ conversationId: 'one', deliveredSeq: 5 });
      expect(await deliveries().remove('one')).toBe(true);
      expect(await deliveries().remove('one')).toBe(false);
    });

    it('lists those that failed, as long as they do', async () => {
      for (const [index, id] of ['c', 'a', 'b'].entries()) await deliveries().save(failed(id, index));
      await deliveries().save({ conversationId: 'fine', deliveredSeq: 1 });
      const ids = async (limit: number) => (await deliveries().listFailed(limit)).map((each) => each.conversationId);
      expect(await ids(10)).toEqual(['c', 'a', 'b']);
      expect(await ids(2)).toEqual(['c', 'a']);
      await deliveries().save({ conversationId: 'a', deliveredSeq: 9 });
      expect(await ids(10)).toEqual(['c', 'b']);
    });

    it('lists those that failed later than a time', async () => {
      for (const [index, id] of ['c', 'a', 'b'].entries()) await deliveries().save(failed(id, index));
      const ids = async (after: number) => (await deliveries().listFailed(2, after)).map((each) => each.conversationId);
      expect(await ids(-1)).toEqual(['c', 'a']);
      expect(await ids(0)).toEqual(['a', 'b']);
      expect(await ids(2)).toEqual([]);
    });
  });
}

export function describeSatelliteStore(name: string, makeStorage: MakeStorage): void {
  describeFresh(`satellite store: ${name}`, makeStorage, (fresh) => {
    it('finds and removes all that goes with conversations, and nothing else', async () => {
      const { notes, bookmarks, deliveries, satellites, audit } = fresh().storage;
      for (const conversationId of ['b', 'a', 'c', 'd']) {
        for (let count = 0; count < 3; count++) await notes.add(buildNote({ conversationId }));
        await bookmarks.save(buildBookmark({ conversationId }));
      }
      await deliveries.save({ conversationId: 'e', deliveredSeq: 1 });
      await audit.append({ seq: 1, at: 1, action: 'conversation.opened', subject: 'a', hash: 'h' });

      const seen: string[] = [];
      for (;;) {
        const page = await satellites.conversationIds(2, seen.at(-1));
        expect(page.length).toBeLessThanOrEqual(2);
        if (page.length === 0) break;
        seen.push(...page);
      }
      expect(seen).toEqual(['a', 'b', 'c', 'd', 'e']);

      expect(await satellites.removeOf(['a', 'c', 'e', 'absent'])).toBe(9);
      expect(await satellites.removeOf([])).toBe(0);
      expect(await satellites.conversationIds(10)).toEqual(['b', 'd']);
      expect(await notes.listOf('a')).toEqual([]);
      expect(await notes.listOf('b')).toHaveLength(3);
      expect(await deliveries.load('e')).toBeUndefined();
      expect(await audit.last()).toBeDefined();
    });

    it('erases all that goes with a conversation, save how far it was delivered', async () => {
      const { notes, bookmarks, deliveries, satellites } = fresh().storage;
      for (const conversationId of ['a', 'b']) {
        await notes.add(buildNote({ conversationId }));
        await bookmarks.save(buildBookmark({ conversationId }));
        await deliveries.save({ conversationId, deliveredSeq: 7 });
      }
      expect(await satellites.eraseOf('a')).toBe(2);
      expect(await satellites.eraseOf('a')).toBe(0);
      expect(await notes.listOf('a')).toEqual([]);
      expect(await bookmarks.load('jean', 'a')).toBeUndefined();
      expect(await fresh().other.deliveries.load('a')).toEqual({ conversationId: 'a', deliveredSeq: 7 });
      expect(await notes.listOf('b')).toHaveLength(1);
      expect(await satellites.removeOf(['a'])).toBe(1);
    });
  });
}
