import { transferFaults } from '../transfer/faults.js';
import type { MessageRow, RecordRow, TransferRow } from '../transfer/row.js';
import { areAllDuplicates } from './errors.js';
import type { ArchivedMessageDocument, ConversationDocument, Models, RecordDocument } from './models.js';
import { buildConversation, type ConversationBuilder, recordDocument } from './row-documents.js';
import type { TransferCursor } from './transfer-mark.js';

const BATCH_DOCUMENTS = 500;
/** Under what the driver and servers take in one message, 48 MB, with a file of the largest kind on top. */
const BATCH_BYTES = 8 * 1024 * 1024;

export interface RowWriter {
  /** What an earlier run has written all of is passed over. */
  write(row: TransferRow): Promise<void>;
  flush(): Promise<void>;
}

export interface RowWriterParts {
  /** Up to where an earlier run has come. */
  readonly done: TransferCursor;
  /** Notes how far this one has; rejects when it is to write no more. */
  readonly move: (done: TransferCursor) => Promise<void>;
}

/** Writes rows in batches, each of which may be written twice. */
export function createRowWriter(models: Models, { done, move }: RowWriterParts): RowWriter {
  const skip = createSkip(done);
  let reached = done;
  let current: ConversationBuilder | undefined;
  let batch = emptyBatch();

  async function flush(): Promise<void> {
    if (batch.count === 0) return;
    const { archive, conversations, records } = batch;
    batch = emptyBatch();
    await move(reached);
    // In this order: a conversation that is there has its messages.
    await insertAbsent(models.archive, archive);
    await insertAbsent(models.conversations, conversations);
    await insertAbsent(models.records, records);
    const lastConversation = conversations.at(-1)?._id;
    const lastRecord = records.at(-1)?._id;
    reached = {
      ...reached,
      ...(lastConversation !== undefined && { conversation: lastConversation }),
      ...(lastRecord !== undefined && { record: lastRecord }),
    };
    await move(reached);
  }

  function finishConversation(): void {
    if (!current) return;
    const document = current.finish();
    current = undefined;
    batch.conversations.push(document);
    count(document.dialogState.length + document.tail.reduce((sum, { sealed }) => sum + sealed.length, 0));
  }

  function count(bytes: number): void {
    batch.count += 1;
    batch.bytes += bytes;
  }

  function addMessage(row: MessageRow): void {
    if (!current) throw transferFaults.contradictoryRows();
    const archived = current.add(row);
    if (!archived) return;
    batch.archive.push(archived);
    count(archived.sealed.length);
  }

  function addRecord(row: RecordRow): void {
    batch.records.push(recordDocument(row));
    count(row.sealed.length);
  }

  function add(row: TransferRow): void {
    if (row.is === 'message') addMessage(row);
    else finishConversation();
    if (row.is === 'conversation') current = buildConversation(row);
    if (row.is === 'record') addRecord(row);
  }

  return {
    async write(row) {
      if (skip(row)) return;
      add(row);
      if (batch.count >= BATCH_DOCUMENTS || batch.bytes >= BATCH_BYTES) await flush();
    },
    async flush() {
      finishConversation();
      await flush();
    },
  };
}

interface Batch {
  readonly archive: ArchivedMessageDocument[];
  readonly conversations: ConversationDocument[];
  readonly records: RecordDocument[];
  count: number;
  bytes: number;
}

function emptyBatch(): Batch {
  return { archive: [], conversations: [], records: [], count: 0, bytes: 0 };
}

/** Rows come in the order of the run before: all up to the last that it has written are there. */
function createSkip(done: TransferCursor): (row: TransferRow) => boolean {
  let conversation = done.conversation;
  let isInSkipped = false;
  let record = done.record;

  return (row) => {
    if (row.is === 'message') return isInSkipped;
    if (row.is === 'conversation') {
      isInSkipped = conversation !== undefined;
      if (row.id === conversation) conversation = undefined;
      return isInSkipped;
    }
    const isSkipped = record !== undefined;
    if (`${row.kind}:${row.id}` === record) record = undefined;
    return isSkipped;
  };
}

/** Those that are there were written by a run that died before it could say so. */
async function insertAbsent<Document extends { readonly _id: string }>(
  model: { readonly db: Models['records']['db']; readonly collection: { readonly name: string } },
  documents: readonly Document[],
): Promise<void> {
  if (documents.length === 0) return;
  // Beside the model, which would look at each field of each document again, and hides which writes failed.
  const collection = model.db.collection<{ _id: string }>(model.collection.name);
  try {
    await collection.insertMany([...documents], { ordered: false });
  } catch (error) {
    if (!areAllDuplicates(error)) throw error;
  }
}
