import type { Content } from './message.js';

/** What residents and delegates read in place of words that no transcript keeps, and beside them. */
export interface ConcealedWords {
  /** In place of what was written inside a report. */
  readonly answer: string;
  /** In place of the correction of what was. */
  readonly corrected: string;
  /** In place of the code of a report, wherever it was written. */
  readonly receipt: string;
  /** Goes over a code of which nothing else is known any more. */
  readonly receiptShown: string;
  /** In place of a code that is shown no more. */
  readonly receiptOver: string;
  /** What was written inside a report could not be taken. */
  failed(): readonly Content[];
  /** What was written inside a report came when a delegate had taken the conversation: they were not shown it. */
  overtaken(): readonly Content[];
  /** The same of a correction; nobody has taken it, be its report sent or not. */
  notCorrected(): readonly Content[];
  /** Somebody wrote to the author of a report: it says no more than that. */
  hasAnswer(): readonly Content[];
}
