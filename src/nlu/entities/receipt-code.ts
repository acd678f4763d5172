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
    const symbols = found.toUpperCase().replace(/[^0-9A-Z*~$=]/g, '');
    const code = symbols.slice(0, -1).replaceAll('O', '0').replace(/[IL]/g, '1');
    const check = symbols.slice(-1).replace('O', '0').replace(/[IL]/, '1');
    if (checkCharacter(code) === check) return formatReceipt(code, check);
  }
  return undefined;
}
