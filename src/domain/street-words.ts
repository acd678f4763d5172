import { foldText } from './answers.js';

export interface StreetCatalogue {
  /** « rue », « place » … */
  readonly kinds: readonly string[];
  /** Streets named without a doubt, however they are typed. */
  readonly known: readonly string[];
  /** Words between the kind and the name: « de la ». The longest first. */
  readonly links: readonly string[];
  /** Words that are the name of no street: « rue la nuit ». */
  readonly never: readonly string[];
}

interface Word {
  readonly folded: string;
  readonly from: number;
  readonly to: number;
}

/** More words are no name of a street. */
const LONGEST_NAME = 4;

/** The first street or place that a text names, as it is typed: « rue de Picardie », « 7 place Cassin ». */
export function createStreetFinder(catalogue: StreetCatalogue): (text: string) => string | undefined {
  const kinds = new Set(catalogue.kinds.map(foldText));
  const known = catalogue.known.map((name) => foldText(name).split(' '));
  const links = catalogue.links.map((link) => foldText(link).split(' '));
  const never = new Set(catalogue.never.map(foldText));

  function endOf(words: readonly Word[], start: number, text: string): number | undefined {
    const name = known.filter((one) => isAt(words, start, one)).sort((a, b) => b.length - a.length)[0];
    if (name) return start + name.length;
    const link = links.find((one) => isAt(words, start + 1, one)) ?? [];
    const first = start + 1 + link.length;
    const word = words[first];
    const isName = word && !never.has(word.folded) && (link[0]?.startsWith('d') || isCapital(text, word));
    return isName ? endOfCapitals(words, first, text) : undefined;
  }

  return (text) => {
    const words = wordsIn(text);
    for (const [index, word] of words.entries()) {
      const end = kinds.has(word.folded) ? endOf(words, index, text) : undefined;
      if (end !== undefined) return text.slice(startOf(words, index), words[end - 1]?.to);
    }
    return undefined;
  };
}

/** A number before the street is a part of it. */
function startOf(words: readonly Word[], index: number): number {
  const before = words[index - 1];
  const kind = words[index];
  const number = before && /^\d{1,3}$/.test(before.folded) && kind && kind.from - before.to <= 2 ? before : kind;
  return number?.from ?? 0;
}

/** « rue de Franche-Comté », « avenue de l'Île-de-France »: capitals, and what joins them, go on with the name. */
function endOfCapitals(words: readonly Word[], first: number, text: string): number {
  let end = first + 1;
  const isNamed = isCapital(text, words[first]);
  while (isNamed && end - first < LONGEST_NAME && isCapital(text, words[end])) end += 1;
  return end;
}

function isAt(words: readonly Word[], start: number, wanted: readonly string[]): boolean {
  return wanted.every((word, index) => words[start + index]?.folded === word);
}

function isCapital(text: string, word: Word | undefined): boolean {
  return word !== undefined && /^\p{Lu}/u.test(text.slice(word.from));
}

/** Hyphens and apostrophes part words, except in « Franche-Comté », whose parts are read one by one. */
function wordsIn(text: string): readonly Word[] {
  return Array.from(text.matchAll(/[\p{L}\p{M}\p{N}]+/gu), ({ 0: found, index }) => ({
    folded: foldText(found),
    from: index,
    to: index + found.length,
  }));
}
