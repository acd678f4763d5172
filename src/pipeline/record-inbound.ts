import type { ConcealedWords } from '../domain/concealed-words.js';
import { cutReceiptCodes } from '../nlu/entities/receipt-code.js';
import type { Step } from './compose.js';
import { concealedContent, type IsConfidential } from './conceal.js';

export interface RecordDependencies {
  readonly concealed: ConcealedWords;
  readonly isConfidential: IsConfidential;
}

/**
 * Puts the resident's message first in the draft, so that it is stored whatever the later steps make of it: without its
 * words while a report is under way, and never with the code of one. The later steps read the words as they were said.
 */
export function recordInbound({ concealed, isConfidential }: RecordDependencies): Step {
  return ({ draft, conversation, received, now, secrecy }, next) => {
    const { externalId, clientId, text } = received;
    secrecy.isConcealed ||= isConfidential(conversation.dialogState);
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
