import { expect, it } from '@jest/globals';
import type { Ask, Bookmark, Delivery } from '../../src/storage/ports/desk-store.js';
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
      const rev = await deliveries().save(failed('one', 1));
      expect(await deliveries().load('one')).toEqual({ ...failed('one', 1), rev });
      const next = await deliveries().save({ conversationId: 'one', deliveredSeq: 5 }, rev);
      expect(next).not.toBe(rev);
      expect(await fresh().other.deliveries.load('one')).toEqual({ conversationId: 'one', deliveredSeq: 5, rev: next });
      expect(await deliveries().remove('one')).toBe(true);
      expect(await deliveries().remove('one')).toBe(false);
    });

    it('is written by nobody who has not seen what stands there', async () => {
      const conflict = { code: 'revision-conflict' };
      await expect(deliveries().save(failed('one', 1), 0)).rejects.toMatchObject(conflict);
      const rev = await deliveries().save(failed('one', 1));
      await expect(deliveries().save(failed('one', 2))).rejects.toMatchObject(conflict);
      await deliveries().save(failed('one', 3), rev);
      await expect(fresh().other.deliveries.save(failed('one', 4), rev)).rejects.toMatchObject(conflict);
      expect(await deliveries().load('one')).toMatchObject(failed('one', 3));
      await deliveries().remove('one');
      await expect(deliveries().save(failed('one', 5), rev + 1)).rejects.toMatchObject(conflict);
      expect(await deliveries().load('one')).toBeUndefined();
    });

    it('takes one of 20 that are saved over the same, and one of 20 that are the first', async () => {
      const either = (index: number) => (index % 2 ? fresh().other : fresh().storage).deliveries;
      const begun = await race((index) => either(index).save({ conversationId: 'one', deliveredSeq: index }));
      expect(begun.won).toHaveLength(1);
      expect(new Set(begun.lost)).toEqual(new Set(['revision-conflict']));
      const rev = begun.won[0]?.value;
      const over = await race((index) => either(index).save({ conversationId: 'one', deliveredSeq: 100 + index }, rev));
      expect(over.won).toHaveLength(1);
      expect(await deliveries().load('one')).toMatchObject({ deliveredSeq: 100 + (over.won[0]?.index ?? -1) });
    });

    it('lists those that failed, as long as they do', async () => {
      const revs = new Map<string, number>();
      for (const [index, id] of ['c', 'a', 'b'].entries()) revs.set(id, await deliveries().save(failed(id, index)));
      await deliveries().save({ conversationId: 'fine', deliveredSeq: 1 });
      const ids = async (limit: number) => (await deliveries().listFailed(limit)).map((each) => each.conversationId);
      expect(await ids(10)).toEqual(['c', 'a', 'b']);
      expect(await ids(2)).toEqual(['c', 'a']);
      await deliveries().save({ conversationId: 'a', deliveredSeq: 9 }, revs.get('a'));
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

export function describeAskStore(name: string, makeStorage: MakeStorage): void {
  describeFresh(`ask store: ${name}`, makeStorage, (fresh) => {
    const asks = () => fresh().storage.asks;
    const ask = (conversationId: string, at: number, more: Partial<Ask> = {}): Ask => ({
      conversationId,
      channel: 'telegram',
      at,
      ...more,
    });

    it('keeps one for each conversation, whatever it says', async () => {
      expect(await asks().load('one')).toBeUndefined();
      const told = ask('one', 5, { news: 'blocked', notes: { ids: [[1, 2]] } });
      const rev = await asks().save(told);
      expect(await fresh().other.asks.load('one')).toEqual({ ...told, rev });
      await expect(asks().save(ask('one', 6))).rejects.toMatchObject({ code: 'revision-conflict' });
      const next = await asks().save(ask('one', 6), rev);
      expect(await asks().load('one')).toEqual({ ...ask('one', 6), rev: next });
      await expect(asks().save(ask('one', 7), rev)).rejects.toMatchObject({ code: 'revision-conflict' });
    });

    it('is removed by nobody who has not seen it', async () => {
      const rev = await asks().save(ask('one', 1));
      const next = await asks().save(ask('one', 2), rev);
      expect(await asks().remove('one', rev)).toBe(false);
      expect(await asks().remove('one', next)).toBe(true);
      expect(await asks().remove('one', next)).toBe(false);
      // Another one of the same conversation is another one.
      const again = await asks().save(ask('one', 3));
      expect(await asks().remove('one', next)).toBe(false);
      expect(await asks().load('one')).toEqual({ ...ask('one', 3), rev: again });
    });

    it('lists those of one channel, the oldest first', async () => {
      for (const [id, at] of [
        ['c', 1],
        ['a', 2],
        ['b', 3],
      ] as const)
        await asks().save(ask(id, at));
      await asks().save(ask('d', 0, { channel: 'botframework' }));
      const ids = async (limit: number, after?: number) =>
        (await asks().listOf('telegram', limit, after)).map(({ conversationId }) => conversationId);
      expect(await ids(10)).toEqual(['c', 'a', 'b']);
      expect(await ids(2)).toEqual(['c', 'a']);
      expect(await ids(10, 1)).toEqual(['a', 'b']);
      expect((await asks().listOf('botframework', 10)).map(({ at }) => at)).toEqual([0]);
      const [first] = await asks().listOf('telegram', 1);
      expect(first).toEqual(await asks().load('c'));
    });

    it('goes with its conversation', async () => {
      await asks().save(ask('one', 1));
      expect(await fresh().storage.satellites.conversationIds(10)).toEqual(['one']);
      expect(await fresh().storage.satellites.removeOf(['one'])).toBe(1);
      expect(await asks().load('one')).toBeUndefined();
    });
  });
}

export function describeClaimStore(name: string, makeStorage: MakeStorage): void {
  describeFresh(`claim store: ${name}`, makeStorage, (fresh) => {
    it('tells all who come after of the first', async () => {
      const { claims, satellites } = fresh().storage;
      expect(await claims.claim('one', 'album', 'm1')).toBe('m1');
      expect(await fresh().other.claims.claim('one', 'album', 'm2')).toBe('m1');
      expect(await claims.claim('one', 'album', 'm1')).toBe('m1');
      expect(await claims.claim('two', 'album', 'm2')).toBe('m2');
      expect(await claims.claim('one', 'other', 'm3')).toBe('m3');
      expect(await satellites.removeOf(['one'])).toBe(2);
      expect(await claims.claim('one', 'album', 'm4')).toBe('m4');
    });

    it('has one first of 20 at once', async () => {
      const { won } = await race((index) =>
        (index % 2 ? fresh().other : fresh().storage).claims.claim('one', 'album', `m${index}`),
      );
      expect(won).toHaveLength(20);
      const firsts = new Set(won.map(({ value }) => value));
      expect(firsts.size).toBe(1);
      expect(won.filter(({ index, value }) => value === `m${index}`)).toHaveLength(1);
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
      expect(await fresh().other.deliveries.load('a')).toMatchObject({ conversationId: 'a', deliveredSeq: 7 });
      expect(await notes.listOf('b')).toHaveLength(1);
      expect(await satellites.removeOf(['a'])).toBe(1);
    });
  });
}
