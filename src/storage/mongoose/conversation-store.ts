import { randomUUID } from 'node:crypto';
import type { Conversation, ConversationChange } from '../../domain/conversation.js';
import { DomainError } from '../../domain/errors.js';
import type { Message } from '../../domain/message.js';
import type { ConversationStore } from '../ports/conversation-store.js';
import { assertFollowing, type ConversationRecord, END_OF_TIME, type RecordCodec } from '../record-codec.js';
import type { Archive } from './archive.js';
import type { MongooseDatabase } from './database.js';
import type { ConversationDocument } from './models.js';
import { createMessageReader } from './read-messages.js';
import { planTail } from './tail.js';

type StoredRecord = Omit<ConversationRecord, 'id'> & { readonly _id: string };

const WITHOUT_MESSAGES = { tail: 0, archive: 0, archivedThrough: 0, messageCount: 0 } as const;

export function createConversationStore(
  { models: { conversations }, run }: MongooseDatabase,
  archive: Archive,
  codec: RecordCodec,
): ConversationStore {
  const reader = createMessageReader(conversations, archive, codec);

  async function create(conversation: Conversation, messages: readonly Message[]): Promise<void> {
    assertFollowing(conversation.lastSeq - messages.length, messages);
    const { id, ...record } = codec.sealConversation({ ...conversation, rev: 0 });
    const tail = messages.map((message) => codec.sealMessage(id, message));
    refuseRepeats(tail.map(({ externalHash }) => externalHash));
    await conversations.create({
      _id: id,
      ...record,
      tail,
      archive: randomUUID(),
      archivedThrough: 0,
      messageCount: tail.length,
    });
  }

  async function find(where: { _id: string } | { addressHash: string }): Promise<Conversation | undefined> {
    const document = await conversations.findOne(where, WITHOUT_MESSAGES).lean<StoredRecord>();
    return document ? open(document) : undefined;
  }

  const open = ({ _id, ...record }: StoredRecord): Conversation => codec.openConversation({ id: _id, ...record });

  async function listQueue(limit: number): Promise<readonly Conversation[]> {
    const queue = conversations.find({ inboxList: 'queue' }, WITHOUT_MESSAGES);
    return (await queue.sort({ lastMessageAt: 1, _id: 1 }).limit(limit).lean<StoredRecord[]>()).map(open);
  }

  async function listPast(limit: number, { lastMessageAt, id }: { lastMessageAt: Date; id: string }) {
    const comesAfter = { $or: [{ lastMessageAt: { $lt: lastMessageAt } }, { lastMessageAt, _id: { $lt: id } }] };
    const past = conversations.find({ inboxList: 'past', ...comesAfter }, WITHOUT_MESSAGES);
    return (await past.sort({ lastMessageAt: -1, _id: -1 }).limit(limit).lean<StoredRecord[]>()).map(open);
  }

  async function listRecent(limit: number): Promise<readonly Conversation[]> {
    const recent = conversations.find({}, WITHOUT_MESSAGES).sort({ lastMessageAt: -1 });
    return (await recent.limit(limit).lean<StoredRecord[]>()).map(open);
  }

  async function commit(change: ConversationChange): Promise<void> {
    const current = await conversations.findById(change.id).lean();
    if (!current) throw new DomainError('conversation-gone', 'The conversation does not exist');
    if (current.rev !== change.expectedRev) throw overtaken();
    assertFollowing(current.lastSeq, change.messages);
    const added = change.messages.map((message) => codec.sealMessage(change.id, message));
    const hashes = added.map(({ externalHash }) => externalHash);
    refuseRepeats(hashes);
    if (!change.erasesHistory && (await reader.holdsAny(current, hashes))) throw repeated();

    const { archived, update } = planTail(current, added, change.erasesHistory === true);
    const write = () => writeIfUnchanged(current, change, update);
    if (change.erasesHistory || archived.length > 0) {
      const hasWon = await archive.sweepAfter(current, async () => {
        await archive.add(current.archive, archived);
        return write();
      });
      if (!hasWon) throw overtaken();
    } else if (!(await write())) throw overtaken();
  }

  /** The one write of a commit. False when the conversation is no longer as it was read. */
  async function writeIfUnchanged(
    { _id, rev, archive: name, lastSeq }: ConversationDocument,
    { id, status, dialogState, desk, inboxList, messages, at }: ConversationChange,
    { set, push }: ReturnType<typeof planTail>['update'],
  ): Promise<boolean> {
    const fields = {
      rev: rev + 1,
      lastSeq: lastSeq + messages.length,
      status,
      dialogState: codec.sealDialogState(id, rev + 1, dialogState),
      desk: codec.sealDesk(id, rev + 1, desk),
      inboxList,
      ...(messages.length > 0 && { lastMessageAt: at }),
    };
    // The archive's name tells a conversation from a later one that was opened under the same id.
    const { matchedCount } = await conversations.updateOne(
      { _id, rev, archive: name },
      { $set: { ...fields, ...set }, ...(push.length > 0 && { $push: { tail: { $each: push } } }) },
    );
    return matchedCount === 1;
  }

  async function remove(id: string): Promise<boolean> {
    for (;;) {
      const owner = await conversations.findById(id, { archive: 1 }).readConcern('local').lean();
      if (!owner) return false;
      const where = { _id: id, archive: owner.archive };
      const { deletedCount } = await archive.sweepAfter(owner, () => conversations.deleteOne(where));
      // None when an erasure came in between and gave the archive another name: again, with that one.
      if (deletedCount === 1) return true;
    }
  }

  async function removeInactiveSince(before: Date, limit: number): Promise<readonly string[]> {
    await archive.sweepAll();
    const isInactive = { lastMessageAt: { $lt: before } };
    const owners = await conversations.find(isInactive, { archive: 1 }).sort({ lastMessageAt: 1 }).limit(limit).lean();
    const removed: string[] = [];
    for (const owner of owners) {
      // Asked again in the removal itself: the resident may have come back meanwhile.
      const where = { _id: owner._id, archive: owner.archive, ...isInactive };
      const { deletedCount } = await archive.sweepAfter(owner, () => conversations.deleteOne(where));
      if (deletedCount === 1) removed.push(owner._id);
    }
    return removed;
  }

  return {
    create: (conversation, messages) => run(() => create(conversation, messages)),
    load: (id) => run(() => find({ _id: id })),
    findByAddress: (channel, key) => run(() => find({ addressHash: codec.addressHash(channel, key) })),
    commit: (change) => run(() => commit(change)),
    messagesAfter: (id, after, limit) => run(() => reader.messagesAfter(id, after, limit)),
    findMessage: (id, externalId) => run(() => reader.findMessage(id, externalId)),
    countMessages: (id) => run(() => reader.countMessages(id)),
    remove: (id) => run(() => remove(id)),
    listQueue: (limit) => run(() => listQueue(limit)),
    listPast: (limit, before = { lastMessageAt: END_OF_TIME, id: '' }) => run(() => listPast(limit, before)),
    listRecent: (limit) => run(() => listRecent(limit)),
    removeInactiveSince: (before, limit) => run(() => removeInactiveSince(before, limit)),
  };
}

function refuseRepeats(externalHashes: readonly string[]): void {
  if (new Set(externalHashes).size < externalHashes.length) throw repeated();
}

function repeated(): DomainError {
  return new DomainError('duplicate', 'Already stored');
}

function overtaken(): DomainError {
  return new DomainError('revision-conflict', 'Another turn came first');
}
