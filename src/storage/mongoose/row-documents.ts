import type { MessageRecord } from '../record-codec.js';
import type { ConversationRow, MessageRow, RecordRow, TransferRow } from '../transfer/row.js';
import type { ArchivedMessageDocument, ConversationDocument, RecordDocument } from './models.js';
import { toDocument, toRecord } from './records.js';
import { TAIL_KEPT } from './tail.js';

/** A conversation with all its messages, oldest first. */
export interface WholeConversation {
  readonly document: ConversationDocument;
  readonly archived: readonly MessageRecord[];
}

/** What one batch of writes holds; the archive is written first, so that no conversation names what is not there. */
export interface Documents {
  readonly archive: readonly ArchivedMessageDocument[];
  readonly conversations: readonly ConversationDocument[];
  readonly records: readonly RecordDocument[];
}

export function* conversationRows({ document, archived }: WholeConversation): Iterable<TransferRow> {
  const { _id: id, tail, archive: _, archivedThrough: __, messageCount: ___, ...conversation } = document;
  yield { is: 'conversation', id, ...conversation };
  for (const { seq, externalHash, author, at, sealed } of [...archived, ...tail]) {
    yield { is: 'message', conversation: id, seq, externalHash, author, at, sealed };
  }
}

export function recordRow(document: RecordDocument): RecordRow {
  return { is: 'record', ...toRecord(document) };
}

export function recordDocument({ is: _, ...record }: RecordRow): RecordDocument {
  return toDocument(record);
}

/** Makes one conversation's documents from its rows, as they come. */
export interface ConversationBuilder {
  /** What can be written already: all but the last messages, which go with the conversation. */
  add(message: MessageRow): ArchivedMessageDocument | undefined;
  finish(): ConversationDocument;
}

/**
 * The archive's name is made from the id, so that a run that is taken up again finds what the one before has written.
 * Nobody else has this name: those that servers give are random.
 */
export function buildConversation({ is: _, id, ...record }: ConversationRow): ConversationBuilder {
  const archive = `transferred:${id}`;
  const tail: MessageRecord[] = [];
  let messageCount = 0;
  let archivedThrough = 0;

  return {
    add({ seq, externalHash, author, at, sealed }) {
      tail.push({ seq, externalHash, author, at, sealed });
      messageCount += 1;
      const oldest = tail.length > TAIL_KEPT ? tail.shift() : undefined;
      if (!oldest) return undefined;
      archivedThrough = oldest.seq;
      return { _id: `${archive}:${oldest.seq}`, archive, ...oldest };
    },
    finish: () => ({ _id: id, ...record, tail, archive, archivedThrough, messageCount }),
  };
}
