import type { ConceptFinder } from './concepts.js';
import type { MessageForms } from './linear/features.js';
import type { Normaliser } from './normalise.js';

export type Analyse = (text: string) => MessageForms;

/** A text as the classifier sees it: normalised, as it was typed but for its case, and what it is about. */
export function createAnalyser(normalise: Normaliser, findConcepts: ConceptFinder): Analyse {
  return (text) => {
    const words = normalise(text)
      .split(' ')
      .filter((word) => word !== '');
    return { words, typed: typedWords(text), concepts: findConcepts(words) };
  };
}

/** Words with their accents, and the signs that tell a question or a cry from a statement, once each. */
function typedWords(text: string): readonly string[] {
  const tokens =
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+|[?!]+/gu) ?? [];
  return tokens.map((token) => (token.includes('?') ? '?' : token.startsWith('!') ? '!' : token));
}
