import { describe, expect, test } from '@jest/globals';
import { RECEIPT_CHECK_SYMBOLS, RECEIPT_SYMBOLS } from '../../../src/domain/receipt-symbols.js';
import { findReceiptCode } from '../../../src/nlu/entities/receipt-code.js';
import { reportSealing } from '../../../src/sealing/index.js';

const MANY = 10_000;
const receipts = Array.from({ length: MANY }, () => reportSealing.makeReceipt());

describe('receipts', () => {
  test('are four groups of five and a check character, all letters and digits', () => {
    const form = /^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-Z]$/;
    expect(receipts.filter((receipt) => !form.test(receipt))).toEqual([]);
  });

  test('are never the same', () => {
    expect(new Set(receipts).size).toBe(MANY);
    expect(new Set(receipts.map((receipt) => receipt.slice(0, 11))).size).toBe(MANY);
  });

  test('have each character at each of the twenty places, and each check character that can be typed', () => {
    const seen = new Map<string, number>();
    for (const receipt of receipts) {
      for (const [place, symbol] of [...receipt.replaceAll('-', '')].entries()) {
        seen.set(`${place}${symbol}`, (seen.get(`${place}${symbol}`) ?? 0) + 1);
      }
    }
    const counts = (places: number[], symbols: string, expected: number) =>
      places.flatMap((place) => [...symbols].map((symbol) => (seen.get(`${place}${symbol}`) ?? 0) / expected));
    const data = counts([...Array(20).keys()], RECEIPT_SYMBOLS, MANY / RECEIPT_SYMBOLS.length);
    const typed = RECEIPT_CHECK_SYMBOLS.replace(/\W/g, '');
    const check = counts([20], typed, MANY / typed.length);
    // Eight deviations and more: it fails once in many thousand million runs.
    expect(Math.min(...data, ...check)).toBeGreaterThan(0.5);
    expect(Math.max(...data, ...check)).toBeLessThan(1.5);
  });

  test('are found in what people type', () => {
    const typed = (receipt: string) => [
      receipt,
      receipt.toLowerCase(),
      receipt.replaceAll('-', ' '),
      receipt.replaceAll('0', 'O').replaceAll('1', 'l'),
      `mon code : ${receipt}`,
    ];
    const missed = receipts.filter((receipt) => typed(receipt).some((text) => findReceiptCode(text) !== receipt));
    expect(missed).toEqual([]);
  });
});

describe('a receipt with a mistake is none:', () => {
  test('any one character that is another', () => {
    const wrong = receipts.slice(0, 50).flatMap(misspellings);
    expect(wrong).toHaveLength(50 * (20 * 31 + 36));
    expect(wrong.filter(findReceiptCode)).toEqual([]);
  });

  test('any two neighbours that changed places', () => {
    const wrong = receipts.slice(0, 1000).flatMap(transpositions);
    expect(wrong.length).toBeGreaterThan(18_000);
    expect(wrong.filter(findReceiptCode)).toEqual([]);
  });
});

/** O, I and L are not among them: they are other spellings of what is there. */
function misspellings(receipt: string): string[] {
  const symbolsAt = (place: number) => (place === receipt.length - 1 ? RECEIPT_CHECK_SYMBOLS : RECEIPT_SYMBOLS);
  return [...receipt].flatMap((right, place) =>
    [...symbolsAt(place)]
      .filter((symbol) => right !== '-' && symbol !== right)
      .map((symbol) => receipt.slice(0, place) + symbol + receipt.slice(place + 1)),
  );
}

function transpositions(receipt: string): string[] {
  const symbols = receipt.replaceAll('-', '');
  return [...symbols].flatMap((one, place) => {
    const next = symbols.charAt(place + 1);
    return next === '' || next === one ? [] : [symbols.slice(0, place) + next + one + symbols.slice(place + 2)];
  });
}
