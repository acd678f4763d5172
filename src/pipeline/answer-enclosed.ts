import type { EnclosedWords } from '../domain/enclosed-words.js';
import type { Content } from '../domain/message.js';
import type { Step, Turn } from './compose.js';
import type { DialogRunner } from './run-dialogs.js';
import type { Enclosed } from './turn.js';

type RefusalWords = Pick<EnclosedWords, 'refused' | 'replaced'>;

/**
 * While a delegate holds the conversation: what could not be made ready for them is told to the resident, with what can be
 * done instead.
 */
export function tellRefused(words: RefusalWords): Step {
  return ({ draft, received, correction, secrecy }, next) => {
    const { enclosed } = received;
    if (enclosed && draft.status === 'assigned' && !secrecy.isConcealed) {
      draft.notices.push(...refusalOf(enclosed, correction, words));
    }
    return next();
  };
}

function refusalOf(
  { kind, outcome }: Enclosed,
  correction: Turn['correction'],
  words: RefusalWords,
): readonly Content[] {
  if (outcome?.kind === 'kept') return [];
  // What is under corrected words came before; what has taken its place is not fetched.
  if (!outcome && correction) return correction.enclosed === 'replaced' ? words.replaced() : [];
  // Without an outcome nobody held it as it came, so that it was not fetched.
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
export function answerEnclosed(words: EnclosedWords, dialogs: Pick<DialogRunner, 'takesWords'>): Step {
  return async (turn, next) => {
    const { received, draft, correction, secrecy } = turn;
    const { enclosed, position } = received;
    if (position && draft.status === 'waiting' && !secrecy.isConcealed) {
      draft.replies.push(...words.placeWaiting());
      return;
    }
    const told = enclosed && !correction ? aboutEnclosed(enclosed, turn, { words, dialogs }) : [];
    draft.replies.push(...told);
    await next();
    // The buttons that are pressed are those of the answer, or of the question, below.
    const isLast = draft.replies.length === told.length;
    if (!isLast) draft.replies.splice(0, told.length, ...told.map(withoutActions));
  };
}

interface Told {
  readonly words: EnclosedWords;
  readonly dialogs: Pick<DialogRunner, 'takesWords'>;
}

function aboutEnclosed({ kind, outcome }: Enclosed, turn: Turn, { words, dialogs }: Told): readonly Content[] {
  const hasText = turn.received.text !== '';
  if (turn.secrecy.isConcealed) {
    const isTaken = dialogs.takesWords?.(turn.conversation.dialogState) ?? true;
    return isTaken || hasText ? words.inReport(hasText) : words.besideReport();
  }
  if (outcome?.kind === 'kept') return words.keptForLater();
  return turn.draft.status === 'waiting' ? words.waiting(kind) : words.withBot(kind, hasText);
}

function withoutActions(content: Content): Content {
  if (content.kind !== 'text') return content;
  const { actions: _, ...rest } = content;
  return rest;
}
