import type { EnclosedWords } from '../domain/enclosed-words.js';
import type { Content } from '../domain/message.js';
import type { Step, Turn } from './compose.js';
import type { Enclosed } from './turn.js';

/**
 * While a delegate holds the conversation: what could not be made ready for them is told to the resident, with what can be
 * done instead.
 */
export function tellRefused(words: Pick<EnclosedWords, 'refused'>): Step {
  return ({ draft, received, correction, secrecy }, next) => {
    const { enclosed } = received;
    // Nobody held it as it came, so that it was not fetched. What is under corrected words came before.
    const isLeftOut = enclosed !== undefined && (enclosed.outcome !== undefined || !correction);
    if (draft.status === 'assigned' && isLeftOut && !secrecy.isConcealed) {
      draft.notices.push(...refusalOf(enclosed, words));
    }
    return next();
  };
}

function refusalOf({ kind, outcome }: Enclosed, words: Pick<EnclosedWords, 'refused'>): readonly Content[] {
  if (outcome?.kind === 'kept') return [];
  return words.refused(kind, outcome?.reason ?? 'unavailable');
}

/** What came with the message and was not taken is told before what is answered, whoever speaks. */
export function tellUnread(words: Pick<EnclosedWords, 'unread'>): Step {
  return async ({ draft, received }, next) => {
    await next();
    if (received.unread !== undefined) draft.replies.unshift(...words.unread());
  };
}

/**
 * With the assistant: what can be done instead of what was sent. Words under it are answered by the dialogs; without any, they
 * ask again what they had asked. A place is for the dialogs, or for the delegate who is waited for.
 */
export function answerEnclosed(words: EnclosedWords): Step {
  return async (turn, next) => {
    const { received, draft, correction, secrecy } = turn;
    const { enclosed, position } = received;
    if (position && draft.status === 'waiting' && !secrecy.isConcealed) {
      draft.replies.push(...words.placeWaiting());
      return;
    }
    const told = enclosed && !correction ? aboutEnclosed(enclosed, turn, words) : [];
    draft.replies.push(...told);
    await next();
    // The buttons that are pressed are those of the answer, or of the question, below.
    const isLast = draft.replies.length === told.length;
    if (!isLast) draft.replies.splice(0, told.length, ...told.map(withoutActions));
  };
}

function aboutEnclosed({ kind, outcome }: Enclosed, turn: Turn, words: EnclosedWords): readonly Content[] {
  const hasText = turn.received.text !== '';
  if (turn.secrecy.isConcealed) return words.inReport(hasText);
  if (outcome?.kind === 'kept') return words.keptForLater();
  return turn.draft.status === 'waiting' ? words.waiting(kind) : words.withBot(kind, hasText);
}

function withoutActions(content: Content): Content {
  if (content.kind !== 'text') return content;
  const { actions: _, ...rest } = content;
  return rest;
}
