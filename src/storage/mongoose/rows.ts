import { setupFaults } from '../setup-faults.js';
import { transferFaults } from '../transfer/faults.js';
import type { RowSource } from '../transfer/ports.js';
import { KINDS_LEFT_OUT, type TransferRow } from '../transfer/row.js';
import { connect } from './database.js';
import { toOpeningError } from './errors.js';
import { MONGODB_FORMAT } from './migrations.js';
import { defineModels, type Models, type RecordDocument } from './models.js';
import { conversationRows, recordRow } from './row-documents.js';
import { type ConversationPage, createPageReader, type PageReader } from './row-pages.js';
import { refuseUnfinishedTransfer } from './transfer-mark.js';

const CONVERSATIONS_A_PAGE = 50;
const RECORDS_A_PAGE = 200;
/** A report goes with its conversation until it is sent: one that is sent meanwhile is not given twice. */
const KINDS_THAT_LEAVE = ['report'];

/**
 * What is in the database while servers go on writing. Each conversation is given as it was at one instant, with its
 * messages and what goes with it. What goes with no conversation is read after all conversations, so that nothing in
 * these speaks of what is not there yet.
 * @throws ConfigError when it is of another format, or half restored; DomainError `storage-unavailable`.
 */
export async function openMongooseSource(uri: string): Promise<RowSource> {
  const connection = await connect(uri);
  try {
    const models = defineModels(connection);
    await refuseUnfinishedTransfer(models);
    const keyCheck = await requireFormat(models);
    return {
      keyCheck,
      estimate: () => countRows(models),
      rows: () => rowsOf(models),
      close: () => connection.close(),
    };
  } catch (error) {
    await connection.close();
    throw toOpeningError(error);
  }
}

/** @returns what tells which key the database was made with. */
async function requireFormat({ meta }: Models): Promise<Uint8Array> {
  const found = await meta.findById('storage').lean();
  if (!found) throw transferFaults.noDatabase('MongoDB');
  if (found.version > MONGODB_FORMAT) throw setupFaults.newerDatabase(found.version, MONGODB_FORMAT);
  if (found.version < MONGODB_FORMAT) throw transferFaults.olderDatabase();
  return found.keyCheck;
}

async function countRows({ conversations, archive, records }: Models): Promise<number> {
  const counts = [conversations, archive, records].map((model) => model.collection.estimatedDocumentCount());
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

/** Throws the driver's errors as DomainErrors. */
export async function* rowsOf(models: Models): AsyncIterable<TransferRow> {
  try {
    const pages = createPageReader(models);
    const names = createNames();
    const given = new Set<string>();
    for await (const page of conversationPages(models, pages)) {
      const { conversations, records } = withoutTaken(page, names);
      for (const conversation of conversations) yield* conversationRows(conversation);
      for (const record of records) {
        if (KINDS_THAT_LEAVE.includes(record.kind)) given.add(record._id);
        yield recordRow(record);
      }
    }
    for await (const record of recordsOfNone(models)) {
      if (!given.has(record._id) && names.takes(record.kind, record.uniqueKey)) yield recordRow(record);
    }
  } catch (error) {
    throw toOpeningError(error);
  }
}

/** The names that are unique, of what was given. */
interface Names {
  /** False when something else was given under this name. */
  takes(kind: string, name: string): boolean;
}

/**
 * Whoever has a name that was given already has come by it since then, when the other one was gone: a resident who has
 * erased everything and begun again. It is left out, with all that goes with it, as whatever comes after the backup.
 */
function createNames(): Names {
  const taken = new Set<string>();
  return {
    takes(kind, name) {
      // Made from the id, which is given once.
      if (name.startsWith('id:')) return true;
      const key = `${kind} ${name}`;
      const isFree = !taken.has(key);
      taken.add(key);
      return isFree;
    },
  };
}

function withoutTaken({ conversations, records }: ConversationPage, names: Names): ConversationPage {
  const free = conversations.filter(({ document }) => names.takes('conversations', document.addressHash));
  const ids = new Set(free.map(({ document }) => document._id));
  return {
    conversations: free,
    records: records.filter(
      ({ conversation, kind, uniqueKey }) =>
        conversation !== null && ids.has(conversation) && names.takes(kind, uniqueKey),
    ),
  };
}

async function* conversationPages({ conversations }: Models, pages: PageReader) {
  const collection = conversations.db.collection<{ _id: string }>(conversations.collection.name);
  for (let after = ''; ; ) {
    const found = await collection
      .find({ _id: { $gt: after } }, { projection: { _id: 1 } })
      .sort({ _id: 1 })
      .limit(CONVERSATIONS_A_PAGE)
      .toArray();
    const last = found.at(-1);
    if (!last) return;
    yield* pages.read(found.map(({ _id }) => _id));
    after = last._id;
  }
}

/** By id, a page at a time: a cursor over all of them would have to live for as long as the whole backup. */
async function* recordsOfNone({ records }: Models): AsyncIterable<RecordDocument> {
  const collection = records.db.collection<RecordDocument>(records.collection.name);
  for (let after = ''; ; ) {
    const found = await collection
      .find({ _id: { $gt: after }, conversation: null, kind: { $nin: [...KINDS_LEFT_OUT] } })
      .sort({ _id: 1 })
      .limit(RECORDS_A_PAGE)
      .toArray();
    yield* found;
    const last = found.at(-1);
    if (!last) return;
    after = last._id;
  }
}
