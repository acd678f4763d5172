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
  const blocks = familyWeightList(weights).map(() => new Map<number, number>());
  const [inWords, inLetters, inSounds, inPhrase, inTyped, inConcepts] = blocks as [
    Block,
    Block,
    Block,
    Block,
    Block,
    Block,
  ];
  if (weights.words > 0) countWords(inWords, 'w', words);
  if (weights.letters > 0) for (const word of words) countLetters(inLetters, 'c', ` ${word} `, 2, 5);
  if (weights.sounds > 0) countWords(inSounds, 'p', words.map(phoneticKey));
  if (weights.phrase > 0) countLetters(inPhrase, 'x', ` ${words.join(' ')} `, 3, 6);
  if (weights.typed > 0) {
    countWords(inTyped, 'r', typed);
    for (const word of typed) countLetters(inTyped, 't', ` ${word} `, 3, 4);
  }
  if (weights.concepts > 0) for (const concept of concepts) count(inConcepts, hashOf('k', concept));
  return blocks;
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

type Block = Map<number, number>;

/** Words, pairs of words, and pairs with any word in between. */
function countWords(block: Block, family: string, words: readonly string[]): void {
  for (const word of words) count(block, hashOf(family, word));
  const bounded = ['<', ...words, '>'];
  for (let index = 1; index < bounded.length; index += 1) {
    count(block, hashOf(family, `${bounded[index - 1]} ${bounded[index]}`));
    if (index > 1) count(block, hashOf(family, `${bounded[index - 2]} * ${bounded[index]}`));
  }
}

/** All groups of so many letters, each hashed from the one before. */
function countLetters(block: Block, family: string, text: string, shortest: number, longest: number): void {
  const seed = hashOf(family, '');
  for (let start = 0; start + shortest <= text.length; start += 1) {
    const end = Math.min(text.length, start + longest);
    let hash = seed;
    for (let at = start; at < end; at += 1) {
      hash = addToHash(hash, text.charCodeAt(at));
      if (at - start + 1 >= shortest) count(block, hash);
    }
  }
}

function count(block: Block, hash: number): void {
  block.set(hash, (block.get(hash) ?? 0) + 1);
}

/** FNV-1a, 32 bits, over UTF-16 code units (draft-eastlake-fnv). */
function hashOf(family: string, text: string): number {
  let hash = addToHash(0x811c9dc5, family.charCodeAt(0));
  for (let index = 0; index < text.length; index += 1) hash = addToHash(hash, text.charCodeAt(index));
  return hash;
}

function addToHash(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193);
}
