import type { RecordRange, RecordTable, Replacement, StoredRecord } from '../records.js';
import { insertAgain, isSameBytes, writeAgain } from './again.js';
import type { MongooseDatabase } from './database.js';
import { isDuplicateKey } from './errors.js';
import type { RecordDocument } from './models.js';

const DIRECTION = { ascending: 1, descending: -1 } as const;
const NO_LIMIT = 0;

export function createRecordTable({ models: { records }, run }: MongooseDatabase): RecordTable {
  async function put(record: StoredRecord): Promise<void> {
    const { _id, ...fields } = toDocument(record);
    const write = () => records.updateOne({ _id }, { $set: fields }, { upsert: true });
    try {
      await writeAgain(write);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      // Another one was put first, between the server's look and its write: it is there to be replaced now.
      await write();
    }
  }

  async function replace(record: StoredRecord, expectedRev: number): Promise<Replacement> {
    const { _id, ...fields } = toDocument(record);
    const write = () => records.updateOne({ _id, rev: expectedRev }, { $set: fields });
    const { result, isRepeat } = await writeAgain(write);
    if (result.matchedCount === 1) return 'replaced';
    // Local: the write that came first may not have reached the majority yet.
    const found = await records.findById(_id, { sealed: 1 }).readConcern('local').lean();
    if (isRepeat && isSameBytes(found?.sealed, record.sealed)) return 'replaced';
    return found ? 'conflict' : 'gone';
  }

  async function insert(record: StoredRecord): Promise<void> {
    const document = toDocument(record);
    await insertAgain(
      () => records.create(document),
      async () => {
        const found = await records.findById(document._id, { sealed: 1 }).readConcern('local').lean();
        return isSameBytes(found?.sealed, record.sealed);
      },
    );
  }

  async function list({ order, limit = NO_LIMIT, ...range }: Parameters<RecordTable['list']>[0]) {
    const direction = DIRECTION[order];
    const found = records.find(filterOf(range)).sort({ sort: direction, _id: direction });
    return (await found.limit(limit).lean()).map(toRecord);
  }

  return {
    insert: (record) => run(() => insert(record)),
    put: (record) => run(() => put(record)),
    replace: (record, expectedRev) => run(() => replace(record, expectedRev)),
    find: (kind, by) =>
      run(async () => {
        const where = 'id' in by ? { _id: documentId(kind, by.id) } : { kind, uniqueKey: by.uniqueKey };
        const document = await records.findOne(where).lean();
        return document ? toRecord(document) : undefined;
      }),
    list: (query) => run(() => list(query)),
    remove: (kind, id, rev) =>
      run(async () => {
        const at = { _id: documentId(kind, id), ...(rev !== undefined && { rev }) };
        return (await records.deleteOne(at)).deletedCount === 1;
      }),
    removeRange: (range) => run(async () => (await records.deleteMany(filterOf(range))).deletedCount),
    conversationIds: (limit, after) =>
      run(async () => {
        const found = records.find({ conversation: { $gt: after } }, { conversation: 1 });
        const documents = await found.sort({ conversation: 1 }).limit(limit).lean();
        return [...new Set(documents.flatMap(({ conversation }) => conversation ?? []))];
      }),
    removeOfConversations: (ids, { except } = {}) =>
      run(async () => {
        const others = except !== undefined && { kind: { $ne: except } };
        return (await records.deleteMany({ conversation: { $in: ids }, ...others })).deletedCount;
      }),
  };
}

function filterOf({ kind, group, after, before }: RecordRange) {
  const bounds = { ...(after !== undefined && { $gt: after }), ...(before !== undefined && { $lt: before }) };
  return {
    kind,
    ...(group && { [group.field]: group.value }),
    ...(Object.keys(bounds).length > 0 && { sort: bounds }),
  };
}

function documentId(kind: string, id: string): string {
  return `${kind}:${id}`;
}

export function toDocument({ id, ...record }: StoredRecord): RecordDocument {
  return { _id: documentId(record.kind, id), ...record };
}

export function toRecord({ _id, ...record }: RecordDocument): StoredRecord {
  return { id: _id.slice(record.kind.length + 1), ...record };
}
