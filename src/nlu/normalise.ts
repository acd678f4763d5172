/** SMS and street spellings, as they stand after folding: single words first, then phrases of several words. */
export interface NormaliserLexicon {
  /** Signs that stand for words, such as « + » in « a+ ». */
  readonly symbols: Readonly<Record<string, string>>;
  readonly words: Readonly<Record<string, string>>;
  readonly phrases: Readonly<Record<string, string>>;
}

/**
 * Brings the many ways of writing one thing to one: lower case, no accents, no punctuation, one space between words,
 * SMS forms spelled out. Dates such as « 25/12 » stay whole. The result is empty when no letter or digit is left.
 */
export type Normaliser = (text: string) => string;

export function createNormaliser({ symbols, words, phrases }: NormaliserLexicon): Normaliser {
  const symbolTable = Object.entries(symbols);
  const wordTable = new Map(Object.entries(words));
  const phraseTable = indexPhrases(phrases);
  const replaceWords = (list: readonly string[]) => list.flatMap((word) => wordTable.get(word)?.split(' ') ?? [word]);
  const replaceSymbols = (text: string) =>
    symbolTable.reduce((spelled, [symbol, word]) => spelled.replaceAll(symbol, ` ${word} `), text);
  return (text) => replacePhrases(replaceWords(foldWords(replaceSymbols(text))), phraseTable).join(' ');
}

/** Words without case, accents, apostrophes, hyphens, ornaments and elongations (« ouvertttt »). */
export function foldWords(text: string): readonly string[] {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/(\p{L})\1{2,}/gu, '$1')
    .replace(/(?<=\d)[./-](?=\d)/g, '/')
    .split(/[^\p{L}\p{N}/]+|(?<!\d)\/|\/(?!\d)/u)
    .filter((word) => word !== '');
}

interface Phrase {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** Phrases by first word, the longest first. */
function indexPhrases(phrases: Readonly<Record<string, string>>): ReadonlyMap<string, readonly Phrase[]> {
  const index = new Map<string, Phrase[]>();
  for (const [source, target] of Object.entries(phrases)) {
    const phrase = { from: source.split(' '), to: target.split(' ') };
    const first = phrase.from[0] ?? '';
    index.set(
      first,
      [...(index.get(first) ?? []), phrase].sort((a, b) => b.from.length - a.from.length),
    );
  }
  return index;
}

function replacePhrases(words: readonly string[], index: ReadonlyMap<string, readonly Phrase[]>): readonly string[] {
  const result: string[] = [];
  for (let at = 0; at < words.length; ) {
    const phrase = index.get(words[at] ?? '')?.find(({ from }) => from.every((word, i) => words[at + i] === word));
    result.push(...(phrase?.to ?? [words[at] ?? '']));
    at += phrase?.from.length ?? 1;
  }
  return result;
}
