import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  cleanRecoveryText,
  formatRecoveryKey,
  parseRecoveryKey,
  RECOVERY_KEY_SHAPE,
  readRecoveryKey,
} from '../../../src/web/inbox/crypto/recovery-key.js';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const FIXED = '003GP W58WP 4CN3M 2E1ZV 8S6NP 8PV2B D5R76 EZM5W HJ9SN N8D87 NYVB2 VH6BX TBCGD';
const LENGTH = RECOVERY_KEY_SHAPE.groups * RECOVERY_KEY_SHAPE.length;
const anyKey = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Uint8Array.from(bytes));
const somePlace = fc.nat(LENGTH - 1);

const written = (key: Uint8Array<ArrayBuffer>): string => formatRecoveryKey(key).join('');
const replaceAt = (text: string, at: number, symbol: string): string => text.slice(0, at) + symbol + text.slice(at + 1);

describe('the recovery key on paper', () => {
  test('is 13 groups of five symbols', () => {
    const groups = formatRecoveryKey(new Uint8Array(32).fill(255));
    expect(groups).toHaveLength(13);
    for (const group of groups) expect(group).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}$/);
  });

  test('is written the same for ever', () => {
    expect(formatRecoveryKey(Uint8Array.from({ length: 32 }, (_, index) => index * 7)).join(' ')).toBe(FIXED);
    expect(parseRecoveryKey(FIXED)).toEqual(Uint8Array.from({ length: 32 }, (_, index) => index * 7));
  });

  test('reads back as it was, however it is typed', () => {
    fc.assert(
      fc.property(anyKey, fc.constantFrom(' ', '-', '\n', ''), fc.boolean(), (key, separator, isLower) => {
        const text = formatRecoveryKey(key).join(separator);
        const typed = isLower ? text.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l') : text;
        expect(parseRecoveryKey(typed)).toEqual(key);
      }),
    );
  });

  test('one wrong symbol is found, with its group', () => {
    fc.assert(
      fc.property(anyKey, somePlace, fc.constantFrom(...ALPHABET), (key, at, symbol) => {
        const text = written(key);
        fc.pre(text[at] !== symbol);
        const wrongGroup = Math.floor(at / RECOVERY_KEY_SHAPE.length) + 1;
        expect(readRecoveryKey(replaceAt(text, at, symbol))).toMatchObject({ isComplete: false, wrongGroup });
      }),
    );
  });

  test('two symbols of a group that changed places are found', () => {
    fc.assert(
      fc.property(anyKey, fc.nat(12), fc.nat(4), fc.nat(4), (key, group, one, other) => {
        const text = written(key);
        const [a, b] = [group * 5 + one, group * 5 + other];
        fc.pre(text[a] !== text[b]);
        const swapped = replaceAt(replaceAt(text, a, text[b] ?? ''), b, text[a] ?? '');
        expect(readRecoveryKey(swapped)).toMatchObject({ isComplete: false, wrongGroup: group + 1 });
      }),
    );
  });

  test('groups that changed places are found', () => {
    fc.assert(
      fc.property(anyKey, fc.nat(12), fc.nat(12), (key, one, other) => {
        fc.pre(one !== other);
        const groups = [...formatRecoveryKey(key)];
        [groups[one], groups[other]] = [groups[other] ?? '', groups[one] ?? ''];
        expect(readRecoveryKey(groups.join(' '))).toMatchObject({ wrongGroup: Math.min(one, other) + 1 });
      }),
    );
  });

  test.each([
    { text: '', symbols: 0 },
    { text: '003GP W58WP 4C', symbols: 12 },
  ])('what is missing is counted: $symbols symbols', ({ text, symbols }) => {
    expect(readRecoveryKey(text)).toEqual({ isComplete: false, symbols });
  });

  test('a symbol too many is not passed over', () => {
    expect(readRecoveryKey(`${FIXED}7`)).toMatchObject({ isComplete: false, symbols: LENGTH + 1 });
    expect(() => parseRecoveryKey(`${FIXED}7`)).toThrow('WrongRecoveryKey');
  });

  test('a letter that Crockford leaves out is an error of its group', () => {
    expect(readRecoveryKey(replaceAt(FIXED, 0, 'U'))).toMatchObject({ wrongGroup: 1 });
  });

  test('what people put between the groups does not count', () => {
    expect(cleanRecoveryText(' abcde\u00a0– fo\ti. ')).toBe('ABCDEF01');
  });
});
