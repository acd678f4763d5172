import { isDomainError } from '../domain/errors.js';
import type { JsonObject } from '../domain/json.js';
import type { Delivery, DeliveryFailure, DeliveryShelf } from './deliveries.js';
import type { DeliveryFailureCode } from './delivery-failures.js';
import { withoutRev } from './outbox-fence.js';

/** What became of a send, as the process knows it that made it. */
export interface Known {
  /** As it is to stand, if nobody has written since. */
  readonly delivery: Delivery;
  /** The mark that was stored before it. */
  readonly mark?: DeliveryFailure;
  /** `seq` of what the service has acknowledged. */
  readonly arrived?: readonly number[];
}

/** Puts together what two sends left to be remembered. @param late comes from the one that was overtaken. */
export type MergeNotes = (present: JsonObject, late: JsonObject) => JsonObject;

/** What a mark of a send stands for, or what was made of it: both say less than an acknowledgement. */
const DOUBTS: readonly string[] = [
  'sending',
  'resending',
  'uncertain',
  'unconfirmed',
] satisfies readonly DeliveryFailureCode[];
/** Others write to the same conversation a few times in a second at most. */
const MOST_TRIES = 5;

/**
 * Stores what is known of a send over what others have made of it since: what has arrived is in doubt no longer, and is sent
 * by nobody any more. What is not known to have arrived stays as the others left it.
 * @returns whether something was changed.
 * @throws when storage does not take it.
 */
export async function mergeLate(
  shelf: Pick<DeliveryShelf, 'load' | 'save'>,
  known: Known,
  mergeNotes?: MergeNotes,
): Promise<boolean> {
  for (let tries = 1; ; tries++) {
    const stored = await shelf.load(known.delivery.conversationId);
    const merged = stored && merge(withoutRev(stored), known, mergeNotes);
    if (!stored || !merged) return false;
    try {
      await shelf.save(merged, stored.rev);
      return true;
    } catch (error) {
      if (tries === MOST_TRIES || !isDomainError(error, 'revision-conflict')) throw error;
    }
  }
}

/** Undefined when there is nothing to be changed. */
export function merge(present: Delivery, known: Known, mergeNotes?: MergeNotes): Delivery | undefined {
  if (isSame(present.failure, known.mark)) return unseen(present, known.delivery);
  const { delivery: late, arrived = [] } = known;
  const uncertain = present.uncertain?.filter((seq) => !arrived.includes(seq));
  const isResolved = uncertain?.length !== present.uncertain?.length;
  const isAhead = arrived.length > 0 && late.deliveredSeq > present.deliveredSeq;
  const notes = mergeNotes && late.notes ? mergeNotes(present.notes ?? {}, late.notes) : present.notes;
  const areNotesNew = JSON.stringify(notes) !== JSON.stringify(present.notes);
  if (!isResolved && !isAhead && !areNotesNew) return undefined;
  const { uncertain: _, failure, ...rest } = present;
  return {
    ...rest,
    ...(isAhead && { deliveredSeq: late.deliveredSeq }),
    ...(uncertain?.length && { uncertain }),
    ...(failure && { failure: isAhead || isResolved ? cleared(failure, uncertain) : failure }),
    ...(notes && { notes }),
  };
}

/** Nobody has looked since: what is known takes the place of the mark. What others have cleared up before stays so. */
function unseen(present: Delivery, late: Delivery): Delivery {
  const { uncertain, ...rest } = late;
  const left = uncertain?.filter((seq) => seq > present.deliveredSeq || present.uncertain?.includes(seq));
  return { ...rest, ...(left?.length && { uncertain: left }) };
}

/** A mark goes with the last doubt; that something may be due stays known. */
function cleared(failure: DeliveryFailure, uncertain: readonly number[] = []): DeliveryFailure {
  if (!DOUBTS.includes(failure.code) || (failure.upTo === undefined && uncertain.length > 0)) return failure;
  return { code: 'queued' satisfies DeliveryFailureCode, at: failure.at, attempts: 0 };
}

function isSame(one: DeliveryFailure | undefined, other: DeliveryFailure | undefined): boolean {
  if (!one || !other || one.upTo === undefined) return false;
  return one.code === other.code && one.at === other.at && one.upTo === other.upTo && one.attempts === other.attempts;
}
