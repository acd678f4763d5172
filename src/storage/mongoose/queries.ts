/** Every index of the database and every query of the adapter. A test holds both against what is there and what is sent. */

export type CollectionName = 'conversations' | 'archive' | 'sweeps' | 'records' | 'meta';

export interface DeclaredIndex {
  readonly on: CollectionName;
  readonly key: Readonly<Record<string, 1>>;
  readonly isUnique?: true;
}

/** None is partial, sparse or expiring: engines differ in those. Every collection has the one on `_id` besides. */
export const INDEXES = {
  address: { on: 'conversations', key: { addressHash: 1 }, isUnique: true },
  lastMessage: { on: 'conversations', key: { lastMessageAt: 1 } },
  inboxList: { on: 'conversations', key: { inboxList: 1, lastMessageAt: 1, _id: 1 } },
  archivedSeq: { on: 'archive', key: { archive: 1, seq: 1 } },
  archivedHash: { on: 'archive', key: { archive: 1, externalHash: 1 } },
  recordKey: { on: 'records', key: { kind: 1, uniqueKey: 1 }, isUnique: true },
  recordOrder: { on: 'records', key: { kind: 1, sort: 1, _id: 1 } },
  recordOwner: { on: 'records', key: { kind: 1, owner: 1, sort: 1, _id: 1 } },
  recordConversation: { on: 'records', key: { conversation: 1, kind: 1, sort: 1, _id: 1 } },
} as const satisfies Readonly<Record<string, DeclaredIndex>>;

export type IndexName = keyof typeof INDEXES;

export interface DeclaredQuery {
  readonly on: CollectionName;
  readonly does: 'find' | 'update' | 'delete';
  /** Fields that are given as one value, or as one of a few. */
  readonly exactly: readonly string[];
  /** The field of which a range is given. */
  readonly between?: string;
  /** All ascending, or all descending. */
  readonly order?: readonly string[];
  /** Asked of the documents that the index finds, which are few, or nearly all wanted. */
  readonly besides?: readonly string[];
  readonly by: IndexName | '_id';
}

const ofConversations: readonly DeclaredQuery[] = [
  // A conversation, where its messages are, how many; what a write has left.
  { on: 'conversations', does: 'find', exactly: ['_id'], by: '_id' },
  { on: 'conversations', does: 'find', exactly: ['addressHash'], by: 'address' },
  // Whether a part of the archive is still named, and whether a creation was ours.
  { on: 'conversations', does: 'find', exactly: ['_id', 'archive'], by: '_id' },
  // The commit.
  { on: 'conversations', does: 'update', exactly: ['_id', 'rev', 'archive'], by: '_id' },
  { on: 'conversations', does: 'delete', exactly: ['_id', 'archive'], by: '_id' },
  { on: 'conversations', does: 'delete', exactly: ['_id', 'archive'], besides: ['lastMessageAt'], by: '_id' },
  { on: 'conversations', does: 'find', exactly: ['inboxList'], order: ['lastMessageAt', '_id'], by: 'inboxList' },
  {
    ...{ on: 'conversations', does: 'find', exactly: ['inboxList'], between: 'lastMessageAt' },
    ...{ order: ['lastMessageAt', '_id'], besides: ['$or'], by: 'inboxList' },
  },
  { on: 'conversations', does: 'find', exactly: [], order: ['lastMessageAt'], by: 'lastMessage' },
  {
    ...{ on: 'conversations', does: 'find', exactly: [], between: 'lastMessageAt' },
    ...{ order: ['lastMessageAt'], by: 'lastMessage' },
  },
];

const ofTheArchive: readonly DeclaredQuery[] = [
  { on: 'archive', does: 'find', exactly: ['archive'], between: 'seq', order: ['seq'], by: 'archivedSeq' },
  { on: 'archive', does: 'find', exactly: ['archive', 'externalHash'], besides: ['seq'], by: 'archivedHash' },
  { on: 'archive', does: 'delete', exactly: ['archive'], by: 'archivedSeq' },
  // All of them: a few at most, of processes that died.
  { on: 'sweeps', does: 'find', exactly: [], order: ['_id'], by: '_id' },
  { on: 'sweeps', does: 'delete', exactly: ['_id'], by: '_id' },
];

const listed = { on: 'records', does: 'find', order: ['sort', '_id'] } as const;
const removed = { on: 'records', does: 'delete' } as const;

const ofRecords: readonly DeclaredQuery[] = [
  { on: 'records', does: 'find', exactly: ['_id'], by: '_id' },
  { on: 'records', does: 'find', exactly: ['kind', 'uniqueKey'], by: 'recordKey' },
  { on: 'records', does: 'update', exactly: ['_id'], by: '_id' },
  { on: 'records', does: 'update', exactly: ['_id', 'rev'], by: '_id' },
  { ...listed, exactly: ['kind'], by: 'recordOrder' },
  { ...listed, exactly: ['kind'], between: 'sort', by: 'recordOrder' },
  { ...listed, exactly: ['kind', 'owner'], by: 'recordOwner' },
  { ...listed, exactly: ['kind', 'owner'], between: 'sort', by: 'recordOwner' },
  { ...listed, exactly: ['kind', 'conversation'], by: 'recordConversation' },
  {
    ...{ on: 'records', does: 'find', exactly: [], between: 'conversation' },
    ...{ order: ['conversation'], by: 'recordConversation' },
  },
  { ...removed, exactly: ['_id'], by: '_id' },
  { ...removed, exactly: ['_id', 'rev'], by: '_id' },
  { ...removed, exactly: ['kind'], between: 'sort', by: 'recordOrder' },
  { ...removed, exactly: ['kind', 'owner'], by: 'recordOwner' },
  { ...removed, exactly: ['kind', 'conversation'], by: 'recordConversation' },
  { ...removed, exactly: ['conversation'], by: 'recordConversation' },
  { ...removed, exactly: ['conversation'], besides: ['kind'], by: 'recordConversation' },
];

/** What a server sends while it runs. Migrations are apart: they go through everything, once. */
export const QUERIES: readonly DeclaredQuery[] = [
  ...ofConversations,
  ...ofTheArchive,
  ...ofRecords,
  { on: 'meta', does: 'find', exactly: ['_id'], by: '_id' },
];
