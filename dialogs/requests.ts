import type { Answers } from '../src/domain/answers.js';
import type { Decision, Intent } from '../src/nlu/intent-recognizer.js';
import type { DialogTurn } from './dialog-turn.js';
import type { Beside } from './say.js';
import type { Wording } from './wording.js';

/** What the message asks for, in its order: nothing, one thing, or two at most. */
export function requestsOf({ decision, requests }: DialogTurn): readonly Intent[] {
  const decided = decidedOn(decision);
  if (requests.length < 2) return decided;
  const asked = [...new Set(requests)].filter((intent) => !intent.startsWith('smalltalk.'));
  return asked.length > 0 ? asked.slice(0, 2) : decided;
}

/** Nobody is asked whether they meant to say hello: of two readings, one of them polite, the likelier one is taken. */
function decidedOn(decision: Decision): readonly Intent[] {
  if (decision.kind === 'answer') return [decision.intent];
  if (decision.kind === 'unsure' || decision.intents.includes('emergency')) return [];
  return decision.intents.some((intent) => POLITE.includes(intent)) ? [decision.intents[0]] : [];
}

const POLITE: readonly Intent[] = ['smalltalk.greeting', 'smalltalk.thanks', 'smalltalk.goodbye'];

/** The settings of two answers to one message: together they say an address once, and the buttons come last. */
export function sideBySide(
  [first, second]: readonly [Intent, Intent],
  { answers, wording }: { readonly answers: Answers; readonly wording: Wording },
): readonly [Beside, Beside] {
  const addresses = wording.addresses();
  const isAnswered = (words: string): boolean => {
    const meaning = answers.meaningOf(words);
    return meaning !== undefined && 'intent' in meaning && (meaning.intent === first || meaning.intent === second);
  };
  return [
    { repeated: second === PLACE ? addresses : [], hides: () => true },
    { repeated: TELLING_THE_ADDRESS.includes(first) ? addresses : [], hides: ({ value }) => isAnswered(value) },
  ];
}

const PLACE: Intent = 'permanence.location';

/** Answers that say « Adresse : … ». */
const TELLING_THE_ADDRESS: readonly Intent[] = [
  PLACE,
  'permanence.hours',
  'permanence.commissioners',
  'permanence.appointment',
];
