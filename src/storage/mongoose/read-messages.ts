import type { Model } from 'mongoose';
import { DomainError } from '../../domain/errors.js';
import type { Message } from '../../domain/message.js';
import type { MessageRecord, RecordCodec } from '../record-codec.js';
import type { Archive } from './archive.js';
import type { ConversationDocument } from './models.js';
import { createSnapshots, type Located } from './snapshots.js';

export interface MessageReader {
  messagesAfter(id: string, after: number, limit: number): Promise<readonly Message[]>;
  findMessage(id: string, externalId: string): Promise<Message | undefined>;
  countMessages(id: string): Promise<number>;
  locate(id: string): Promise<Located | null>;
  /** What was there at `rev` a moment ago, if it was looked at. Given once. */
  takeSnapshot(id: string, rev: number): Located | undefined;
  holdsAny(conversation: Located, externalHashes: readonly string[]): Promise<boolean>;
}

const LOCATED = { rev: 1, tail: 1, archive: 1, archivedThrough: 1, lastSeq: 1, messageCount: 1 } as const;

/**
 * Archive and tail as one list. The conversation is read first: it says up to where the archive counts, and a commit
 * that archives more meanwhile takes nothing away from what was read.
 */
export function createMessageReader(
  conversations: Model<ConversationDocument>,
  archive: Archive,
  codec: RecordCodec,
): MessageReader {
  const snapshots = createSnapshots();
  const locate = (id: string): Promise<Located | null> => conversations.findById(id, LOCATED).lean<Located>().exec();

  async function findRecord(conversation: Located, externalHashes: readonly string[]) {
    const inTail = conversation.tail.find(({ externalHash }) => externalHashes.includes(externalHash));
    if (inTail || conversation.archivedThrough === 0) return inTail;
    return archive.find({ archive: conversation.archive, through: conversation.archivedThrough }, externalHashes);
  }

  async function recordsAfter(id: string, after: number, limit: number): Promise<readonly MessageRecord[]> {
    for (let earlier: Located | undefined; ; ) {
      const conversation = await locate(id);
      if (!conversation) return [];
      const archived = await readArchived(conversation, after, limit);
      if (archived) return [...archived, ...conversation.tail.filter(({ seq }) => seq > after)].slice(0, limit);
      if (earlier?.archive === conversation.archive) {
        throw new DomainError('storage-unavailable', 'des messages archivés manquent dans la base');
      }
      earlier = conversation;
    }
  }

  /** Undefined when some are missing: the conversation was erased or removed after it was read. */
  async function readArchived(conversation: Located, after: number, limit: number) {
    const { archive: name, archivedThrough: through, lastSeq, messageCount } = conversation;
    const before = Math.max(after, lastSeq - messageCount);
    const expected = Math.min(limit, through - before);
    if (expected <= 0) return [];
    const records = await archive.read({ archive: name, after, through }, limit);
    return records.length === expected ? records : undefined;
  }

  return {
    async messagesAfter(id, after, limit) {
      const records = await recordsAfter(id, after, limit);
      return records.map((record) => codec.openMessage(id, record));
    },
    async findMessage(id, externalId) {
      const conversation = await locate(id);
      const record = conversation && (await findRecord(conversation, [codec.externalHash(id, externalId)]));
      if (record) return codec.openMessage(id, record);
      // It is new, and a commit will bring it.
      if (conversation) snapshots.keep(conversation);
      return undefined;
    },
    countMessages: async (id) => (await conversations.findById(id, { messageCount: 1 }).lean())?.messageCount ?? 0,
    locate,
    takeSnapshot: (id, rev) => snapshots.take(id, rev),
    holdsAny: async (conversation, externalHashes) =>
      externalHashes.length > 0 && (await findRecord(conversation, externalHashes)) !== undefined,
  };
}
