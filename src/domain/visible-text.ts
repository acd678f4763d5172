/** Controls, and the marks that turn the direction of what follows them: they could make a line read as another one. */
const UNSEEN = /[^\P{Cc}\n]|[\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;
const LINE_ENDS = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;
/** Of everything that was said: a line that begins without it is the document's own, and no one else's. */
const INDENT = '    ';

/** What people typed, as lines of visible characters: one kind of line end, nothing that moves the cursor. */
export function visibleText(text: string): string {
  return text.toWellFormed().replace(LINE_ENDS, '\n').replaceAll('\t', ' ').replace(UNSEEN, '');
}

/** The same for a text file: nobody's words can pass for a heading of the file. */
export function indentedLines(text: string): string[] {
  return visibleText(text)
    .split('\n')
    .map((line) => (line.trim() === '' ? '' : INDENT + line));
}

/** The same on one line, for a heading. */
export function inlineText(text: string): string {
  return visibleText(text).replaceAll('\n', ' ');
}
