import { checkCharacter, formatReceipt, RECEIPT_LENGTH, RECEIPT_SYMBOLS } from '../domain/receipt-symbols.js';
import { type Bytes, randomBytes, utf8 } from './bytes.js';
import { SealingFault } from './fault.js';
import { PURPOSES } from './places.js';

const KEY_BITS = 256;

/**
 * 100 random bits and their check character: five bits of each of twenty random bytes. They are drawn again (one time in
 * nine, which costs 0.2 bits) until that is a letter or a digit as well: on telephones « ~ » is hard to find, and people
 * take a sign at the end for a full stop.
 */
export function makeReceipt(): string {
  for (;;) {
    const symbols = [...randomBytes(RECEIPT_LENGTH)]
      .map((byte) => RECEIPT_SYMBOLS.charAt(byte % RECEIPT_SYMBOLS.length))
      .join('');
    const check = checkCharacter(symbols) ?? '';
    if (/^[0-9A-Z]$/.test(check)) return formatReceipt(symbols, check);
  }
}

/** @throws SealingFault `not-a-receipt`, unless it is written just as `makeReceipt` writes it. */
export function symbolsOfReceipt(receipt: string): string {
  const symbols = receipt.slice(0, -1).replaceAll('-', '');
  const check = checkCharacter(symbols);
  if (symbols.length !== RECEIPT_LENGTH || check === undefined || formatReceipt(symbols, check) !== receipt) {
    throw new SealingFault('not-a-receipt');
  }
  return symbols;
}

/** HKDF-SHA256 (RFC 5869) without salt; 32 bytes. A hundred random bits need no stretching. */
export async function deriveFromReceipt(symbols: string, purpose: 'lookup' | 'reporter'): Promise<Bytes> {
  const source = await crypto.subtle.importKey('raw', utf8(symbols), 'HKDF', false, ['deriveBits']);
  const info = utf8(PURPOSES[purpose]);
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info };
  return new Uint8Array(await crypto.subtle.deriveBits(hkdf, source, KEY_BITS));
}
