/** How a password would stand up to somebody who tries many. */
export type Strength = 'short' | 'weak' | 'fair' | 'strong';

/** In characters; a passphrase of four words has more. */
export const LEAST_PASSWORD_LENGTH = 12;
export const MOST_PASSWORD_LENGTH = 256;
/** In bits, roughly: a guess at what is left once what everybody tries first is taken away. */
const FAIR_BITS = 50;
const STRONG_BITS = 70;

/** Runs of keys, and words that come first in lists of stolen passwords or that this page itself suggests. */
const RUNS = ['abcdefghijklmnopqrstuvwxyz', 'azertyuiopqsdfghjklmwxcvbn', 'qwertyuiopasdfghjklzxcvbnm', '01234567890'];
const COMMON = [
  'motdepasse',
  'password',
  'permanence',
  'delegue',
  'planoise',
  'besancon',
  'police',
  'bonjour',
  'soleil',
];

/**
 * A length and no rules of composition (NIST SP 800-63B, 5.1.1.2; ANSSI, 2021): what counts is what cannot be guessed.
 * @param known the login and the name, which are tried first.
 */
export function strengthOf(password: string, known: readonly string[] = []): Strength {
  const normalised = password.normalize('NFKC');
  if ([...normalised].length < LEAST_PASSWORD_LENGTH) return 'short';
  const bits = bitsOf(normalised, known);
  if (bits < FAIR_BITS) return 'weak';
  return bits < STRONG_BITS ? 'fair' : 'strong';
}

/** Why it may not be used; undefined when it may. */
export function refusalOf(password: string, known: readonly string[] = []): 'short' | 'weak' | 'long' | undefined {
  if (password.length > MOST_PASSWORD_LENGTH) return 'long';
  const strength = strengthOf(password, known);
  return strength === 'short' || strength === 'weak' ? strength : undefined;
}

/** Letters in a row are a word, which is guessed as one: plain French has some two and a half bits a letter. */
const WORD = /[a-z]{4,}/g;
const BITS = { inWord: 2.6, letter: 4.7, eitherCase: 5.4, digit: 3.3, other: 4.3 };

function bitsOf(password: string, known: readonly string[]): number {
  const left = withoutGuessable(fold(password), known.map(fold));
  const inWords = (left.match(WORD) ?? []).join('').length;
  const rest = left.replace(WORD, '');
  const letters = rest.replace(/[^a-z]/g, '').length;
  const digits = rest.replace(/\D/g, '').length;
  const others = rest.length - letters - digits;
  const perLetter = /[a-z]/.test(password) && /[A-Z]/.test(password) ? BITS.eitherCase : BITS.letter;
  const bits = inWords * BITS.inWord + letters * perLetter + digits * BITS.digit + others * BITS.other;
  // A few characters over and over say no more than those few.
  return Math.min(bits, left.length * (Math.log2(Math.max(new Set(left).size, 1)) + 1));
}

/** What everybody tries counts as one character; so does a run or a repetition. */
function withoutGuessable(folded: string, known: readonly string[]): string {
  let left = folded;
  for (const word of [...COMMON, ...known.filter((one) => one.length >= 3)]) left = left.replaceAll(word, '*');
  left = left.replace(/(.+?)\1+/g, '$1');
  for (const run of RUNS) left = shortenRuns(left, run);
  return left;
}

function shortenRuns(text: string, run: string): string {
  const both = [run, [...run].reverse().join('')];
  let left = '';
  for (let at = 0; at < text.length; ) {
    let length = 1;
    while (at + length < text.length && both.some((one) => one.includes(text.slice(at, at + length + 1)))) length += 1;
    left += length >= 4 ? text[at] : text.slice(at, at + length);
    at += length;
  }
  return left;
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
