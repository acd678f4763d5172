import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Entity, StyledText } from '../../src/channels/telegram/entities.js';
import { MOST_UNITS, splitText } from '../../src/channels/telegram/split.js';

/** What people type and paste: words, lines, no-break spaces, families of emoji, accents apart, anything at all. */
const piece = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('bonjour', ' ', 'à', '\n', '\n\n', '. ', '\u00a0', '\u202f!', 'rue de Dole'),
  },
  { weight: 1, arbitrary: fc.constantFrom('👨‍👩‍👧‍👦', '🇫🇷', 'e\u0301', '👍🏽', '\r\n', ' \u0301') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
);
const texts = fc.array(piece, { maxLength: 120 }).map((pieces) => pieces.join(''));
const limits = fc.integer({ min: 2, max: 60 });

const styled = texts.chain(
  (text): fc.Arbitrary<StyledText> =>
    fc
      .array(fc.tuple(fc.nat(text.length), fc.nat(text.length), fc.constantFrom<Entity['type']>('bold', 'code')), {
        maxLength: 5,
      })
      .map((ranges) => ({
        text,
        entities: ranges
          .map(([one, other, type]) => ({ type, offset: Math.min(one, other), length: Math.abs(one - other) }))
          .filter(({ length }) => length > 0),
      })),
);

/** Each unit of the text with the formatting that lies on it. */
function unitsOf({ text, entities }: StyledText): readonly string[] {
  return Array.from({ length: text.length }, (_, index) => {
    const on = entities.filter(({ offset, length }) => index >= offset && index < offset + length);
    return `${text.charAt(index)} ${on.map(({ type }) => type).sort()}`;
  });
}

const isInsidePair = (text: string, index: number): boolean =>
  /[\ud800-\udbff]/.test(text.charAt(index - 1)) && /[\udc00-\udfff]/.test(text.charAt(index));

describe('a text in parts', () => {
  test('is all there, in its order, with its formatting, and no part is too long', () => {
    fc.assert(
      fc.property(styled, limits, (whole, most) => {
        const parts = splitText(whole, most);
        expect(parts.map(({ text }) => text).join('')).toBe(whole.text);
        expect(parts.flatMap(unitsOf)).toEqual(unitsOf(whole));
        for (const { text, entities } of parts) {
          expect(text.length).toBeLessThanOrEqual(most);
          for (const { offset, length } of entities) {
            expect(length).toBeGreaterThan(0);
            expect(offset + length).toBeLessThanOrEqual(text.length);
          }
        }
      }),
    );
  });

  test('is never parted inside a surrogate pair, nor emptier than a quarter', () => {
    fc.assert(
      fc.property(texts, limits, (text, most) => {
        let end = 0;
        for (const part of splitText({ text, entities: [] }, most).slice(0, -1)) {
          end += part.text.length;
          expect(isInsidePair(text, end)).toBe(false);
          expect(part.text.length).toBeGreaterThanOrEqual(Math.min(most - 1, most / 4));
        }
      }),
    );
  });

  test('of words that fit is parted between words only', () => {
    const words = fc.array(fc.string({ unit: fc.constantFrom('a', 'é', 'ç', 'z'), minLength: 1, maxLength: 12 }), {
      minLength: 1,
      maxLength: 200,
    });
    fc.assert(
      fc.property(words, fc.integer({ min: 20, max: 80 }), (said, most) => {
        const parts = splitText({ text: said.join(' '), entities: [] }, most);
        expect(parts.flatMap(({ text }) => text.trim().split(' '))).toEqual(said);
      }),
    );
  });

  test('of emoji that belong together keeps each together', () => {
    const family = '👨‍👩‍👧‍👦';
    const text = family.repeat(1000);
    const parts = splitText({ text, entities: [] });
    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts) {
      expect(part.text.length).toBeLessThanOrEqual(MOST_UNITS);
      expect(part.text.replaceAll(family, '')).toBe('');
    }
  });

  test('without an end of a grapheme is parted all the same', () => {
    const text = `e${'\u0301'.repeat(9000)}`;
    const parts = splitText({ text, entities: [] });
    expect(parts.map((part) => part.text).join('')).toBe(text);
    expect(parts.every((part) => part.text.length <= MOST_UNITS)).toBe(true);
  });
});
