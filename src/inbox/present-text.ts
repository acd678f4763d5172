/** Controls, and the marks that turn the direction of what follows them: they could make a line read as another one. */
const UNSEEN = /[^\P{Cc}\n]|[\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;
const LINE_ENDS = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;

/** What people typed, as lines of visible characters: one kind of line end, nothing that moves the cursor. */
export function visibleText(text: string): string {
  return text.toWellFormed().replace(LINE_ENDS, '\n').replaceAll('\t', ' ').replace(UNSEEN, '');
}

/** The same on one line of at most `max` characters, cut by « … ». */
export function oneLine(text: string, max: number): string {
  const line = visibleText(text).replace(/\s+/g, ' ').trim();
  if (line.length <= max) return line;
  // A cut in the middle of a pair would leave half a character.
  const kept = line.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, '');
  return `${kept.trimEnd()}…`;
}
