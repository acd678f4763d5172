import type { SectorId } from '../../domain/facts.js';
import type { SectorLexicon } from '../lexicon-schemas.js';
import { pad } from '../pattern.js';
import { isWithinEdits } from './edit-distance.js';

/** Shorter words have too many neighbours for a typo to be told from another word. */
const SHORTEST_TYPO = 7;

/** The one sector that a text names; undefined when it names none, or several, so that the dialog asks. */
export function createSectorFinder({ sectors, never }: SectorLexicon): (normalised: string) => SectorId | undefined {
  const aliases = sectors.flatMap(({ id, aliases: names }) => names.map((alias) => ({ id, alias })));
  const fuzzy = aliases.filter(({ alias }) => alias.length >= SHORTEST_TYPO && !alias.includes(' '));
  const realWords = new Set([...never, ...aliases.map(({ alias }) => alias)]);

  function byTypo(word: string): SectorId | undefined {
    if (word.length < SHORTEST_TYPO - 1 || realWords.has(word)) return undefined;
    return fuzzy.find(({ alias }) => isWithinEdits(word, alias, alias.length >= 9 ? 2 : 1))?.id;
  }

  return (normalised) => {
    const padded = pad(normalised);
    const exact = aliases.filter(({ alias }) => padded.includes(pad(alias))).map(({ id }) => id);
    const typos = normalised.split(' ').map(byTypo);
    const named = new Set([...exact, ...typos].filter((id) => id !== undefined));
    return named.size === 1 ? [...named][0] : undefined;
  };
}
