import { DomainError } from '../../domain/errors.js';
import type { Report } from '../../domain/report.js';
import type { ReportStore, WaitingReceipt } from '../ports/report-store.js';
import type { Place, RecordCollection, RecordCollections } from '../record-collection.js';

/** The two lists are owners, so that either is read from an index. */
const DRAFT = 'draft';
const SENT = 'sent';

export function createReportStore(collections: RecordCollections): ReportStore {
  const reports = collections<Report>({ name: 'report', placeOf: placeOfReport });
  const receipts = collections<WaitingReceipt>({
    name: 'report-receipt',
    placeOf: ({ ref, createdAt }) => ({ id: ref, sort: createdAt }),
  });

  return {
    create: (report) => reports.insert({ ...report, rev: 0 }),
    load: async (id) => (await reports.load(id))?.value,
    draftOf: async (conversationId) => (await reports.findByUniqueKey(keyOfDraft(conversationId)))?.value,
    findByLookup: async (lookupHash) => (await reports.findByUniqueKey(keyOfLookup(lookupHash)))?.value,
    async replace(report, options) {
      const outcome = await reports.replace({ ...report, rev: report.rev + 1 }, report.rev, options);
      if (outcome === 'gone') throw new DomainError('report-gone', 'The report does not exist');
      if (outcome === 'conflict') throw new DomainError('revision-conflict', 'Another change came first');
    },
    listSent: (options) => listSent(reports, options),
    listDrafts: (before) => reports.listReadable({ owner: DRAFT, before }),
    removeUnreadableDrafts: (before) => reports.removeUnreadable({ owner: DRAFT, before }),
    remove: (id, rev) => reports.remove(id, rev),

    saveReceipt: (receipt) => receipts.put(receipt),
    loadReceipt: async (ref) => (await receipts.load(ref))?.value,
    listReceipts: () => receipts.listReadable(),
    removeUnreadableReceipts: (before) => receipts.removeUnreadable({ before }),
    removeReceipt: (ref) => receipts.remove(ref),
  };
}

/** What was sent goes with no conversation: replacing its draft clears that, and nothing leads back. */
function placeOfReport({ id, status, conversationId, lookupHash, changedAt }: Report): Place {
  if (status === 'draft') {
    if (conversationId === undefined) throw new RangeError('A draft goes with a conversation');
    const uniqueKey = keyOfDraft(conversationId);
    return { id, uniqueKey, owner: DRAFT, conversation: conversationId, sort: changedAt };
  }
  if (lookupHash === undefined) throw new RangeError('A report that was sent is found by its receipt');
  return { id, uniqueKey: keyOfLookup(lookupHash), owner: SENT, sort: changedAt };
}

async function listSent(
  reports: RecordCollection<Report>,
  { order = 'descending', limit, ...bounds }: NonNullable<Parameters<ReportStore['listSent']>[0]> = {},
): Promise<readonly Report[]> {
  const range = { owner: SENT, order, ...bounds } as const;
  if (limit === undefined) return reports.listReadable(range);
  const page = await reports.listReadable({ ...range, limit });
  const last = page.at(-1)?.changedAt;
  if (last === undefined || page.length < limit) return page;
  const ofLastInstant = await reports.listReadable({ ...range, after: last - 1, before: last + 1 });
  const seen = new Set(page.map(({ id }) => id));
  return [...page, ...ofLastInstant.filter(({ id }) => !seen.has(id))];
}

function keyOfDraft(conversationId: string): string {
  return `draft:${conversationId}`;
}

function keyOfLookup(lookupHash: string): string {
  return `lookup:${lookupHash}`;
}
