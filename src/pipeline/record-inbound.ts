import type { ConcealedWords } from '../domain/concealed-words.js';
import type { JsonObject } from '../domain/json.js';
import { cutReceiptCodes } from '../nlu/entities/receipt-code.js';
import type { Step } from './compose.js';
import { concealedContent } from './conceal.js';

export interface RecordDependencies {
  readonly concealed: ConcealedWords;
  readonly isConfidential: (dialogState: JsonObject) => boolean;
  /** Told when that question failed: the message is then taken for confidential. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Puts the resident's message first in the draft, so that it is stored whatever the later steps make of it: without its
 * words while a report is under way, and never with the code of one. The later steps read the words as they were said.
 */
export function recordInbound({ concealed, isConfidential, onFailure }: RecordDependencies): Step {
  function isToBeConcealed(dialogState: JsonObject): boolean {
    try {
      return isConfidential(dialogState);
    } catch (error) {
      onFailure(error);
      return true;
    }
  }

  return ({ draft, conversation, received, now, secrecy }, next) => {
    const { externalId, clientId, text } = received;
    secrecy.isConcealed ||= isToBeConcealed(conversation.dialogState);
    draft.inbound = {
      seq: conversation.lastSeq + 1,
      externalId,
      ...(clientId !== undefined && { clientId }),
      author: 'resident',
      at: now,
      content: secrecy.isConcealed
        ? concealedContent(concealed)
        : { kind: 'text', text: cutReceiptCodes(text, concealed.receipt) },
    };
    return next();
  };
}
