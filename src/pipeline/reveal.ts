import type { ConcealedWords } from '../domain/concealed-words.js';
import type { Reveal } from '../domain/message.js';
import type { ReportIntake } from '../domain/report-intake.js';
import type { Confidences } from './confidences.js';

export interface RevealDependencies extends Pick<ReportIntake, 'readReceipt'> {
  /** Where `readReceipt` does not count as showing it: called once it may have been seen. */
  readonly onReceiptShown?: (receiptRef: string) => Promise<unknown>;
  readonly confidences: Pick<Confidences, 'find'>;
  readonly words: Pick<ConcealedWords, 'receiptShown'>;
}

const RECEIPT = 'receipt:';
const WORDS = 'words:';

/** The name by which a message shows a receipt. */
export function nameOfReceipt(receiptRef: string): string {
  return `${RECEIPT}${receiptRef}`;
}

export function isReceipt(name: string | undefined): boolean {
  return name?.startsWith(RECEIPT) ?? false;
}

/**
 * Shows residents what no transcript keeps. A receipt outlives a restart; the words that went with it do not.
 * @throws DomainError `storage-unavailable`.
 */
export function createReveal({ confidences, readReceipt, onReceiptShown, words }: RevealDependencies): Reveal {
  return async (name) => {
    if (!isReceipt(name) && !name.startsWith(WORDS)) return undefined;
    const text = confidences.find(name);
    if (name.startsWith(WORDS)) return text === undefined ? undefined : { text };
    const ref = name.slice(RECEIPT.length);
    const receipt = await readReceipt(ref);
    if (receipt === undefined) return undefined;
    const onShown = onReceiptShown && (async () => void (await onReceiptShown(ref)));
    return { text: `${text ?? words.receiptShown}\n${receipt}`, receipt, ...(onShown && { onShown }) };
  };
}
