import type { ConcealedWords } from '../domain/concealed-words.js';
import type { Reveal } from '../domain/message.js';
import type { ReportIntake } from '../domain/report-intake.js';
import type { Confidences } from './confidences.js';

export interface RevealDependencies extends Pick<ReportIntake, 'readReceipt'> {
  readonly confidences: Pick<Confidences, 'find'>;
  readonly words: Pick<ConcealedWords, 'receiptShown'>;
}

const RECEIPT = 'receipt:';
const WORDS = 'words:';

/** The name by which a message shows a receipt. */
export function nameOfReceipt(receiptRef: string): string {
  return `${RECEIPT}${receiptRef}`;
}

/**
 * Shows residents what no transcript keeps. A receipt outlives a restart; the words that went with it do not.
 * @throws DomainError `storage-unavailable`.
 */
export function createReveal({ confidences, readReceipt, words }: RevealDependencies): Reveal {
  return async (name) => {
    if (!name.startsWith(RECEIPT) && !name.startsWith(WORDS)) return undefined;
    const text = confidences.find(name);
    if (name.startsWith(WORDS)) return text === undefined ? undefined : { text };
    const receipt = await readReceipt(name.slice(RECEIPT.length));
    if (receipt === undefined) return undefined;
    return { text: `${text ?? words.receiptShown}\n${receipt}`, receipt };
  };
}
