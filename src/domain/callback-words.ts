import type { Answers } from './answers.js';
import type { DateWords } from './date-words.js';
import type { CallbackMoment } from './desk-state.js';

/** « demain, mercredi 25 novembre, le matin » */
export function momentInWords(
  { date, part }: CallbackMoment,
  now: Date,
  { answers, dates }: { readonly answers: Pick<Answers, 'phrase'>; readonly dates: Pick<DateWords, 'when'> },
): string {
  const words = answers.phrase(`moment.${part}`);
  if (date === undefined) return words;
  const day = dates.when({ date, slot: {} }, now);
  return part === 'any' ? day : answers.phrase('moment.day', { day, part: words });
}
