import { type Connection, type Model, type Query, Schema, type SchemaDefinition } from 'mongoose';
import type { ConversationRecord, MessageRecord } from '../record-codec.js';
import type { StoredRecord } from '../records.js';

/**
 * One conversation: it changes by one conditional write on `_id` and `rev`. Its last messages are in it (`tail`),
 * older ones in the archive.
 */
export interface ConversationDocument extends Omit<ConversationRecord, 'id'> {
  readonly _id: string;
  readonly tail: readonly MessageRecord[];
  /**
   * Names the part of the archive that holds the older messages. An erasure writes a new name, so what was archived
   * before, or still is being archived by an overtaken commit, is never read again.
   */
  readonly archive: string;
  /** `seq` of the last archived message; 0 when there is none. What lies after it is read from the tail. */
  readonly archivedThrough: number;
  readonly messageCount: number;
}

export interface ArchivedMessageDocument extends MessageRecord {
  /** `<archive>:<seq>`: archiving twice changes nothing. */
  readonly _id: string;
  readonly archive: string;
}

/** Noted before a part of the archive is written or abandoned, so that a crash in between leaves nothing for ever. */
export interface SweepDocument {
  readonly _id: string;
  readonly archive: string;
  readonly conversationId: string;
  readonly at: Date;
}

/** `_id` is `<kind>:<id>`. */
export interface RecordDocument extends Omit<StoredRecord, 'id'> {
  readonly _id: string;
}

export interface MetaDocument {
  readonly _id: string;
  readonly version: number;
  readonly keyCheck: Uint8Array;
}

export interface Models {
  readonly conversations: Model<ConversationDocument>;
  readonly archive: Model<ArchivedMessageDocument>;
  readonly sweeps: Model<SweepDocument>;
  readonly records: Model<RecordDocument>;
  readonly meta: Model<MetaDocument>;
}

const LIMITED = /^(find|findOne|updateOne|updateMany|deleteOne|deleteMany)$/;
const OPTIONS = { versionKey: false, strict: 'throw', minimize: false } as const;
const text = { type: String, required: true } as const;
const count = { type: Number, required: true } as const;
const time = { type: Date, required: true } as const;
const bytes = { type: Buffer, required: true } as const;
const messageFields = { seq: count, externalHash: text, author: text, at: time, sealed: bytes };

/** @param limitMs how long the server may work on one query or write; no limit when absent. */
export function defineModels(connection: Connection, limitMs?: number): Models {
  function define<Document>(collection: string, fields: SchemaDefinition): Model<Document> {
    const schema = new Schema<Document>(fields as SchemaDefinition<Document>, OPTIONS);
    // The driver has no such option for a connection, and mongoose none that it heeds.
    if (limitMs !== undefined) schema.pre(LIMITED, limitBy(limitMs));
    return connection.model<Document>(collection, schema, collection);
  }
  const tail = new Schema(messageFields, { ...OPTIONS, _id: false });

  return {
    conversations: define<ConversationDocument>('conversations', {
      _id: text,
      channel: text,
      addressHash: text,
      address: { type: Buffer, default: null },
      rev: count,
      lastSeq: count,
      status: text,
      dialogState: bytes,
      desk: { type: Buffer, default: null },
      inboxList: text,
      createdAt: time,
      lastMessageAt: time,
      tail: [tail],
      archive: text,
      archivedThrough: count,
      messageCount: count,
    }),
    archive: define<ArchivedMessageDocument>('messages', { _id: text, archive: text, ...messageFields }),
    sweeps: define<SweepDocument>('sweeps', { _id: text, archive: text, conversationId: text, at: time }),
    records: define<RecordDocument>('records', {
      _id: text,
      kind: text,
      rev: count,
      uniqueKey: text,
      owner: { type: String, default: null },
      conversation: { type: String, default: null },
      sort: count,
      sealed: bytes,
    }),
    meta: define<MetaDocument>('meta', { _id: text, version: count, keyCheck: bytes }),
  };
}

function limitBy(limitMs: number): (this: Query<unknown, unknown>) => void {
  return function limit() {
    this.maxTimeMS(limitMs);
  };
}
