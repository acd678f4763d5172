import type { ConcealedWords } from '../domain/concealed-words.js';
import type { Conversation } from '../domain/conversation.js';
import type { Content, Message } from '../domain/message.js';
import type { ConversationStore } from '../storage/ports/conversation-store.js';
import type { Step, Turn } from './compose.js';
import { conceal } from './conceal.js';
import { nameOfReceipt } from './reveal.js';

export interface ConcealLateDependencies {
  readonly store: Pick<ConversationStore, 'messagesAfter'>;
  readonly concealed: ConcealedWords;
  readonly isLeaving: (text: string) => boolean;
}

/** More than a question and the words about who takes over. */
const LOOKED_AT = 20;

/**
 * A delegate may take a conversation while its resident is writing an answer to a report. Nobody meant it for the delegate:
 * the first message after that is concealed as well, unless the delegate has said something by then, and the resident is
 * told.
 */
export function concealLate({ store, concealed, isLeaving }: ConcealLateDependencies): Step {
  async function wasAskedInConfidence({ id, lastSeq }: Conversation): Promise<boolean> {
    const last = await store.messagesAfter(id, Math.max(0, lastSeq - LOOKED_AT), LOOKED_AT);
    const before = last.findLast((message) => message.author !== 'system' && !isCorrection(message));
    return before?.author === 'bot' && before.content.kind === 'text' && before.content.asksInConfidence === true;
  }

  /** The report was sent as the delegate came, or goes on without them. */
  function wordsFor({ secrecy, correction }: Turn): readonly Content[] {
    if (secrecy.receiptRef !== undefined) return receiptOf(secrecy.receiptRef);
    return correction ? concealed.notCorrected() : concealed.overtaken();
  }

  function receiptOf(receiptRef: string): readonly Content[] {
    return [{ kind: 'text', text: concealed.receiptOver, reveal: nameOfReceipt(receiptRef) }];
  }

  return async (turn, next) => {
    const { conversation, received, secrecy, draft } = turn;
    if (conversation.status === 'assigned' && !isLeaving(received.text)) {
      // An earlier attempt may have concealed it, before the delegate came.
      if (secrecy.isConcealed || (await wasAskedInConfidence(conversation))) {
        conceal(turn, concealed);
        draft.notices.push(...wordsFor(turn));
      }
    }
    await next();
  };
}

/** It says nothing new: what was asked is still to be answered. */
function isCorrection({ author, content }: Message): boolean {
  return author === 'resident' && content.kind === 'text' && content.edits !== undefined;
}
