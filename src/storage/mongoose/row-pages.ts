import { DomainError } from '../../domain/errors.js';
import type { MessageRecord } from '../record-codec.js';
import { KINDS_LEFT_OUT } from '../transfer/row.js';
import type { ArchivedMessageDocument, ConversationDocument, Models, RecordDocument } from './models.js';
import type { WholeConversation } from './row-documents.js';

/** So often a page is read again for the sake of conversations that change meanwhile. */
const READINGS = 5;
/** What goes with the conversations of one page; where there is more, they are read in smaller pages. */
const PAGE_BYTES = 32 * 1024 * 1024;

/** Some conversations, with their messages and the records that go with them. */
export interface ConversationPage {
  readonly conversations: readonly WholeConversation[];
  readonly records: readonly RecordDocument[];
}

export interface PageReader {
  /** Those of these conversations that are still there. In memory at once: one page, or one conversation. */
  read(ids: readonly string[]): AsyncIterable<ConversationPage>;
}

/**
 * There are no transactions to rely on, so each conversation is read as a turn reads it, and looked at again after its
 * records: when its `rev` has not moved, all of it was there together.
 */
export function createPageReader(models: Models): PageReader {
  const conversations = models.conversations.db.collection<ConversationDocument>(models.conversations.collection.name);
  const records = models.records.db.collection<RecordDocument>(models.records.collection.name);
  const archive = models.archive.db.collection<ArchivedMessageDocument>(models.archive.collection.name);

  const readDocuments = (ids: readonly string[]) => conversations.find({ _id: { $in: [...ids] } }).toArray();

  /** Undefined when it is too much to hold. */
  async function readRecords(ids: readonly string[]): Promise<readonly RecordDocument[] | undefined> {
    // A record whose `sort` changes meanwhile may be met twice.
    const found = new Map<string, RecordDocument>();
    let bytes = 0;
    const cursor = records.find({ conversation: { $in: [...ids] }, kind: { $nin: [...KINDS_LEFT_OUT] } });
    for await (const record of cursor) {
      bytes += record.sealed.length;
      if (bytes > PAGE_BYTES && ids.length > 1) {
        await cursor.close();
        return undefined;
      }
      found.set(record._id, record);
    }
    return [...found.values()];
  }

  /** Undefined when it was erased or removed since `document` was read. */
  async function withArchive(document: ConversationDocument): Promise<WholeConversation | undefined> {
    const { archive: name, archivedThrough, lastSeq, messageCount } = document;
    const expected = archivedThrough === 0 ? 0 : archivedThrough - (lastSeq - messageCount);
    if (expected <= 0) return { document, archived: [] };
    const found = await archive
      .find({ archive: name, seq: { $lte: archivedThrough } })
      .sort({ seq: 1 })
      .toArray();
    return found.length === expected ? { document, archived: found satisfies readonly MessageRecord[] } : undefined;
  }

  async function wholeOf(documents: readonly ConversationDocument[]): Promise<readonly WholeConversation[]> {
    const whole: WholeConversation[] = [];
    for (const document of documents) whole.push(...[(await withArchive(document)) ?? []].flat());
    return whole;
  }

  /** Those that stood still while they were read; `isLast` takes the others too, read after their records. */
  async function readOnce(ids: readonly string[], isLast: boolean): Promise<ConversationPage | undefined> {
    const before = isLast ? [] : await wholeOf(await readDocuments(ids));
    const found = await readRecords(ids);
    if (!found) return undefined;
    if (isLast) return pageOf(await wholeOf(await readDocuments(ids)), found);
    const revs = await conversations.find({ _id: { $in: [...ids] } }, { projection: { rev: 1, archive: 1 } }).toArray();
    const now = new Map(revs.map(({ _id, rev, archive: name }) => [_id, `${rev} ${name}`]));
    const still = before.filter(({ document }) => now.get(document._id) === `${document.rev} ${document.archive}`);
    return pageOf(still, found);
  }

  async function* read(ids: readonly string[]): AsyncIterable<ConversationPage> {
    let left = ids;
    for (let reading = 1; left.length > 0; reading += 1) {
      const page = await readOnce(left, reading >= READINGS);
      if (!page) {
        const half = Math.ceil(left.length / 2);
        yield* read(left.slice(0, half));
        yield* read(left.slice(half));
        return;
      }
      yield page;
      const given = new Set(page.conversations.map(({ document }) => document._id));
      const there = await readDocumentIds(left.filter((id) => !given.has(id)));
      // Read twice after its records and still not whole, while it is there: it does not come of anybody's writing.
      if (reading > READINGS && there.length > 0) throw incomplete();
      left = there;
    }
  }

  async function readDocumentIds(ids: readonly string[]): Promise<readonly string[]> {
    if (ids.length === 0) return [];
    const found = await conversations.find({ _id: { $in: [...ids] } }, { projection: { _id: 1 } }).toArray();
    return found.map(({ _id }) => _id);
  }

  return { read };
}

function pageOf(conversations: readonly WholeConversation[], records: readonly RecordDocument[]): ConversationPage {
  const ids = new Set(conversations.map(({ document }) => document._id));
  return {
    conversations,
    records: records.filter(({ conversation }) => conversation !== null && ids.has(conversation)),
  };
}

function incomplete(): DomainError {
  return new DomainError('storage-unavailable', 'des messages archivés manquent dans la base');
}
