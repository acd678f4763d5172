import { phoneticKey } from './phonetic-key.js';

/** One family of features; each is brought to unit length apart, so that long words do not drown short sentences. */
export type FeatureBlock = ReadonlyMap<number, number>;

/** What each block counts for, in the order of `extractBlocks`. */
export const BLOCK_WEIGHTS = [1, 1, 0.6] as const;

const CHAR_GRAMS = { shortest: 2, longest: 5 } as const;

/**
 * Words and pairs of words, character n-grams of each word, and French phonetic keys, as hashed features with counts.
 * Hashes instead of strings keep every word of the corpus, and of residents, out of the model file and of memory.
 */
export function extractBlocks(normalised: string): readonly FeatureBlock[] {
  const words = normalised.split(' ').filter((word) => word !== '');
  const blocks = BLOCK_WEIGHTS.map(() => new Map<number, number>());
  const [wordBlock, charBlock, soundBlock] = blocks as [Map<number, number>, Map<number, number>, Map<number, number>];
  const sounds = words.map(phoneticKey);
  for (const gram of wordGrams(words)) count(wordBlock, `w${gram}`);
  for (const gram of wordGrams(sounds)) count(soundBlock, `p${gram}`);
  for (const word of words) for (const gram of charGrams(` ${word} `)) count(charBlock, `c${gram}`);
  return blocks;
}

function* wordGrams(words: readonly string[]): Generator<string> {
  yield* words;
  const bounded = ['<', ...words, '>'];
  for (let index = 1; index < bounded.length; index += 1) yield `${bounded[index - 1]} ${bounded[index]}`;
}

function* charGrams(word: string): Generator<string> {
  for (let size: number = CHAR_GRAMS.shortest; size <= CHAR_GRAMS.longest; size += 1) {
    for (let start = 0; start + size <= word.length; start += 1) yield word.slice(start, start + size);
  }
}

function count(block: Map<number, number>, feature: string): void {
  const hash = fnv1a(feature);
  block.set(hash, (block.get(hash) ?? 0) + 1);
}

/** FNV-1a, 32 bits, over UTF-16 code units (draft-eastlake-fnv). */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash | 0;
}
