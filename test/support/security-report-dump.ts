import { DatabaseSync } from 'node:sqlite';
import { createConnection } from 'mongoose';
import { createDataCipher, type DataCipher } from '../../src/storage/data-cipher.js';
import { loadDataKey } from '../../src/storage/data-key.js';
import { type ConversationRecord, createRecordCodec, type MessageRecord } from '../../src/storage/record-codec.js';
import type { StoredRecord } from '../../src/storage/records.js';

export interface DumpPlace {
  readonly dataDir: string;
  readonly mongodbUri?: string;
  /** A copy of the embedded database, in place of the one of `dataDir`. */
  readonly file?: string;
}

/** A row of the database, opened with the server's key. */
export interface OpenedRow {
  readonly table: 'conversation' | 'message' | 'record';
  /** Of a record. */
  readonly kind?: string;
  /** The conversation that it is of, or goes with. */
  readonly conversation: string | null;
  /** What is stored in clear, as JSON. */
  readonly clear: string;
  /** What the server had sealed, as JSON. */
  readonly opened: string;
}

interface Rows {
  readonly conversations: readonly ConversationRecord[];
  readonly messages: readonly (MessageRecord & { readonly conversation: string })[];
  readonly records: readonly StoredRecord[];
}

/** Everything that somebody has who has the disk and the server's key. @throws when a row does not open. */
export async function dumpDatabase(place: DumpPlace): Promise<readonly OpenedRow[]> {
  const { key } = await loadDataKey({ dataDir: place.dataDir });
  const cipher = createDataCipher(key);
  const codec = createRecordCodec(cipher);
  const { conversations, messages, records } = await (place.mongodbUri === undefined
    ? readSqlite(place.file ?? `${place.dataDir}/permanence.db`)
    : readMongodb(place.mongodbUri));
  return [
    ...conversations.map((record): OpenedRow => {
      const opened = JSON.stringify(codec.openConversation(record));
      return { table: 'conversation', conversation: record.id, clear: inClear(record), opened };
    }),
    ...messages.map(({ conversation, ...record }): OpenedRow => {
      const opened = JSON.stringify(codec.openMessage(conversation, record));
      return { table: 'message', conversation, clear: inClear(record), opened };
    }),
    ...records.map((record): OpenedRow => {
      const { kind, conversation } = record;
      return { table: 'record', kind, conversation, clear: inClear(record), opened: openRecord(cipher, record) };
    }),
  ];
}

/** All rows as one text. */
export function textOfRows(rows: readonly OpenedRow[]): string {
  return rows.map(({ clear, opened }) => `${clear}\n${opened}`).join('\n');
}

/** Bound to all of its place: a second reading of what src/storage/record-collection seals. */
function openRecord(cipher: DataCipher, record: StoredRecord): string {
  const { kind, id, rev, uniqueKey, owner, conversation, sort, sealed } = record;
  return cipher.open(sealed, JSON.stringify(['record', kind, id, rev, uniqueKey, owner, conversation, sort]));
}

/** Sealed bytes as they would be found in a file. */
function inClear(row: object): string {
  const shown = Object.entries(row).map(([name, value]) => [
    name,
    value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
  ]);
  return JSON.stringify(Object.fromEntries(shown));
}

async function readSqlite(file: string): Promise<Rows> {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const all = <Row>(sql: string): Row[] => db.prepare(sql).all() as Row[];
    return {
      conversations: all<ConversationRecord & { createdAt: number; lastMessageAt: number }>(
        `SELECT id, channel, address_hash AS addressHash, address, rev, last_seq AS lastSeq, status,
           dialog_state AS dialogState, desk, inbox_list AS inboxList, created_at AS createdAt,
           last_message_at AS lastMessageAt FROM conversations`,
      ),
      messages: all<{ conversation: string; at: number } & Omit<MessageRecord, 'at'>>(
        `SELECT conversation_id AS conversation, seq, external_hash AS externalHash, author, at, sealed FROM messages`,
      ).map(({ at, ...row }) => ({ ...row, at: new Date(at) })),
      records: all<StoredRecord>(
        'SELECT kind, id, rev, unique_key AS uniqueKey, owner, conversation, sort, sealed FROM records',
      ),
    };
  } finally {
    db.close();
  }
}

interface StoredTail {
  readonly _id: string;
  readonly archive: string;
  readonly tail: readonly MessageRecord[];
}

async function readMongodb(uri: string): Promise<Rows> {
  const connection = await createConnection(uri, { promoteBuffers: true, retryWrites: false }).asPromise();
  try {
    const all = async <Row>(name: string): Promise<Row[]> =>
      (await connection.collection(name).find().toArray()) as Row[];
    const conversations = await all<StoredTail & Omit<ConversationRecord, 'id'>>('conversations');
    const archived = await all<MessageRecord & { readonly archive: string }>('messages');
    const records = await all<Omit<StoredRecord, 'id'> & { readonly _id: string }>('records');
    const ownerOf = new Map(conversations.map(({ _id, archive }) => [archive, _id]));
    return {
      conversations: conversations.map(({ _id, tail: _, ...rest }) => ({ ...rest, id: _id })),
      messages: [
        ...conversations.flatMap(({ _id, tail }) => tail.map((message) => ({ ...message, conversation: _id }))),
        ...archived.map((message) => ({ ...message, conversation: ownerOf.get(message.archive) ?? '' })),
      ],
      records: records.map(({ _id, ...rest }) => ({ ...rest, id: _id.slice(rest.kind.length + 1) })),
    };
  } finally {
    await connection.close();
  }
}
