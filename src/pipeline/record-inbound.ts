import type { ConcealedWords } from '../domain/concealed-words.js';
import type { ConversationStatus } from '../domain/conversation.js';
import type { EnclosedWords } from '../domain/enclosed-words.js';
import type { TextContent } from '../domain/message.js';
import { cutReceiptCodes } from '../nlu/entities/receipt-code.js';
import type { Step, Turn } from './compose.js';
import { concealedContent, correctionMarks, type IsConfidential } from './conceal.js';
import type { Inbound } from './turn.js';

export interface RecordDependencies {
  readonly concealed: ConcealedWords;
  readonly enclosed: Pick<EnclosedWords, 'label' | 'place'>;
  readonly isConfidential: IsConfidential;
}

/** Of the desk: a delegate reads what is said then. */
const AT_DESK: readonly ConversationStatus[] = ['waiting', 'assigned'];

/**
 * Puts the resident's message first in the draft, so that it is stored whatever the later steps make of it: without its
 * words while a report is under way, and never with the code of one. The later steps read the words as they were said.
 */
export function recordInbound({ concealed, enclosed, isConfidential }: RecordDependencies): Step {
  return (turn, next) => {
    const { draft, conversation, received, now, secrecy } = turn;
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
        : contentOf(turn, cutReceiptCodes(wordsOf(received, conversation.status, enclosed), concealed.receipt)),
    };
    return next();
  };
}

function contentOf(turn: Turn, text: string): TextContent {
  const { outcome } = turn.received.enclosed ?? {};
  return {
    kind: 'text',
    text,
    ...correctionMarks(turn),
    ...(outcome?.kind === 'kept' && { attachment: outcome.attachment }),
  };
}

/** What cannot be written down is named. Where somebody is, nobody is told but a delegate. */
function wordsOf(
  { text, position, enclosed, edits }: Inbound,
  status: ConversationStatus,
  words: RecordDependencies['enclosed'],
): string {
  if (position) return join(words.place(AT_DESK.includes(status) ? position : undefined), text);
  if (!enclosed) return text;
  const { kind, outcome } = enclosed;
  // The words under it are corrected: what they are under is known.
  const isKnown = edits !== undefined && !outcome;
  return isKnown ? text : join(words.label(kind, outcome?.kind === 'kept'), text);
}

function join(label: string, text: string): string {
  return text === '' ? label : `${label}\n${text}`;
}
