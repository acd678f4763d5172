import { checkCharacter, formatReceipt } from '../../domain/receipt-symbols.js';

const GROUPS = 4;

const GAP = '[\\s._–—-]{0,3}';
const CODE = new RegExp(
  `(?<![\\p{L}\\p{N}])(?=((?:[0-9a-z]{5}${GAP}){${GROUPS}}[0-9a-z*~$=])(?![\\p{L}\\p{N}]))`,
  'giu',
);

/**
 * The receipt of a report: 20 characters of Crockford's base 32 in groups of five, then their check character. Case, spaces
 * and hyphens do not matter, O is read as 0, I and L as 1. Undefined unless the check character is right.
 */
export function findReceiptCode(text: string): string | undefined {
  for (const [, found = ''] of text.matchAll(CODE)) {
    const receipt = readReceipt(found);
    if (receipt !== undefined) return receipt;
  }
  return undefined;
}

/**
 * The text with `standIn` in place of each receipt, and of what was meant to be one: with a slip of the finger in it, it
 * still gives nearly all of the code away.
 */
export function cutReceiptCodes(text: string, standIn: string): string {
  let cut = '';
  let end = 0;
  for (const { index, 1: found = '' } of text.matchAll(CODE)) {
    if (index < end || (readReceipt(found) === undefined && !isMistyped(found))) continue;
    cut += text.slice(end, index) + standIn;
    end = index + found.length;
  }
  return cut + text.slice(end);
}

function readReceipt(found: string): string | undefined {
  const symbols = symbolsOf(found);
  const code = symbols.slice(0, -1).replaceAll('O', '0').replace(/[IL]/g, '1');
  const check = symbols.slice(-1).replace('O', '0').replace(/[IL]/, '1');
  return checkCharacter(code) === check ? formatReceipt(code, check) : undefined;
}

function symbolsOf(found: string): string {
  return found.toUpperCase().replace(/[^0-9A-Z*~$=]/g, '');
}

/** Letters and digits mixed, as in no sentence; 199 codes of 200 have two digits and two letters at least. */
function isMistyped(found: string): boolean {
  const symbols = symbolsOf(found);
  return /\d.*\d/.test(symbols) && /[A-Z].*[A-Z]/.test(symbols);
}
