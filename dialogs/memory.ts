import type { Intent } from '../src/nlu/intent-recognizer.js';
import { answer, type DialogTurn } from './dialog-turn.js';

/** What is remembered between two messages, besides a question that waits for its reply. Stored as JSON. */
export interface Memory {
  /** Messages in a row that were not understood. */
  readonly misses: number;
  /** What « oui » to the last answer means. */
  readonly offer?: Intent;
  readonly lastIntent?: Intent;
}

export const NOTHING_YET: Memory = Object.freeze({ misses: 0 });

const ABOUT_DATES: readonly Intent[] = ['permanence.hours', 'permanence.commissioners'];

export function remember(lastIntent: Intent): Memory {
  return { misses: 0, lastIntent };
}

/**
 * Reads what the message leaves out from what was talked about: « et jeudi ? » goes on about dates, « et à
 * Pontarlier ? » about addresses. Messages that are understood by themselves stay as they are.
 */
export function readInContext(turn: DialogTurn, { lastIntent }: Memory): DialogTurn {
  const intent = turn.command ? undefined : continuedBy(turn, lastIntent);
  return intent ? { ...turn, decision: answer(intent) } : turn;
}

function continuedBy({ decision, entities }: DialogTurn, lastIntent: Intent | undefined): Intent | undefined {
  if (decision.kind === 'answer') return undefined;
  const choices = decision.kind === 'disambiguate' ? decision.intents : undefined;
  const mayBe = (intent: Intent) => intent === lastIntent && (choices?.includes(intent) ?? true);
  if (entities.sector && mayBe('contact.email')) return 'contact.email';
  if (!entities.dates) return undefined;
  // Of a day that either permanence may be on, the answer about the delegates tells both.
  const isEither = choices?.every((intent) => ABOUT_DATES.includes(intent)) ?? false;
  return ABOUT_DATES.find(mayBe) ?? (isEither ? 'permanence.hours' : undefined);
}
