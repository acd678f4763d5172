import type { Mask } from './masks.js';

/** Everywhere that a word stands by itself, whatever its case and accents, and what nobody sees in it. */
export function occurrencesOf(text: string, word: string): readonly Mask[] {
  const wanted = fold(word.trim());
  if (wanted === '') return [];
  const { folded, places } = foldWithPlaces(text);
  const masks: Mask[] = [];
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + wanted.length)) {
    const end = at + wanted.length;
    const isWhole = !/[\p{L}\d]/u.test(folded.charAt(at - 1)) && !/[\p{L}\d]/u.test(folded.charAt(end));
    if (isWhole) masks.push({ start: places[at] ?? 0, end: places[end] ?? text.length });
  }
  return masks;
}

/** Accents, and what takes no place: a soft hyphen, a joiner. */
const NOT_LETTERS = /[\p{M}\p{Default_Ignorable_Code_Point}]/gu;

/** Without case and accents. */
export function fold(text: string): string {
  return foldWithPlaces(text).folded;
}

/** Without case and accents; `places` tells where each of its characters came from, and the end. */
function foldWithPlaces(text: string): { readonly folded: string; readonly places: readonly number[] } {
  let folded = '';
  const places: number[] = [];
  let at = 0;
  for (const character of text) {
    const plain = character.normalize('NFD').replace(NOT_LETTERS, '').toLowerCase();
    for (let unit = 0; unit < plain.length; unit++) places.push(at);
    folded += plain;
    at += character.length;
  }
  places.push(text.length);
  return { folded, places };
}
