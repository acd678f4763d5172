/**
 * Patterns of the data files, over normalised text. Words stand for themselves; `@group` for any of its terms; `mot*`
 * for any word that begins so; `(a|b c)` for either; `mot?`, `(a|b)?` and `@group?` may be missing; `..` for up to four
 * words in between.
 */

export type Groups = ReadonlyMap<string, string>;

const GAP = '(?:\\S+ ){0,4}?';

/** Each group's terms as one regular expression, the longest first, so that « vingt et un » wins over « vingt ». */
export function compileGroups(groups: Readonly<Record<string, readonly string[]>>): Groups {
  return new Map(
    Object.entries(groups).map(([name, terms]) => {
      const sources = [...terms].sort((a, b) => b.length - a.length).map((term) => alternative(term));
      return [name, `(?:${sources.join('|')})`];
    }),
  );
}

/**
 * Finds whole words only. Bounded everywhere, so that matching takes time in proportion to the text.
 * @throws Error for a group that does not exist, or parentheses inside parentheses
 */
export function compilePattern(pattern: string, groups: Groups): RegExp {
  const tokens = splitTokens(pattern);
  if (tokens.join(' ') !== pattern) throw new Error(`A pattern that cannot be split into words: "${pattern}"`);
  return new RegExp(`(?<= )${tokens.map((token) => compileToken(token, groups)).join('')}`, 'u');
}

/** Text as patterns want it: a space on either side of each word. */
export function pad(normalised: string): string {
  return ` ${normalised} `;
}

/** Spaces inside parentheses do not separate. */
function splitTokens(pattern: string): readonly string[] {
  return pattern.match(/(?:\([^()]*\)|[^\s()])+/g) ?? [];
}

function compileToken(token: string, groups: Groups): string {
  if (token === '..') return GAP;
  const optional = token.endsWith('?');
  const core = optional ? token.slice(0, -1) : token;
  const source = core.startsWith('@') ? groupSource(core.slice(1), groups) : alternative(core);
  return optional ? `(?:${source} )?` : `${source} `;
}

function groupSource(name: string, groups: Groups): string {
  const source = groups.get(name);
  if (source === undefined) throw new Error(`No group "${name}" for a pattern`);
  return source;
}

function alternative(source: string): string {
  if (source.includes('@')) throw new Error(`A group cannot stand inside "${source}"`);
  return `(?:${source.replace(/\*/g, '[\\p{L}\\p{N}]*')})`;
}
