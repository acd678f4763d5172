import { cut, type StyledText } from './entities.js';

/** Of one message, in UTF-16 units (https://core.telegram.org/bots/api#sendmessage). */
export const MOST_UNITS = 4096;

/** A part is at least so full before it ends at a line or a sentence rather than at the last word. */
const FULL_ENOUGH = 0.5;
/** A part ends inside a word that would leave it emptier than this. */
const LEAST_FULL = 0.25;
/** Longer than any grapheme that people write: so much is looked at past the limit. */
const LOOK_AHEAD = 64;

/** Where a text may be parted, the best places first: each match ends at one. No-break spaces are none. */
const PLACES = [/\n\s*\n/g, /\n/g, /[.!?…] +/g] as const;
const SPACE = /[^\S\u00a0\u202f\u2007\ufeff]/;

/**
 * Parts of at most `most` units that give the text back when they are put together: between words, inside a word only when
 * it is too long, inside a grapheme only when that is, and never inside a surrogate pair.
 */
export function splitText(whole: StyledText, most: number = MOST_UNITS): readonly StyledText[] {
  const parts: StyledText[] = [];
  let start = 0;
  while (whole.text.length - start > most) {
    const end = start + lengthOfPart(whole.text.slice(start, start + most + LOOK_AHEAD), most);
    parts.push(cut(whole, start, end));
    start = end;
  }
  return [...parts, cut(whole, start, whole.text.length)];
}

function lengthOfPart(ahead: string, most: number): number {
  const isWhole = graphemesOf(ahead);
  const place = PLACES.map((pattern) => lastPlace(ahead, most, pattern)).find((end) => end >= most * FULL_ENOUGH);
  if (place !== undefined && isWhole(place)) return place;
  for (let end = most; end > most * LEAST_FULL; end -= 1) {
    if (SPACE.test(ahead.charAt(end - 1)) && isWhole(end)) return end;
  }
  for (let end = most; end > most * LEAST_FULL; end -= 1) if (isWhole(end)) return end;
  return isInsidePair(ahead, most) ? most - 1 : most;
}

/** 0 when there is none. */
function lastPlace(ahead: string, most: number, pattern: RegExp): number {
  return Array.from(ahead.slice(0, most).matchAll(pattern), (found) => found.index + found[0].length).at(-1) ?? 0;
}

function graphemesOf(text: string): (index: number) => boolean {
  const segments = new Intl.Segmenter('fr', { granularity: 'grapheme' }).segment(text);
  return (index) => segments.containing(index)?.index === index;
}

function isInsidePair(text: string, index: number): boolean {
  return /[\ud800-\udbff]/.test(text.charAt(index - 1)) && /[\udc00-\udfff]/.test(text.charAt(index));
}
