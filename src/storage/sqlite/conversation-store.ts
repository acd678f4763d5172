import type { ChannelName, Conversation, ConversationStatus } from '../../domain/conversation.js';
import type { InboxList } from '../../domain/desk-state.js';
import { DomainError } from '../../domain/errors.js';
import type { Author, Message } from '../../domain/message.js';
import type { ChangedConversation, ConversationStore } from '../ports/conversation-store.js';
import {
  assertFollowing,
  type ConversationRecord,
  END_OF_TIME,
  type MessageRecord,
  type RecordCodec,
} from '../record-codec.js';
import type { SqliteDatabase } from './database.js';
import { prepareStatements } from './statements.js';

export interface ConversationRow {
  readonly id: string;
  readonly channel: ChannelName;
  readonly address_hash: string;
  readonly address: Uint8Array | null;
  readonly rev: number;
  readonly last_seq: number;
  readonly status: ConversationStatus;
  readonly dialog_state: Uint8Array;
  readonly desk: Uint8Array | null;
  readonly inbox_list: InboxList;
  readonly created_at: number;
  readonly last_message_at: number;
}

type ChangedRow = Pick<ConversationRow, 'id' | 'rev' | 'last_message_at'>;

export interface MessageRow {
  readonly seq: number;
  readonly external_hash: string;
  readonly author: Author;
  readonly at: number;
  readonly sealed: Uint8Array;
}

export function createConversationStore(db: SqliteDatabase, codec: RecordCodec): ConversationStore {
  const statements = prepareStatements(db);

  function insertMessages(id: string, messages: readonly Message[]): void {
    for (const message of messages) {
      const { seq, externalHash, author, at, sealed } = codec.sealMessage(id, message);
      statements.insertMessage.run(id, seq, externalHash, author, at.getTime(), sealed);
    }
  }

  const openRow = (row: unknown): Conversation => codec.openConversation(toConversationRecord(row as ConversationRow));

  const opened = (row: unknown): Conversation | undefined => (row === undefined ? undefined : openRow(row));

  function openMessageRow(id: string, row: unknown): Message {
    return codec.openMessage(id, toMessageRecord(row as MessageRow));
  }

  return {
    create: (conversation, messages) =>
      db.write(() => {
        assertFollowing(conversation.lastSeq - messages.length, messages);
        const record = codec.sealConversation({ ...conversation, rev: 0 });
        statements.insertConversation.run(
          record.id,
          record.channel,
          record.addressHash,
          record.address,
          record.lastSeq,
          record.status,
          record.dialogState,
          record.desk,
          record.inboxList,
          record.createdAt.getTime(),
          record.lastMessageAt.getTime(),
        );
        insertMessages(record.id, messages);
      }),
    load: (id) => db.read(() => opened(statements.selectById.get(id))),
    findByAddress: (channel, key) =>
      db.read(() => opened(statements.selectByAddress.get(codec.addressHash(channel, key)))),
    commit: ({ id, expectedRev, status, dialogState, desk, inboxList, messages, erasesHistory = false, at }) =>
      (erasesHistory ? db.erase : db.write)(() => {
        const current = statements.selectRev.get(id) as { rev: number; last_seq: number } | undefined;
        if (!current) throw new DomainError('conversation-gone', 'The conversation does not exist');
        if (current.rev !== expectedRev) throw new DomainError('revision-conflict', 'Another turn came first');
        assertFollowing(current.last_seq, messages);
        const rev = expectedRev + 1;
        statements.updateConversation.run(
          rev,
          current.last_seq + messages.length,
          status,
          codec.sealDialogState(id, rev, dialogState),
          codec.sealDesk(id, rev, desk),
          inboxList,
          messages.length > 0 ? at.getTime() : null,
          id,
          expectedRev,
        );
        if (erasesHistory) statements.deleteMessages.run(id);
        insertMessages(id, messages);
      }),
    messagesAfter: (id, after, limit) =>
      db.read(() => statements.selectMessagesAfter.all(id, after, limit).map((row) => openMessageRow(id, row))),
    findMessage: (id, externalId) =>
      db.read(() => {
        const row = statements.selectMessage.get(id, codec.externalHash(id, externalId));
        return row && openMessageRow(id, row);
      }),
    countMessages: (id) => db.read(() => Number(statements.countMessages.get(id)?.count)),
    remove: (id) => db.erase(() => statements.deleteConversation.run(id).changes === 1),
    listQueue: (limit) => db.read(() => statements.selectQueue.all(limit).map(openRow)),
    listPast: (limit, { lastMessageAt, id } = { lastMessageAt: END_OF_TIME, id: '' }) =>
      db.read(() => statements.selectPast.all(lastMessageAt.getTime(), id, limit).map(openRow)),
    listRecent: (limit) => db.read(() => statements.selectRecent.all(limit).map(openRow)),
    listChangedSince: (since, limit) =>
      db.read(() =>
        statements.selectChanged.all(since.getTime(), limit).map((row) => toChanged(row as unknown as ChangedRow)),
      ),
    removeInactiveSince: (before, limit) =>
      db.erase(() => {
        const ids = statements.selectInactive.all(before.getTime(), limit).map(({ id }) => String(id));
        for (const id of ids) statements.deleteConversation.run(id);
        return ids;
      }),
  };
}

export function toConversationRecord(row: ConversationRow): ConversationRecord {
  return {
    id: row.id,
    channel: row.channel,
    addressHash: row.address_hash,
    address: row.address,
    rev: row.rev,
    lastSeq: row.last_seq,
    status: row.status,
    dialogState: row.dialog_state,
    desk: row.desk,
    inboxList: row.inbox_list,
    createdAt: new Date(row.created_at),
    lastMessageAt: new Date(row.last_message_at),
  };
}

export function toMessageRecord({ seq, external_hash, author, at, sealed }: MessageRow): MessageRecord {
  return { seq, externalHash: external_hash, author, at: new Date(at), sealed };
}

function toChanged({ id, rev, last_message_at: at }: ChangedRow): ChangedConversation {
  return { id, rev, lastMessageAt: new Date(at) };
}
