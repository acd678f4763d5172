import { z } from 'zod';
import { readJson } from '../content/read-json.js';
import { phoneticKey } from './linear/phonetic-key.js';
import { asFolder } from './load-lexicons.js';
import type { Normaliser } from './normalise.js';

/** Words and phrases by what they are about: `mot`, `mot*` for any word that begins so, `deux mots`. */
const conceptsSchema = z.strictObject({
  concepts: z.record(z.string().regex(/^[a-z]+$/), z.array(z.string().regex(/^[a-z0-9]+(?: [a-z0-9]+)*\*?$/)).min(1)),
});

export type ConceptLexicon = z.infer<typeof conceptsSchema>;

/** The names of what normalised words are about, each once, in alphabetical order. */
export type ConceptFinder = (words: readonly string[]) => readonly string[];

/** Shorter words have too many that sound like them. */
const SHORTEST_BY_SOUND = 5;
const LONGEST_PHRASE = 5;
const SHORTEST_STEM = 2;

/** @throws ContentError when corpus/fr/nlu/concepts.json does not hold what it must. */
export function loadConcepts(corpusDir: URL): ConceptLexicon {
  return readJson(new URL('nlu/concepts.json', asFolder(corpusDir)), conceptsSchema);
}

/**
 * A thesaurus lets the classifier understand words that no line of the corpus holds: once it has met some insults, it knows
 * them all.
 */
export function createConceptFinder({ concepts }: ConceptLexicon, normalise: Normaliser): ConceptFinder {
  const terms = Object.entries(concepts).flatMap(([name, list]) => list.map((term) => ({ name, term })));
  const exact = indexTerms(
    terms.filter(({ term }) => !term.endsWith('*')).map(({ name, term }) => ({ name, term: normalise(term) })),
  );
  const stems = indexTerms(
    terms.filter(({ term }) => term.endsWith('*')).map(({ name, term }) => ({ name, term: term.slice(0, -1) })),
  );
  const sounds = indexTerms(
    terms
      .map(({ name, term }) => ({ name, term: term.replace('*', '') }))
      .filter(({ term }) => term.length >= SHORTEST_BY_SOUND && !term.includes(' '))
      .map(({ name, term }) => ({ name, term: phoneticKey(term) })),
  );

  function ofWord(word: string): readonly string[] {
    const found = [...(exact.get(word) ?? [])];
    for (let length = SHORTEST_STEM; length <= word.length; length += 1) {
      found.push(...(stems.get(word.slice(0, length)) ?? []));
    }
    if (found.length > 0 || word.length < SHORTEST_BY_SOUND) return found;
    return sounds.get(phoneticKey(word)) ?? [];
  }

  function ofPhrases(words: readonly string[], start: number): readonly string[] {
    const found: string[] = [];
    for (let end = start + 2; end <= Math.min(words.length, start + LONGEST_PHRASE); end += 1) {
      const phrase = words.slice(start, end).join(' ');
      found.push(...(exact.get(phrase) ?? []), ...(stems.get(phrase) ?? []));
    }
    return found;
  }

  return (words) => {
    const found = words.flatMap((word, at) => [...ofWord(word), ...ofPhrases(words, at)]);
    return [...new Set(found)].sort();
  };
}

function indexTerms(
  terms: readonly { readonly name: string; readonly term: string }[],
): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>();
  for (const { name, term } of terms) index.set(term, [...(index.get(term) ?? []), name]);
  return index;
}
