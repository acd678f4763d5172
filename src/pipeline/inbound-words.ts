import type { ConversationStatus } from '../domain/conversation.js';
import type { EnclosedWords } from '../domain/enclosed-words.js';
import type { TurnCorrection } from './compose.js';
import type { Inbound } from './turn.js';

/** Of the desk: a delegate reads what is said then. */
const AT_DESK: readonly ConversationStatus[] = ['waiting', 'assigned'];

/** As a transcript has it. What cannot be written down is named. Where somebody is, nobody is told but a delegate. */
export function wordsOf(
  { text, position, enclosed }: Inbound,
  context: { readonly status: ConversationStatus; readonly correction?: Pick<TurnCorrection, 'enclosed'> | undefined },
  words: Pick<EnclosedWords, 'label' | 'place'>,
): string {
  const { status, correction } = context;
  if (position) return join(words.place(AT_DESK.includes(status) ? position : undefined), text);
  if (!enclosed) return text;
  const { kind, outcome } = enclosed;
  if (outcome || !correction) return join(words.label(kind, outcome?.kind === 'kept'), text);
  // What corrected words are under is known, unless there are none any more, or it is something else.
  const isKnown = correction.enclosed !== 'replaced' && text !== '';
  return isKnown ? text : join(words.label(kind, correction.enclosed === 'kept'), text);
}

function join(label: string, text: string): string {
  return text === '' ? label : `${label}\n${text}`;
}
