import type { Mask } from './masks.js';
import { fold, occurrencesOf } from './occurrences.js';
import {
  AFTER_TITLE,
  BEGINS_SENTENCE,
  CAPITALISED,
  HARMLESS,
  LONGEST_ABBREVIATION,
  PATTERNS,
  PLACE_BEFORE,
  type ProposalKind,
} from './proposal-words.js';

/** Something that may tell who somebody is. */
export interface Proposal extends Mask {
  readonly kind: ProposalKind;
}

/** How far back the words before a name are looked at, in UTF-16 units. */
const NEAR = 60;

/**
 * Passages that may tell who somebody is: an aid, which proposes too much rather than too little, and which nobody should
 * rely on alone. In their order; they do not overlap.
 * @param known words that are known from elsewhere, such as the first name that was left.
 */
export function proposeMasks(text: string, known: readonly string[] = []): readonly Proposal[] {
  const found = [
    ...PATTERNS.flatMap(([kind, pattern]) => matches(text, pattern, kind)),
    ...known.flatMap((word) => occurrencesOf(text, word).map((mask): Proposal => ({ ...mask, kind: 'name' }))),
    ...titledNames(text),
    ...capitalisedNames(text),
  ];
  return joinOverlaps(found.toSorted((one, other) => one.start - other.start || other.end - one.end));
}

function matches(text: string, pattern: RegExp, kind: ProposalKind): readonly Proposal[] {
  return [...text.matchAll(pattern)].map(({ index, 0: found }) => ({
    kind,
    start: index,
    end: index + found.trimEnd().length,
  }));
}

function titledNames(text: string): readonly Proposal[] {
  return AFTER_TITLE.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ index, 0: whole, 1: name = '' }): Proposal => {
      const start = index + whole.length - name.length;
      return { kind: 'name', start, end: start + name.length };
    }),
  );
}

function capitalisedNames(text: string): readonly Proposal[] {
  if (isShouted(text)) return [];
  return matches(text, CAPITALISED, 'name').flatMap(({ start, end }) => {
    const before = text.slice(Math.max(0, start - NEAR), start);
    if (PLACE_BEFORE.test(before)) return [];
    const name = withoutOrdinary(text.slice(start, end), BEGINS_SENTENCE.test(before));
    return name === '' ? [] : [{ kind: 'name', start: end - name.length, end } as const];
  });
}

/** Words that only begin with a capital, before those that are a name. */
function withoutOrdinary(words: string, beginsSentence: boolean): string {
  const [first = '', second = ''] = words.split(/[ \u00a0]/);
  // At the beginning of a sentence, a second capital says that the first is of a name: « Karim Benali », not « Appelez Mme ».
  const isOrdinary = !isTelling(first) || (beginsSentence && !isTelling(second));
  if (!isOrdinary || first === '') return words;
  return withoutOrdinary(words.slice(first.length + 1), false);
}

/** Where everything is in capitals they say nothing. */
function isShouted(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return (text.match(/\p{Lu}/gu)?.length ?? 0) * 2 > letters;
}

/** False for a letter by itself, an abbreviation, and words that tell nobody apart. */
export function isTelling(word: string): boolean {
  const isAbbreviation = word.length <= LONGEST_ABBREVIATION && /^[\p{Lu}'’]+$/u.test(word);
  return word.length > 1 && !isAbbreviation && !HARMLESS.has(fold(word).replace(/^[a-z]['’]/, ''));
}

/** What overlaps is one passage, of the kind of its beginning. */
function joinOverlaps(ordered: readonly Proposal[]): readonly Proposal[] {
  const apart: Proposal[] = [];
  for (const one of ordered) {
    const last = apart.at(-1);
    if (last && one.start < last.end) apart[apart.length - 1] = { ...last, end: Math.max(last.end, one.end) };
    else apart.push(one);
  }
  return apart;
}
