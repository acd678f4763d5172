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
  if (turn.decision.kind !== 'unsure' || turn.command || !lastIntent) return turn;
  const { dates, sector } = turn.entities;
  if (dates && ABOUT_DATES.includes(lastIntent)) return { ...turn, decision: answer(lastIntent) };
  if (sector && lastIntent === 'contact.email') return { ...turn, decision: answer(lastIntent) };
  return turn;
}
