import { randomUUID } from 'node:crypto';
import type { Conversation, ConversationChange } from '../../domain/conversation.js';
import { DomainError } from '../../domain/errors.js';
import type { Message } from '../../domain/message.js';
import type { ChangedConversation, ConversationStore } from '../ports/conversation-store.js';
import {
  assertFollowing,
  type ConversationRecord,
  END_OF_TIME,
  isFollowing,
  type MessageRecord,
  type RecordCodec,
} from '../record-codec.js';
import { insertAgain, isSameBytes, writeAgain } from './again.js';
import type { Archive } from './archive.js';
import type { MongooseDatabase } from './database.js';
import { createMessageReader } from './read-messages.js';
import type { Located } from './snapshots.js';
import { planTail, type TailPlan } from './tail.js';

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
    if (hasRepeats(tail.map(({ externalHash }) => externalHash))) throw repeated();
    const archiveName = randomUUID();
    const document = { _id: id, ...record, tail, archive: archiveName, archivedThrough: 0, messageCount: tail.length };
    await insertAgain(
      () => conversations.create(document),
      // The name is this creation's own.
      async () => (await conversations.exists({ _id: id, archive: archiveName }).readConcern('local')) !== null,
    );
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
    // The first condition has the index entered where the page begins; the second one leaves out the page before.
    const comesAfter = {
      lastMessageAt: { $lte: lastMessageAt },
      $or: [{ lastMessageAt: { $lt: lastMessageAt } }, { _id: { $lt: id } }],
    };
    const past = conversations.find({ inboxList: 'past', ...comesAfter }, WITHOUT_MESSAGES);
    return (await past.sort({ lastMessageAt: -1, _id: -1 }).limit(limit).lean<StoredRecord[]>()).map(open);
  }

  async function listRecent(limit: number): Promise<readonly Conversation[]> {
    const recent = conversations.find({}, WITHOUT_MESSAGES).sort({ lastMessageAt: -1 });
    return (await recent.limit(limit).lean<StoredRecord[]>()).map(open);
  }

  async function listChangedSince(since: Date, limit: number): Promise<readonly ChangedConversation[]> {
    const changed = conversations.find({ lastMessageAt: { $gte: since } }, { rev: 1, lastMessageAt: 1 });
    const found = await changed.sort({ lastMessageAt: 1 }).limit(limit).lean();
    return found.map(({ _id, rev, lastMessageAt }) => ({ id: _id, rev, lastMessageAt }));
  }

  async function commit(change: ConversationChange): Promise<void> {
    const remembered = reader.takeSnapshot(change.id, change.expectedRev);
    if (remembered && (await commitOn(remembered, change)) === 'committed') return;
    // Whatever else came of it may be owed to the snapshot: another conversation may have been opened under this id.
    const current = await reader.locate(change.id);
    if (!current) throw new DomainError('conversation-gone', 'The conversation does not exist');
    if (current.rev !== change.expectedRev) throw overtaken();
    assertFollowing(current.lastSeq, change.messages);
    const outcome = await commitOn(current, change);
    if (outcome === 'repeated') throw repeated();
    if (outcome === 'overtaken') throw overtaken();
  }

  async function commitOn(
    current: Located,
    change: ConversationChange,
  ): Promise<'committed' | 'repeated' | 'overtaken'> {
    if (!isFollowing(current.lastSeq, change.messages)) return 'overtaken';
    const added = change.messages.map((message) => codec.sealMessage(change.id, message));
    const hashes = added.map(({ externalHash }) => externalHash);
    if (hasRepeats(hashes) || (!change.erasesHistory && (await reader.holdsAny(current, hashes)))) return 'repeated';

    const { archived, update } = planTail(current, added, change.erasesHistory === true);
    const fields = fieldsOf(current, change);
    const write = () => writeIfUnchanged(current, fields, update);
    const isArchiving = change.erasesHistory || archived.length > 0;
    const hasWon = await (isArchiving
      ? archive.sweepAfter(current, () => copyThen(current, archived, write))
      : write());
    return hasWon ? 'committed' : 'overtaken';
  }

  async function copyThen(
    { archive: name }: Located,
    archived: readonly MessageRecord[],
    write: () => Promise<boolean>,
  ) {
    await archive.add(name, archived);
    return write();
  }

  function fieldsOf(
    { rev, lastSeq }: Located,
    { id, status, dialogState, desk, inboxList, messages, at }: ConversationChange,
  ) {
    return {
      rev: rev + 1,
      lastSeq: lastSeq + messages.length,
      status,
      dialogState: codec.sealDialogState(id, rev + 1, dialogState),
      desk: codec.sealDesk(id, rev + 1, desk),
      inboxList,
      ...(messages.length > 0 && { lastMessageAt: at }),
    };
  }

  /** The one write of a commit. False when the conversation is no longer as it was read. */
  async function writeIfUnchanged(
    { _id, rev, archive: name }: Located,
    fields: ReturnType<typeof fieldsOf>,
    { set, push }: TailPlan['update'],
  ): Promise<boolean> {
    const { result, isRepeat } = await writeAgain(() =>
      // The archive's name tells a conversation from a later one that was opened under the same id.
      conversations.updateOne(
        { _id, rev, archive: name },
        { $set: { ...fields, ...set }, ...(push.length > 0 && { $push: { tail: { $each: push } } }) },
      ),
    );
    if (result.matchedCount === 1) return true;
    return isRepeat && (await holds(_id, fields, set.tail?.at(-1) ?? push.at(-1)));
  }

  /**
   * Whether a write that was not answered has been applied: its state is still there, or its last message. One that brought
   * no message and was followed at once by another counts as overtaken: who wanted it looks, and finds it done.
   */
  async function holds(_id: string, fields: { rev: number; dialogState: Uint8Array }, last: MessageRecord | undefined) {
    const found = await conversations.findById(_id, { rev: 1, dialogState: 1, tail: 1 }).readConcern('local').lean();
    if (!found) return false;
    if (found.rev === fields.rev) return isSameBytes(found.dialogState, fields.dialogState);
    return last !== undefined && found.tail.some(({ sealed }) => isSameBytes(sealed, last.sealed));
  }

  async function remove(id: string): Promise<boolean> {
    for (;;) {
      const owner = await conversations.findById(id, { archive: 1 }).readConcern('local').lean();
      if (!owner) return false;
      const where = { _id: id, archive: owner.archive };
      const { result, isRepeat } = await archive.sweepAfter(owner, () =>
        writeAgain(() => conversations.deleteOne(where)),
      );
      if (result.deletedCount === 1) return true;
      // None when the first try removed it, without an answer, or when an erasure came in between and gave the archive
      // another name: again, with that one.
      if (isRepeat && !(await conversations.exists({ _id: id }).readConcern('local'))) return true;
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
    listChangedSince: (since, limit) => run(() => listChangedSince(since, limit)),
    removeInactiveSince: (before, limit) => run(() => removeInactiveSince(before, limit)),
  };
}

function hasRepeats(externalHashes: readonly string[]): boolean {
  return new Set(externalHashes).size < externalHashes.length;
}

function repeated(): DomainError {
  return new DomainError('duplicate', 'Already stored');
}

function overtaken(): DomainError {
  return new DomainError('revision-conflict', 'Another turn came first');
}
