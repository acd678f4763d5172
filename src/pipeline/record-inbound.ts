import type { ConcealedWords } from '../domain/concealed-words.js';
import type { EnclosedWords } from '../domain/enclosed-words.js';
import type { TextContent } from '../domain/message.js';
import { cutReceiptCodes } from '../nlu/entities/receipt-code.js';
import type { Step, Turn } from './compose.js';
import { concealedContent, correctionMarks, type IsConfidential } from './conceal.js';
import { wordsOf } from './inbound-words.js';

export interface RecordDependencies {
  readonly concealed: ConcealedWords;
  readonly enclosed: Pick<EnclosedWords, 'label' | 'place'>;
  readonly isConfidential: IsConfidential;
}

/**
 * Puts the resident's message first in the draft, so that it is stored whatever the later steps make of it: without its
 * words while a report is under way, and never with the code of one. The later steps read the words as they were said.
 */
export function recordInbound({ concealed, enclosed, isConfidential }: RecordDependencies): Step {
  return (turn, next) => {
    const { draft, conversation, received, now, secrecy, correction } = turn;
    const { externalId, clientId } = received;
    secrecy.isConcealed ||= isConfidential(conversation.dialogState);
    draft.inbound = {
      seq: conversation.lastSeq + 1,
      externalId,
      ...(clientId !== undefined && { clientId }),
      author: 'resident',
      at: now,
      content: secrecy.isConcealed
        ? concealedContent(turn, concealed)
        : contentOf(
            turn,
            cutReceiptCodes(
              wordsOf(received, { status: conversation.status, correction }, enclosed),
              concealed.receipt,
            ),
          ),
    };
    return next();
  };
}

function contentOf(turn: Turn, text: string): TextContent {
  const { outcome, mark } = turn.received.enclosed ?? {};
  const isNew = outcome !== undefined || !turn.correction || turn.correction.enclosed === 'replaced';
  return {
    kind: 'text',
    text,
    ...correctionMarks(turn),
    ...(outcome?.kind === 'kept' && { attachment: outcome.attachment }),
    ...(isNew && mark !== undefined && { enclosedMark: mark }),
  };
}
