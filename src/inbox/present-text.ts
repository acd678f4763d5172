import { visibleText } from '../domain/visible-text.js';

/** What people typed, on one line of at most `max` characters, cut by « … ». */
export function oneLine(text: string, max: number): string {
  const line = visibleText(text).replace(/\s+/g, ' ').trim();
  if (line.length <= max) return line;
  // A cut in the middle of a pair would leave half a character.
  const kept = line.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, '');
  return `${kept.trimEnd()}…`;
}
