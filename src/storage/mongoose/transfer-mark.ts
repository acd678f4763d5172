import { setupFaults } from '../setup-faults.js';
import { transferFaults } from '../transfer/faults.js';
import type { Models } from './models.js';

const MARK_ID = 'transfer';

/** Stands in the database from before the first row is written until all have been read back. */
export interface TransferMark {
  /** Which restoration or move it is: another one does not go on with this one's rows. */
  readonly transfer: string;
  /** The process that writes. */
  readonly holder: string;
  /** Grows with each batch, so that others see that the holder lives. */
  readonly beat: number;
  /** What a move has written all of, up to and with these, in the order in which it reads. */
  readonly done: TransferCursor;
}

export interface TransferCursor {
  readonly conversation?: string;
  /** `<kind>:<id>` */
  readonly record?: string;
}

interface MarkDocument extends TransferMark {
  readonly _id: string;
}

/** The mark in one database. */
export interface TransferMarks {
  read(): Promise<TransferMark | undefined>;
  /** Rejects with the driver's error of a taken key when there is one. */
  create(mark: TransferMark): Promise<void>;
  /** Replaces it when it stands as `from`: false when somebody else changed it. */
  replace(from: TransferMark, to: TransferMark): Promise<boolean>;
  remove(from: TransferMark): Promise<boolean>;
}

export function createTransferMarks({ meta }: Pick<Models, 'meta'>): TransferMarks {
  // Beside the model, which knows the other document of this collection.
  const marks = meta.db.collection<MarkDocument>(meta.collection.name);
  const standsAs = ({ transfer, holder, beat }: TransferMark) => ({ _id: MARK_ID, transfer, holder, beat });

  return {
    async read() {
      const found = await marks.findOne({ _id: MARK_ID });
      if (!found) return undefined;
      const { _id, ...mark } = found;
      return mark;
    },
    async create(mark) {
      await marks.insertOne({ _id: MARK_ID, ...mark });
    },
    async replace(from, to) {
      const { matchedCount } = await marks.updateOne(standsAs(from), { $set: to });
      return matchedCount === 1;
    },
    async remove(from) {
      return (await marks.deleteOne(standsAs(from))).deletedCount === 1;
    },
  };
}

/** Shows that its holder lives, and how far it is. @throws ConfigError when somebody else has taken over. */
export async function beat(marks: TransferMarks, mark: TransferMark, done = mark.done): Promise<TransferMark> {
  const next = { ...mark, beat: mark.beat + 1, done };
  if (!(await marks.replace(mark, next))) throw transferFaults.overtaken();
  return next;
}

/** @throws ConfigError while a restoration or a move into this database has not come to its end. */
export async function refuseUnfinishedTransfer(models: Pick<Models, 'meta'>): Promise<void> {
  if (await createTransferMarks(models).read()) throw setupFaults.unfinishedTransfer();
}
