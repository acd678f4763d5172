import { describe, expect, test } from '@jest/globals';
import { words } from '../../../src/content/words.js';
import { fillWords } from '../../../src/domain/fill-words.js';

describe('words of the catalogues', () => {
  test.each([
    ['Permanences à {district}', ['district'], true],
    ['{day}, {slot}, {day}', ['day', 'slot'], true],
    ['demain', [], true],
    [' ', [], false],
    ['Permanences', ['district'], false],
    ['{day} {hour}', ['day'], false],
    ['{jour}', ['day'], false],
  ])('%j with %j: %s', (text, variables, isGood) => {
    expect(words(...variables).safeParse(text).success).toBe(isGood);
  });

  test('a fault names the variables that are wanted', () => {
    expect(words('day', 'slot').safeParse('x').error?.issues[0]?.message).toBe('variables attendues : {day}, {slot}');
  });

  test('filling replaces every mention, takes values as they are, and refuses a missing one', () => {
    expect(fillWords('{a} {b} {a}', { a: '$&{b}', b: '2' })).toBe('$&{b} 2 $&{b}');
    expect(() => fillWords('{a}', {})).toThrow('"a"');
  });
});
