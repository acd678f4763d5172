import type { Weekday } from '../../domain/facts.js';
import type { Happened, Recurrence, RecurrenceUnit } from '../../domain/happened.js';
import { addDays, parisDate, parisTime } from '../../domain/paris-time.js';
import type { Entities } from '../intent-recognizer.js';
import type { DateLexicon, RecurrenceLexicon } from '../lexicon-schemas.js';
import { compilePattern, pad } from '../pattern.js';
import type { DateRange } from './date-rules.js';
import { blank, captureGroups, createDateFinder, firstMatch, lookUp, readNumber } from './dates.js';
import { resolvePastDate } from './past-date-rules.js';

type Patterns = readonly RegExp[];
type Found = Pick<Happened, 'dates' | 'isSince' | 'isNight'>;

/** When something took place: « hier soir », « tous les soirs », « depuis trois semaines ». */
export type HappenedFinder = (normalised: string, now: Date, time: Entities['time']) => Happened | undefined;

export function createHappenedFinder(lexicons: { dates: DateLexicon; recurrences: RecurrenceLexicon }): HappenedFinder {
  const { dates, recurrences } = lexicons;
  const groups = captureGroups(dates);
  const compile = (patterns: readonly string[]): Patterns => patterns.map((source) => compilePattern(source, groups));
  const never = compile(recurrences.never);
  const weekday = compile(['@weekday']);
  const findRecurrence = createRecurrenceFinder(lexicons, compile);
  const findDates = createPastFinder(lexicons, compile);

  return (normalised, now, time) => {
    const text = pad(normalised);
    const sure = findRecurrence(text, 'sure');
    const isNamed = firstMatch(text, weekday) !== undefined;
    const likely = sure ? undefined : findRecurrence(blank(text, never), 'likely');
    const rest = [sure, likely].reduce((left, found) => (found ? blank(left, [found.expression]) : left), text);
    const found = findDates(rest, now);
    const recurrence = sure ?? (found && !found.isSince ? undefined : likely);
    if (!found && !recurrence) return undefined;
    return {
      ...(found && beforeNow(found, { isNamed, now, time })),
      ...(recurrence && { recurrence: { ...recurrence.recurrence, ...(recurrence === likely && { isVague: true }) } }),
    };
  };
}

/** « lundi soir », said on a Monday morning, is of the week before. */
function beforeNow(
  found: Found,
  { isNamed, now, time }: { readonly isNamed: boolean; readonly now: Date; readonly time: Entities['time'] },
): Found {
  const { from, to } = found.dates ?? {};
  const isLater = isNamed && from === parisDate(now) && from === to && time && time.from > parisTime(now);
  return isLater && from ? { ...found, dates: { from: addDays(from, -7), to: addDays(from, -7) } } : found;
}

interface FoundRecurrence {
  readonly recurrence: Recurrence;
  readonly expression: RegExp;
}

function createRecurrenceFinder(
  { dates, recurrences }: { dates: DateLexicon; recurrences: RecurrenceLexicon },
  compile: (patterns: readonly string[]) => Patterns,
): (text: string, kind: 'sure' | 'likely') => FoundRecurrence | undefined {
  const rules = (list: RecurrenceLexicon['sure']) =>
    list.flatMap(({ every, patterns }) => compile(patterns).map((expression) => ({ every, expression })));
  const lists = { sure: rules(recurrences.sure), likely: rules(recurrences.likely) };

  return (text, kind) => {
    for (const { every, expression } of lists[kind]) {
      const match = text.match(expression);
      if (match) return { recurrence: toRecurrence(every, lookUp(dates.weekdays, match.groups?.weekday)), expression };
    }
    return undefined;
  };
}

function toRecurrence(every: RecurrenceUnit, weekday: number | undefined): Recurrence {
  return weekday === undefined ? { every } : { every, weekday: weekday as Weekday };
}

/** The day or days, the night before today, or the day since when. */
function createPastFinder(
  { dates, recurrences }: { dates: DateLexicon; recurrences: RecurrenceLexicon },
  compile: (patterns: readonly string[]) => Patterns,
): (text: string, now: Date) => Found | undefined {
  const findDates = createDateFinder(dates, resolvePastDate);
  const lastNight = compile(recurrences.lastNight);
  const sinceWords = compile(recurrences.sinceWords);
  const sinceMonth = compile(recurrences.sinceMonth);
  const since = recurrences.since.map(({ days, patterns }) => ({ days, expressions: compile(patterns) }));

  function sinceDays(text: string, today: string): DateRange | undefined {
    for (const { days, expressions } of since) {
      const match = firstMatch(text, expressions);
      if (match) return { from: addDays(today, -days * readNumber(match.groups?.number, dates)), to: today };
    }
    return undefined;
  }

  return (text, now) => {
    const today = parisDate(now);
    if (firstMatch(text, lastNight)) return { dates: { from: addDays(today, -1), to: today }, isNight: true };
    const counted = sinceDays(text, today);
    if (counted) return { dates: counted, isSince: true };
    const month = firstMatch(text, sinceMonth)?.groups?.month;
    const found = findDates(month === undefined ? text.trim() : `en ${month}`, now);
    if (!found) return undefined;
    const isSince = month !== undefined || firstMatch(text, sinceWords) !== undefined;
    return isSince && found.from <= today ? { dates: { from: found.from, to: today }, isSince } : { dates: found };
  };
}
