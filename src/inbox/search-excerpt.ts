import { foldText } from '../domain/answers.js';
import { visibleText } from '../domain/visible-text.js';
import { oneLine } from './present-text.js';

const BEFORE = 40;
const LENGTH = 120;

/**
 * The words around the first place where `text` holds what was looked for, on one line; undefined when it does not.
 * @param folded what was looked for, as `foldText` gives it.
 */
export function excerptAround(text: string, folded: string): string | undefined {
  if (folded === '' || !foldText(text).includes(folded)) return undefined;
  const visible = visibleText(text).replace(/\s+/g, ' ').trim();
  const at = placeOf(visible, folded);
  if (at <= BEFORE) return oneLine(visible, LENGTH);
  // From the beginning of a word, when there is one near.
  const start = visible.indexOf(' ', at - BEFORE);
  const from = start < 0 || start >= at ? at : start + 1;
  return `…${oneLine(visible.slice(from), LENGTH - 1)}`;
}

/** Where the match begins in the text itself: accents, marks and runs of spaces make the folded one shorter or longer. */
function placeOf(text: string, folded: string): number {
  let built = '';
  const places: number[] = [];
  let place = 0;
  for (const letter of text) {
    const piece = foldLetter(letter);
    const isRepeatedSpace = piece === ' ' && (built === '' || built.endsWith(' '));
    if (!isRepeatedSpace) {
      for (let index = 0; index < piece.length; index++) places.push(place);
      built += piece;
    }
    place += letter.length;
  }
  return places[built.indexOf(folded)] ?? 0;
}

function foldLetter(letter: string): string {
  return /^\p{M}$/u.test(letter) ? '' : foldText(letter) || ' ';
}
