/**
 * Text as French prints it, for the screen only: what is sent, kept and compared stays as it was typed. A space before
 * « : ; ? ! » or within quotation marks does not break, so that no line begins with the mark; an apostrophe between
 * letters is curly. Of the same length as the text, so that places in it stay right.
 */
export function typeset(text: string): string {
  return text.replace(/ (?=[:;?!»])|(?<=«) /g, '\u00a0').replace(/(?<=\p{L})'(?=\p{L})/gu, '’');
}
