import { phoneticKey } from './phonetic-key.js';

/** One family of features with its counts; each is brought to unit length apart, so that long words do not drown short sentences. */
export type FeatureBlock = ReadonlyMap<number, number>;

/** What features are made from. */
export interface MessageForms {
  /** After the normaliser. */
  readonly words: readonly string[];
  /** Words and signs as they were typed. */
  readonly typed: readonly string[];
  /** What the words are about, by the thesaurus. */
  readonly concepts: readonly string[];
}

/** What each family counts for, in the order of `extractBlocks`. */
export interface FamilyWeights {
  readonly words: number;
  readonly letters: number;
  readonly sounds: number;
  readonly phrase: number;
  readonly typed: number;
  readonly concepts: number;
}

export const FAMILY_WEIGHTS: FamilyWeights = {
  words: 1,
  letters: 1,
  sounds: 0.6,
  phrase: 1,
  typed: 1,
  concepts: 0.5,
};

/**
 * Words and pairs of words, character n-grams of each word, French phonetic keys, character n-grams across words, and the
 * same of what was really typed, accents and signs included. Hashes instead of strings keep every word of the corpus, and
 * of residents, out of the model file and of memory.
 */
export function extractBlocks(
  { words, typed, concepts }: MessageForms,
  weights: FamilyWeights,
): readonly FeatureBlock[] {
  const sounds = words.map(phoneticKey);
  return [
    weights.words > 0 ? countAll('w', wordGrams(words)) : NOTHING,
    weights.letters > 0 ? countAll('c', charGrams(words, 2, 5)) : NOTHING,
    weights.sounds > 0 ? countAll('p', wordGrams(sounds)) : NOTHING,
    weights.phrase > 0 ? countAll('x', textGrams(` ${words.join(' ')} `, 3, 6)) : NOTHING,
    weights.typed > 0 ? countAll('r', typedGrams(typed)) : NOTHING,
    weights.concepts > 0 ? countAll('k', concepts) : NOTHING,
  ];
}

export function familyWeightList({
  words,
  letters,
  sounds,
  phrase,
  typed,
  concepts,
}: FamilyWeights): readonly number[] {
  return [words, letters, sounds, phrase, typed, concepts];
}

const NOTHING: FeatureBlock = new Map();

function* wordGrams(words: readonly string[]): Generator<string> {
  yield* words;
  const bounded = ['<', ...words, '>'];
  for (let index = 1; index < bounded.length; index += 1) yield `${bounded[index - 1]} ${bounded[index]}`;
  for (let index = 2; index < bounded.length; index += 1) yield `${bounded[index - 2]} * ${bounded[index]}`;
}

function* charGrams(words: readonly string[], shortest: number, longest: number): Generator<string> {
  for (const word of words) yield* textGrams(` ${word} `, shortest, longest);
}

function* textGrams(text: string, shortest: number, longest: number): Generator<string> {
  for (let size = shortest; size <= longest; size += 1) {
    for (let start = 0; start + size <= text.length; start += 1) yield text.slice(start, start + size);
  }
}

function* typedGrams(typed: readonly string[]): Generator<string> {
  yield* wordGrams(typed);
  for (const word of typed) for (const gram of textGrams(` ${word} `, 3, 4)) yield `~${gram}`;
}

function countAll(family: string, grams: Iterable<string>): FeatureBlock {
  const block = new Map<number, number>();
  for (const gram of grams) {
    const hash = fnv1a(family, gram);
    block.set(hash, (block.get(hash) ?? 0) + 1);
  }
  return block;
}

/** FNV-1a, 32 bits, over UTF-16 code units (draft-eastlake-fnv). */
function fnv1a(family: string, text: string): number {
  let hash = Math.imul(0x811c9dc5 ^ family.charCodeAt(0), 0x01000193);
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash | 0;
}
