/** Crockford's base 32: no I, L, O or U, so that nothing is read as something else. */
export const RECEIPT_SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** The check character has five values more than the others (Crockford, « Base 32 », modulo 37). */
export const RECEIPT_CHECK_SYMBOLS = `${RECEIPT_SYMBOLS}*~$=U`;
/** Symbols of a receipt, without its check character. */
export const RECEIPT_LENGTH = 20;
const GROUP = /.{5}/g;

/**
 * The check character of some symbols: it finds every single wrong one, and any two neighbours that were swapped.
 * Undefined when a character is none of the 32.
 */
export function checkCharacter(symbols: string): string | undefined {
  let rest = 0;
  for (const symbol of symbols) {
    const value = RECEIPT_SYMBOLS.indexOf(symbol);
    if (value < 0) return undefined;
    rest = (rest * RECEIPT_SYMBOLS.length + value) % RECEIPT_CHECK_SYMBOLS.length;
  }
  return RECEIPT_CHECK_SYMBOLS.charAt(rest);
}

/** As receipts are written: groups of five, then the check character. */
export function formatReceipt(symbols: string, check: string): string {
  return `${symbols.match(GROUP)?.join('-')}-${check}`;
}
