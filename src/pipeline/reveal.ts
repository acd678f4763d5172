import type { ConcealedWords } from '../domain/concealed-words.js';
import type { Reveal } from '../domain/message.js';
import type { ReportIntake } from '../domain/report-intake.js';
import { type Confidences, isNameOfWords } from './confidences.js';

export interface RevealDependencies extends Pick<ReportIntake, 'readReceipt'> {
  /** Where `readReceipt` does not count as showing it: called once it may have been seen. */
  readonly onReceiptShown?: (receiptRef: string) => Promise<unknown>;
  readonly confidences: Pick<Confidences, 'find' | 'learn'>;
  readonly words: Pick<ConcealedWords, 'receiptShown'>;
}

const RECEIPT = 'receipt:';

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
  async function find(name: string): Promise<string | undefined> {
    await confidences.learn(name);
    return confidences.find(name);
  }

  return async (name) => {
    if (isNameOfWords(name)) {
      const text = await find(name);
      return text === undefined ? undefined : { text };
    }
    if (!isReceipt(name)) return undefined;
    const ref = name.slice(RECEIPT.length);
    const receipt = await readReceipt(ref);
    if (receipt === undefined) return undefined;
    const text = await find(name);
    const onShown = onReceiptShown && (async () => void (await onReceiptShown(ref)));
    return { text: `${text ?? words.receiptShown}\n${receipt}`, receipt, ...(onShown && { onShown }) };
  };
}
