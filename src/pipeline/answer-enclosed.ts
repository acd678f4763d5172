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

/**
 * With the assistant: what can be done instead of what was sent. Words under it are answered by the next steps; without any,
 * the turn ends here, unless a report is under way, whose question is asked again. A place is for the dialogs, or for the
 * delegate who is waited for.
 */
export function answerEnclosed(words: EnclosedWords): Step {
  return async (turn, next) => {
    const { received, draft, correction, secrecy } = turn;
    const { text, enclosed, position } = received;
    if (enclosed && !correction) draft.replies.push(...aboutEnclosed(enclosed, turn, words));
    const isForDelegate = position !== undefined && draft.status === 'waiting' && !secrecy.isConcealed;
    if (isForDelegate) draft.replies.push(...words.placeWaiting());
    const isForDialogs = position !== undefined && !isForDelegate;
    if (text !== '' || isForDialogs || secrecy.isConcealed) await next();
  };
}

function aboutEnclosed({ kind, outcome }: Enclosed, turn: Turn, words: EnclosedWords): readonly Content[] {
  const hasText = turn.received.text !== '';
  if (turn.secrecy.isConcealed) return words.inReport(hasText);
  if (outcome?.kind === 'kept') return words.keptForLater();
  return turn.draft.status === 'waiting' ? words.waiting(kind) : words.withBot(kind, hasText);
}
