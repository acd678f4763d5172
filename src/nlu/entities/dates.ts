import { parisDate } from '../../domain/paris-time.js';
import type { DateLexicon } from '../lexicon-schemas.js';
import { compilePattern, type Groups, pad } from '../pattern.js';
import { type DateRange, resolveDate, type SaidDate } from './date-rules.js';

/**
 * The day or days that a normalised text speaks of, in Europe/Paris. Days without a year are the next such ones, today
 * included; « mercredi prochain » is the first Wednesday after today, « mercredi » may be today.
 * @param resolveRule makes days of what the words say; another one reads them as of the past.
 */
export function createDateFinder(
  lexicon: DateLexicon,
  resolveRule: typeof resolveDate = resolveDate,
): (normalised: string, now: Date) => DateRange | undefined {
  const groups = captureGroups(lexicon);
  const rules = lexicon.rules.map(({ rule, patterns }) => ({
    rule,
    expressions: patterns.map((pattern) => compilePattern(pattern, groups)),
  }));
  return (normalised, now) => {
    let text = pad(normalised);
    for (const { rule, expressions } of rules) {
      if (rule === 'none') text = blank(text, expressions);
      const match = rule === 'none' ? undefined : firstMatch(text, expressions);
      if (match) return resolveRule(rule, parisDate(now), readSaid(match, lexicon));
    }
    return undefined;
  };
}

export function firstMatch(text: string, expressions: readonly RegExp[]): RegExpMatchArray | undefined {
  for (const expression of expressions) {
    const match = text.match(expression);
    if (match) return match;
  }
  return undefined;
}

export function blank(text: string, expressions: readonly RegExp[]): string {
  return expressions.reduce((rest, expression) => rest.replace(new RegExp(expression, 'gu'), ''), text);
}

export function captureGroups(lexicon: DateLexicon): Groups {
  const capture = (name: string, sources: readonly string[]): [string, string] => [
    name,
    `(?<${name}>${[...sources].sort((a, b) => b.length - a.length).join('|')})`,
  ];
  return new Map([
    capture('weekday', Object.keys(lexicon.weekdays)),
    capture('month', Object.keys(lexicon.months)),
    capture('number', [...Object.keys(lexicon.numbers), '\\d{1,2}']),
    capture('fortnight', Object.keys(lexicon.inWeeks)),
    capture('relative', Object.keys(lexicon.relativeDays)),
    capture('feast', Object.keys(lexicon.feasts)),
    capture('movable', Object.keys(lexicon.movableFeasts)),
    capture('date', ['\\d{1,2}/\\d{1,2}/(?:\\d{4}|\\d{2})', '\\d{1,2}/\\d{1,2}']),
    capture('year', ['20\\d\\d']),
  ]);
}

function readSaid(match: RegExpMatchArray, lexicon: DateLexicon): SaidDate {
  const said = match.groups ?? {};
  return {
    weekday: lookUp(lexicon.weekdays, said.weekday) ?? 0,
    count: readNumber(said.number, lexicon),
    weeks: lookUp(lexicon.inWeeks, said.fortnight) ?? 0,
    offset: lookUp(lexicon.relativeDays, said.relative) ?? lookUp(lexicon.movableFeasts, said.movable) ?? 0,
    ...readDay(said, lexicon),
  };
}

type Said = Readonly<Record<string, string | undefined>>;

/** Day and month from « 25/12/26 », from the name of a feast, or from words. */
function readDay(said: Said, lexicon: DateLexicon): Pick<SaidDate, 'day' | 'month' | 'year'> {
  if (said.date !== undefined) {
    const [day = 0, month = 0, year] = said.date.split('/').map(Number);
    return { day, month, ...(year !== undefined && { year: year < 100 ? 2000 + year : year }) };
  }
  const [month, day] = lookUp(lexicon.feasts, said.feast)?.split('-').map(Number) ?? [];
  return {
    day: day ?? readNumber(said.number, lexicon),
    month: month ?? lookUp(lexicon.months, said.month) ?? 0,
    ...(said.year !== undefined && { year: Number(said.year) }),
  };
}

export function readNumber(word: string | undefined, lexicon: DateLexicon): number {
  return lookUp(lexicon.numbers, word) ?? Number(word ?? 0);
}

/** Own keys only: « constructor » is no month. */
export function lookUp<Value>(table: Readonly<Record<string, Value>>, word: string | undefined): Value | undefined {
  return word !== undefined && Object.hasOwn(table, word) ? table[word] : undefined;
}
