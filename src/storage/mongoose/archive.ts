import { randomUUID } from 'node:crypto';
import type { Clock } from '../../domain/clock.js';
import type { MessageRecord } from '../record-codec.js';
import { insertAgain, writeAgain } from './again.js';
import { areAllDuplicates } from './errors.js';
import type { ArchivedMessageDocument, ConversationDocument, Models, SweepDocument } from './models.js';

/** Longer than any operation under way can last (the socket's time limit), by far. */
const SWEEP_KEPT_MS = 10 * 60_000;

/** The older messages of conversations. It is written before, and cleared after, the conversation's one write. */
export interface Archive {
  /** Copies messages; those already there stay as they are. */
  add(archive: string, messages: readonly MessageRecord[]): Promise<void>;
  /** Ascending, `after` < seq ≤ `through`. */
  read(where: { archive: string; after: number; through: number }, limit: number): Promise<readonly MessageRecord[]>;
  find(
    where: { archive: string; through: number },
    externalHashes: readonly string[],
  ): Promise<MessageRecord | undefined>;
  /**
   * Notes that `archive` may hold what no conversation refers to once `work` is over, runs it, then looks. When one of
   * them fails, or the process dies, a later `sweepAll` looks; the outcome of `work` stands.
   */
  sweepAfter<Result>(
    owner: Pick<ConversationDocument, '_id' | 'archive'>,
    work: () => Promise<Result>,
  ): Promise<Result>;
  /** Looks at all that was left by processes that died, or that is under way. */
  sweepAll(): Promise<void>;
}

export function createArchive({ archive: messages, conversations, sweeps }: Models, clock: Clock): Archive {
  // Beside the model, whose insertMany hides which of several writes failed.
  const collection = messages.db.collection<ArchivedMessageDocument>(messages.collection.name);

  /** Removes the part of the archive that its conversation no longer names. */
  async function sweep({ archive, conversationId }: SweepDocument): Promise<void> {
    // Local: the write that overtook a commit may not have reached the majority yet, and is to be seen here.
    const isNamed = await conversations.exists({ _id: conversationId, archive }).readConcern('local');
    if (!isNamed) await messages.deleteMany({ archive });
  }

  async function sweepAndForget(note: SweepDocument): Promise<void> {
    await sweep(note);
    await sweeps.deleteOne({ _id: note._id });
  }

  return {
    async add(archive, records) {
      const documents = records.map(
        (record) => ({ _id: `${archive}:${record.seq}`, archive, ...record }) satisfies ArchivedMessageDocument,
      );
      if (documents.length === 0) return;
      try {
        await writeAgain(() => collection.insertMany(documents, { ordered: false }));
      } catch (error) {
        // Not ordered: the absent ones were inserted. The others were by a commit that another one overtook.
        if (!areAllDuplicates(error)) throw error;
      }
    },
    read: ({ archive, after, through }, limit) =>
      messages
        .find({ archive, seq: { $gt: after, $lte: through } })
        .sort({ seq: 1 })
        .limit(limit)
        .lean(),
    async find({ archive, through }, externalHashes) {
      const where = { archive, externalHash: { $in: externalHashes }, seq: { $lte: through } };
      return (await messages.findOne(where).lean()) ?? undefined;
    },
    async sweepAfter({ _id, archive }, work) {
      const note = { _id: randomUUID(), archive, conversationId: _id, at: clock() };
      await insertAgain(
        () => sweeps.create(note),
        async () => true,
      );
      const result = await work();
      await Promise.allSettled([sweepAndForget(note)]);
      return result;
    },
    async sweepAll() {
      const forgottenBefore = clock().getTime() - SWEEP_KEPT_MS;
      for (const note of await sweeps.find().sort({ _id: 1 }).lean()) {
        // A younger one may belong to a commit under way, which can still write after this look.
        await (note.at.getTime() < forgottenBefore ? sweepAndForget(note) : sweep(note));
      }
    },
  };
}
