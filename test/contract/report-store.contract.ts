import { expect, it } from '@jest/globals';
import { AlteredError } from '../../src/domain/errors.js';
import type { Report } from '../../src/domain/report.js';
import type { ReportStore, WaitingReceipt } from '../../src/storage/ports/report-store.js';
import type { StoredRecord } from '../../src/storage/records.js';
import { buildDraft, buildReceipt, buildSent } from '../support/report-builders.js';
import { buildNote } from '../support/storage-builders.js';
import { describeFresh, race } from '../support/storage-fresh.js';
import type { MakeStorage } from '../support/storage-under-test.js';

const CONFLICT = { code: 'revision-conflict' };

export function describeReportStore(name: string, makeStorage: MakeStorage): void {
  describeFresh(`report store: ${name}`, makeStorage, (fresh) => {
    const reports = () => fresh().storage.reports;
    const load = async (id: string) => (await reports().load(id)) ?? Promise.reject(new Error('no report'));

    /** As a draft that is sent: what follows must not depend on rows that were always of those sent. */
    async function send(draft: Report, changes: Partial<Report> = {}): Promise<Report> {
      await reports().create(draft);
      const { conversationId: _, ...rest } = draft;
      const { id, rev } = draft;
      await reports().replace({ ...buildSent({ ...rest, ...changes }), id, rev });
      return load(id);
    }

    /** One byte of each of these, as a disk may lose it. */
    const alter = (kind: string, isMeant: (sort: number, record: StoredRecord) => boolean) =>
      fresh().underTest.editRecords((records) =>
        records.map((record) => {
          if (record.kind !== kind || !isMeant(record.sort, record)) return record;
          const sealed = Buffer.from(record.sealed);
          sealed[40] = (sealed[40] ?? 0) ^ 1;
          return { ...record, sealed };
        }),
      );

    it('keeps a draft, found by its conversation and in no list of those sent', async () => {
      const draft = buildDraft({ conversationId: 'one', events: buildSent().events });
      await reports().create({ ...draft, rev: 7 });
      const stored = { ...draft, rev: 0 };
      expect(await reports().load(draft.id)).toEqual(stored);
      expect(await fresh().other.reports.draftOf('one')).toEqual(stored);
      expect(await reports().draftOf('two')).toBeUndefined();
      expect(await reports().listSent()).toEqual([]);
      expect(await reports().load('absent')).toBeUndefined();
    });

    it('has one draft for each conversation', async () => {
      const { won, lost } = await race((index) =>
        (index % 2 ? fresh().other : fresh().storage).reports.create(buildDraft({ conversationId: 'one' })),
      );
      expect(won).toHaveLength(1);
      expect(new Set(lost)).toEqual(new Set(['duplicate']));
      await reports().create(buildDraft({ conversationId: 'two' }));
    });

    it('clears the conversation when a draft is sent, and lets it have another one', async () => {
      const sent = await send(buildDraft({ conversationId: 'one' }), { lookupHash: 'hash' });
      expect(sent).not.toHaveProperty('conversationId');
      expect(await reports().draftOf('one')).toBeUndefined();
      expect(await fresh().storage.satellites.conversationIds(10)).toEqual([]);
      expect(await reports().findByLookup('hash')).toEqual(sent);
      expect(await reports().findByLookup('one')).toBeUndefined();
      expect(await reports().listDrafts(Number.MAX_SAFE_INTEGER)).toEqual([]);
      await reports().create(buildDraft({ conversationId: 'one' }));
      expect(await reports().load(sent.id)).toEqual(sent);
    });

    it('erases drafts with their conversation, and never what was sent from it', async () => {
      const { satellites, notes } = fresh().storage;
      const sent = await send(buildDraft({ conversationId: 'one' }));
      const draft = buildDraft({ conversationId: 'one' });
      await reports().create(draft);
      await reports().create(buildDraft({ conversationId: 'two' }));
      await notes.add(buildNote({ conversationId: 'one' }));
      expect(await satellites.conversationIds(10)).toEqual(['one', 'two']);
      expect(await satellites.removeOf(['one'])).toBe(2);
      expect(await reports().load(draft.id)).toBeUndefined();
      expect(await reports().load(sent.id)).toEqual(sent);
      expect(await reports().draftOf('two')).toBeDefined();
      await expect(reports().replace({ ...draft, changedAt: draft.changedAt + 1 })).rejects.toMatchObject({
        code: 'report-gone',
      });
    });

    it('lets one of 20 changes at once through, and none that was made from an earlier state', async () => {
      const draft = buildDraft({ conversationId: 'one' });
      await reports().create(draft);
      const { won, lost } = await race((index) =>
        (index % 2 ? fresh().other : fresh().storage).reports.replace({ ...draft, changedAt: draft.changedAt + index }),
      );
      expect(won).toHaveLength(1);
      expect(new Set(lost)).toEqual(new Set(['revision-conflict']));
      const stored = await load(draft.id);
      expect(stored).toMatchObject({ rev: 1, changedAt: draft.changedAt + (won[0]?.index ?? Number.NaN) });
      await expect(reports().replace(draft)).rejects.toMatchObject(CONFLICT);
      await expect(reports().replace({ ...draft, rev: 9 })).rejects.toMatchObject(CONFLICT);
      await reports().replace(stored);
      expect((await load(draft.id)).rev).toBe(2);
    });

    it('sends a draft once, of 20 who send it at once with receipts of their own', async () => {
      const { conversationId: _, ...draft } = buildDraft({ conversationId: 'one' });
      await reports().create({ ...draft, conversationId: 'one' });
      const { won } = await race((index) =>
        (index % 2 ? fresh().other : fresh().storage).reports.replace({
          ...buildSent({ ...draft, lookupHash: `hash ${index}`, receiptRef: `ref ${index}` }),
          id: draft.id,
          rev: 0,
        }),
      );
      expect(won).toHaveLength(1);
      expect(await reports().findByLookup(`hash ${won[0]?.index}`)).toMatchObject({ id: draft.id, rev: 1 });
      expect(await reports().listSent()).toHaveLength(1);
    });

    it('lists those sent, the last changed first, page by page', async () => {
      const at = [10, 50, 30, 30, 30, 20];
      const sent: Report[] = [];
      for (const [index, changedAt] of at.entries()) {
        sent.push(await send(buildDraft({ conversationId: `${index}` }), { changedAt, lookupHash: `${index}` }));
      }
      await reports().create(buildDraft({ conversationId: 'draft', changedAt: 40 }));
      const times = (list: readonly Report[]) => list.map(({ changedAt }) => changedAt);
      expect(times(await reports().listSent())).toEqual([50, 30, 30, 30, 20, 10]);
      expect(times(await reports().listSent({ limit: 1 }))).toEqual([50]);
      // Three changed at one instant: none of them is lost between two pages.
      const page = await reports().listSent({ limit: 2 });
      expect(times(page)).toEqual([50, 30, 30, 30]);
      expect(new Set(page.map(({ id }) => id)).size).toBe(4);
      expect(times(await reports().listSent({ before: 30, limit: 10 }))).toEqual([20, 10]);
      expect(await reports().listSent({ before: 10, limit: 10 })).toEqual([]);
      expect(await reports().listSent({ before: 30, limit: 1 })).toEqual([sent[5]]);
    });

    it('lists those sent the other way round too, page by page', async () => {
      for (const [index, changedAt] of [10, 50, 30, 30, 30, 20].entries()) {
        await send(buildDraft({ conversationId: `${index}` }), { changedAt, lookupHash: `${index}` });
      }
      const times = async (options: Parameters<ReportStore['listSent']>[0]) =>
        (await reports().listSent({ order: 'ascending', ...options })).map(({ changedAt }) => changedAt);
      expect(await times({})).toEqual([10, 20, 30, 30, 30, 50]);
      expect(await times({ limit: 3 })).toEqual([10, 20, 30, 30, 30]);
      expect(await times({ after: 20, limit: 1 })).toEqual([30, 30, 30]);
      expect(await times({ after: 30, limit: 3 })).toEqual([50]);
      expect(await times({ after: 50, limit: 3 })).toEqual([]);
    });

    it('passes over what was altered, fills pages up with the rest, and says once how many there are', async () => {
      for (let index = 1; index <= 6; index += 1) {
        await send(buildDraft({ conversationId: `${index}` }), { changedAt: index, lookupHash: `${index}` });
      }
      for (const name of ['a', 'b']) await reports().create(buildDraft({ conversationId: name }));
      for (const createdAt of [1, 2]) await reports().saveReceipt({ ...buildReceipt(`${createdAt}`), createdAt });
      await alter('report', (sort) => sort === 3 || sort === 5);
      const told: unknown[] = [];
      const opened = await fresh().underTest.open({ onUnreadable: (found) => told.push(found) });
      const times = async (options?: Parameters<ReportStore['listSent']>[0]) =>
        (await opened.reports.listSent(options)).map(({ changedAt }) => changedAt);
      expect(await times()).toEqual([6, 4, 2, 1]);
      expect(await times({ limit: 2 })).toEqual([6, 4]);
      expect(await times({ limit: 3 })).toEqual([6, 4, 2]);
      expect(await times({ before: 4, limit: 2 })).toEqual([2, 1]);
      expect(await times({ order: 'ascending', after: 2, limit: 5 })).toEqual([4, 6]);
      expect(told).toEqual([{ kind: 'report', count: 2 }]);
      await expect(opened.reports.findByLookup('3')).rejects.toThrow(AlteredError);
      await alter('report', (_, { conversation }) => conversation === 'a');
      await alter('report-receipt', (sort) => sort === 2);
      expect(await opened.reports.listDrafts(Number.MAX_SAFE_INTEGER)).toHaveLength(1);
      expect(await opened.reports.listReceipts()).toHaveLength(1);
      expect(told.slice(1)).toEqual([
        { kind: 'report', count: 1 },
        { kind: 'report-receipt', count: 1 },
      ]);
    });

    it('removes by their time drafts and receipts that were altered, and nothing else', async () => {
      const sent = await send(buildDraft({ conversationId: 'sent' }), { changedAt: 1 });
      for (const changedAt of [1, 2, 3]) {
        await reports().create(buildDraft({ conversationId: `${changedAt}`, changedAt }));
        await reports().saveReceipt({ ...buildReceipt(`${changedAt}`), createdAt: changedAt });
      }
      await alter('report', (sort, { conversation }) => sort !== 2 || conversation === null);
      await alter('report-receipt', (sort) => sort !== 2);
      expect(await reports().removeUnreadableDrafts(1)).toBe(0);
      expect(await reports().removeUnreadableDrafts(3)).toBe(1);
      expect(await reports().removeUnreadableReceipts(3)).toBe(1);
      expect(await reports().removeUnreadableReceipts(3)).toBe(0);
      await expect(reports().draftOf('3')).rejects.toThrow(AlteredError);
      expect(await reports().draftOf('1')).toBeUndefined();
      expect(await reports().draftOf('2')).toBeDefined();
      expect((await reports().listReceipts()).map(({ ref }) => ref)).toEqual(['2']);
      // What was sent is there to be restored.
      await expect(reports().load(sent.id)).rejects.toThrow(AlteredError);
    });

    it('lists drafts that have been silent, the longest first, and follows their last answer', async () => {
      const drafts = [3, 1, 2].map((changedAt) => buildDraft({ conversationId: `${changedAt}`, changedAt }));
      for (const draft of drafts) await reports().create(draft);
      const conversations = async (before: number) =>
        (await reports().listDrafts(before)).map(({ conversationId }) => conversationId);
      expect(await conversations(3)).toEqual(['1', '2']);
      expect(await conversations(1)).toEqual([]);
      const [, first = buildDraft()] = drafts;
      await reports().replace({ ...first, changedAt: 9 });
      expect(await conversations(10)).toEqual(['2', '3', '1']);
    });

    it('removes a report only as it was seen', async () => {
      const draft = buildDraft({ conversationId: 'one' });
      await reports().create(draft);
      await reports().replace({ ...draft, changedAt: draft.changedAt + 1 });
      expect(await reports().remove(draft.id, 0)).toBe(false);
      expect(await reports().load(draft.id)).toBeDefined();
      const { won } = await race(async (index) => {
        const store = (index % 2 ? fresh().other : fresh().storage).reports;
        if (!(await store.remove(draft.id, 1))) throw Object.assign(new Error('not removed'), { code: 'lost' });
      });
      expect(won).toHaveLength(1);
      expect(await reports().remove(draft.id, 1)).toBe(false);
      const next = buildDraft({ conversationId: 'one' });
      await reports().create(next);
      expect(await reports().remove(next.id)).toBe(true);
    });

    it('holds as much as delegates may write about one report', async () => {
      const words = 'x'.repeat(85_000);
      const event = buildSent().events[0];
      if (!event) throw new Error('no event');
      const events = Array.from({ length: 140 }, (_, index) => ({ ...event, seq: index + 1, sealed: words }));
      const sent = await send(buildDraft({ conversationId: 'one' }), { events });
      expect((await load(sent.id)).events.at(-1)).toEqual({ ...event, seq: 140, sealed: words });
      // Twelve megabytes, which a database under all the other tests takes its time for.
    }, 120_000);

    it('keeps receipts by their names, the oldest first, each as it was last stored', async () => {
      const build = (ref: string, createdAt: number): WaitingReceipt => ({
        ref,
        code: 'CODE',
        reportId: 'r',
        createdAt,
      });
      for (const receipt of [build('late', 20), build('early', 10)]) await reports().saveReceipt(receipt);
      expect((await fresh().other.reports.listReceipts()).map(({ ref }) => ref)).toEqual(['early', 'late']);
      const shown = { ...build('late', 20), shownAt: 25 };
      await reports().saveReceipt(shown);
      expect(await reports().loadReceipt('late')).toEqual(shown);
      expect(await reports().loadReceipt('absent')).toBeUndefined();
      expect(await reports().removeReceipt('late')).toBe(true);
      expect(await reports().removeReceipt('late')).toBe(false);
      expect(await reports().listReceipts()).toEqual([build('early', 10)]);
    });
  });
}
