import type { Entities, Intent } from '../src/nlu/intent-recognizer.js';

/** What is remembered between two messages, besides a question that waits for its reply. Stored as JSON. */
export interface Memory {
  /** Messages in a row that were not understood. */
  readonly misses: number;
  /** What « oui » to the last answer means. */
  readonly offer?: Intent;
  readonly lastIntent?: Intent;
  /** The days that the last answer was about. */
  readonly dates?: NonNullable<Entities['dates']>;
  /** When the last message was answered, in milliseconds since 1970. */
  readonly at?: number;
}

export const NOTHING_YET: Memory = Object.freeze({ misses: 0 });

/** After this long, nobody expects « et jeudi ? » to be understood. */
const FORGOTTEN_AFTER_MS = 30 * 60_000;

export const ABOUT_DATES: readonly Intent[] = ['permanence.hours', 'permanence.commissioners'];

/** Of several matters answered at once, the one about dates is what « et jeudi ? » goes on from. */
export function remember(intents: readonly Intent[], { dates }: Entities): Memory {
  const lastIntent = intents.find((intent) => ABOUT_DATES.includes(intent)) ?? intents.at(-1);
  if (lastIntent === undefined) return NOTHING_YET;
  return { misses: 0, lastIntent, ...(dates && ABOUT_DATES.includes(lastIntent) && { dates }) };
}

/** What is still remembered now. */
export function recall(memory: Memory | undefined, now: Date): Memory {
  if (memory?.at === undefined) return NOTHING_YET;
  const age = now.getTime() - memory.at;
  return age < FORGOTTEN_AFTER_MS ? memory : NOTHING_YET;
}
