import { z } from 'zod';
import type { ConversationRecord, MessageRecord } from '../record-codec.js';
import type { StoredRecord } from '../records.js';
import { LEASE_KIND } from '../stores/lease-store.js';
import { PROCESS_KIND } from '../stores/process-store.js';

/** One row of a database, as it is stored: what is sealed stays sealed. */
export type TransferRow =
  | ({ readonly is: 'conversation' } & ConversationRecord)
  /** Comes after its conversation's row and before the next conversation's, by `seq`. */
  | ({ readonly is: 'message'; readonly conversation: string } & MessageRecord)
  | ({ readonly is: 'record' } & StoredRecord);

export type ConversationRow = Extract<TransferRow, { is: 'conversation' }>;
export type MessageRow = Extract<TransferRow, { is: 'message' }>;
export type RecordRow = Extract<TransferRow, { is: 'record' }>;

/** What speaks of processes that run, and means nothing in another database. */
export const KINDS_LEFT_OUT: readonly string[] = [LEASE_KIND, PROCESS_KIND];

const text = z.string().min(1);
const count = z.int().min(0);
const optionalText = z.string().nullable();
const bytes = z.base64().transform((value) => new Uint8Array(Buffer.from(value, 'base64')));
const time = z.int().transform((value) => new Date(value));

const LINE = z.discriminatedUnion('is', [
  z.strictObject({
    is: z.literal('conversation'),
    id: text,
    channel: z.enum(['directline', 'telegram', 'botframework']),
    addressHash: text,
    address: bytes.nullable(),
    rev: count,
    lastSeq: count,
    status: z.enum(['bot', 'waiting', 'assigned', 'closed']),
    dialogState: bytes,
    desk: bytes.nullable(),
    inboxList: z.enum(['queue', 'past', 'none']),
    createdAt: time,
    lastMessageAt: time,
  }),
  z.strictObject({
    is: z.literal('message'),
    conversation: text,
    seq: count,
    externalHash: text,
    author: z.enum(['resident', 'bot', 'delegate', 'system']),
    at: time,
    sealed: bytes,
  }),
  z.strictObject({
    is: z.literal('record'),
    kind: text,
    id: text,
    rev: count,
    uniqueKey: text,
    owner: optionalText,
    conversation: optionalText,
    sort: z.int(),
    sealed: bytes,
  }),
]);

/** What rows are counted and compared by: conversations, messages, and each kind of record. */
export function tallyOf(row: TransferRow): string {
  if (row.is === 'record') return row.kind;
  return row.is === 'conversation' ? 'conversations' : 'messages';
}

/** The one way to write a row: equal rows give equal lines, whichever engine they come from. */
export function encodeRow(row: TransferRow): string {
  switch (row.is) {
    case 'conversation':
      return encodeConversation(row);
    case 'message': {
      const { is, conversation, seq, externalHash, author, at, sealed } = row;
      return JSON.stringify({ is, conversation, seq, externalHash, author, at: at.getTime(), sealed: base64(sealed) });
    }
    case 'record': {
      const { is, kind, id, rev, uniqueKey, owner, conversation, sort, sealed } = row;
      return JSON.stringify({ is, kind, id, rev, uniqueKey, owner, conversation, sort, sealed: base64(sealed) });
    }
  }
}

/** Undefined when the line is no row of this format. */
export function decodeRow(line: unknown): TransferRow | undefined {
  const result = LINE.safeParse(line);
  return result.success ? (result.data as TransferRow) : undefined;
}

function encodeConversation(row: ConversationRow): string {
  const { is, id, channel, addressHash, address, rev, lastSeq, status, dialogState, desk, inboxList } = row;
  return JSON.stringify({
    ...{ is, id, channel, addressHash, address: address && base64(address), rev, lastSeq, status },
    dialogState: base64(dialogState),
    desk: desk && base64(desk),
    inboxList,
    createdAt: row.createdAt.getTime(),
    lastMessageAt: row.lastMessageAt.getTime(),
  });
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
