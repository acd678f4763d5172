import type { Bytes } from './bytes.js';
import { CryptoFault } from './fault.js';

/** Crockford's base32: no I, L, O or U, so that nothing is read as something else. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const KEY_BYTES = 32;
const GROUPS = 13;
/** Four symbols of the key, and one that checks them. */
const GROUP_DATA = 4;
const GROUP_LENGTH = GROUP_DATA + 1;
const BITS = 5;

/** How many groups there are, and how long each is, for whoever asks for one. */
export const RECOVERY_KEY_SHAPE = { groups: GROUPS, length: GROUP_LENGTH } as const;

/**
 * 256 bits as 13 groups of five symbols. The last symbol of each group is a checksum over GF(32) of the group and of its
 * place: it catches every single wrong symbol, every two that were swapped, and groups that changed places.
 */
export function formatRecoveryKey(key: Bytes): readonly string[] {
  const symbols = toSymbols(key);
  return Array.from({ length: GROUPS }, (_, group) => {
    const data = symbols.slice(group * GROUP_DATA, (group + 1) * GROUP_DATA);
    return [...data, checkOf(data, group)].map((symbol) => ALPHABET[symbol]).join('');
  });
}

/** Lower case, spaces, hyphens, and letters for the digits they look like: as people copy from paper. */
export function cleanRecoveryText(text: string): string {
  return text
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
    .replace(/[^0-9A-Z]/g, '');
}

export type RecoveryReading =
  | { readonly isComplete: true; readonly key: Bytes }
  /** `wrongGroup`: the first that cannot be right, from 1; absent when symbols are missing or too many. */
  | { readonly isComplete: false; readonly symbols: number; readonly wrongGroup?: number };

/** Reads what was typed, and says which group to look at when it is not right. */
export function readRecoveryKey(text: string): RecoveryReading {
  const clean = cleanRecoveryText(text);
  const groups = clean.match(new RegExp(`.{1,${GROUP_LENGTH}}`, 'g')) ?? [];
  const wrong = groups.findIndex((group, index) => group.length === GROUP_LENGTH && !isRight(group, index));
  if (wrong >= 0) return { isComplete: false, symbols: clean.length, wrongGroup: wrong + 1 };
  if (clean.length !== GROUPS * GROUP_LENGTH) return { isComplete: false, symbols: clean.length };
  return { isComplete: true, key: toBytes(groups.flatMap((group) => valuesOf(group).slice(0, GROUP_DATA))) };
}

/** @throws CryptoFault `WrongRecoveryKey`. */
export function parseRecoveryKey(text: string): Bytes {
  const reading = readRecoveryKey(text);
  if (!reading.isComplete) throw new CryptoFault('WrongRecoveryKey');
  return reading.key;
}

function isRight(group: string, index: number): boolean {
  const values = valuesOf(group);
  if (values.includes(-1) || index >= GROUPS) return false;
  return checkOf(values.slice(0, GROUP_DATA), index) === values[GROUP_DATA];
}

function valuesOf(group: string): number[] {
  return [...group].map((symbol) => ALPHABET.indexOf(symbol));
}

/** A sum of different multiples, one of which is the group's number. */
function checkOf(data: readonly number[], group: number): number {
  return data.reduce((sum, value, index) => sum ^ multiply(value, 1 << (index + 1)), multiply(group + 1, 3));
}

/** In GF(32), modulo x⁵ + x² + 1. */
function multiply(value: number, factor: number): number {
  let product = 0;
  let shifted = value;
  for (let rest = factor; rest > 0; rest >>= 1) {
    if (rest & 1) product ^= shifted;
    shifted <<= 1;
    if (shifted > 31) shifted ^= 0b100101;
  }
  return product;
}

function toSymbols(key: Bytes): number[] {
  if (key.length !== KEY_BYTES) throw new RangeError('A recovery key has 32 bytes');
  const bits = [...key].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return Array.from({ length: GROUPS * GROUP_DATA }, (_, at) =>
    Number.parseInt(bits.slice(at * BITS, (at + 1) * BITS).padEnd(BITS, '0'), 2),
  );
}

function toBytes(symbols: readonly number[]): Bytes {
  const bits = symbols.map((symbol) => symbol.toString(2).padStart(BITS, '0')).join('');
  return Uint8Array.from({ length: KEY_BYTES }, (_, at) => Number.parseInt(bits.slice(at * 8, (at + 1) * 8), 2));
}
