import type { DatabaseSync } from 'node:sqlite';
import type { ConversationRecord, MessageRecord } from '../record-codec.js';
import { KINDS_LEFT_OUT, type TransferRow } from '../transfer/row.js';
import { type ConversationRow, type MessageRow, toConversationRecord, toMessageRecord } from './conversation-store.js';
import { type RecordRow, toRecord, valuesOf } from './records.js';

const SELECT_CONVERSATIONS = 'SELECT * FROM conversations ORDER BY id';
const SELECT_MESSAGES = 'SELECT * FROM messages WHERE conversation_id = ? ORDER BY seq';
/** What goes with a conversation that is gone is about to be swept, and MongoDB gives none of it back. */
const SELECT_RECORDS = `
  SELECT * FROM records WHERE conversation IS NULL OR conversation IN (SELECT id FROM conversations)
  ORDER BY kind, id`;

const INSERT_CONVERSATION = `
  INSERT INTO conversations (id, channel, address_hash, address, rev, last_seq, status, dialog_state, desk, inbox_list,
    created_at, last_message_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const INSERT_MESSAGE = `
  INSERT INTO messages (conversation_id, seq, external_hash, author, at, sealed) VALUES (?, ?, ?, ?, ?, ?)`;
const INSERT_RECORD = `
  INSERT INTO records (rev, unique_key, owner, conversation, sort, sealed, kind, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;

/** Every row but those of processes and of conversations that are gone, always in the same order. */
export async function* rowsOf(db: DatabaseSync): AsyncIterable<TransferRow> {
  const messages = db.prepare(SELECT_MESSAGES);
  for (const row of db.prepare(SELECT_CONVERSATIONS).iterate()) {
    const conversation: ConversationRecord = toConversationRecord(row as unknown as ConversationRow);
    yield { is: 'conversation', ...conversation };
    for (const message of messages.iterate(conversation.id)) {
      const record: MessageRecord = toMessageRecord(message as unknown as MessageRow);
      yield { is: 'message', conversation: conversation.id, ...record };
    }
  }
  for (const row of db.prepare(SELECT_RECORDS).iterate()) {
    const record = toRecord(row as unknown as RecordRow);
    if (!KINDS_LEFT_OUT.includes(record.kind)) yield { is: 'record', ...record };
  }
}

/** Throws SQLite's errors. */
export function prepareInsertion(db: DatabaseSync): (row: TransferRow) => void {
  const conversation = db.prepare(INSERT_CONVERSATION);
  const message = db.prepare(INSERT_MESSAGE);
  const record = db.prepare(INSERT_RECORD);

  return (row) => {
    if (row.is === 'conversation') conversation.run(...conversationValues(row));
    else if (row.is === 'record') record.run(...valuesOf(row));
    else message.run(row.conversation, row.seq, row.externalHash, row.author, row.at.getTime(), row.sealed);
  };
}

function conversationValues(row: ConversationRecord) {
  const { id, channel, addressHash, address, rev, lastSeq, status, dialogState, desk, inboxList } = row;
  const times = [row.createdAt.getTime(), row.lastMessageAt.getTime()] as const;
  return [id, channel, addressHash, address, rev, lastSeq, status, dialogState, desk, inboxList, ...times] as const;
}
