import { describe, expect, test } from '@jest/globals';
import { compileGroups, compilePattern, pad } from '../../../src/nlu/pattern.js';

const groups = compileGroups({ weapon: ['arme', 'arme a feu'], who: ['il', 'un homme'] });
const fits = (pattern: string, text: string) => compilePattern(pattern, groups).test(pad(text));

describe('patterns of the data files', () => {
  test.each([
    ['il frappe', 'la il frappe fort', true],
    ['il frappe', 'avril frappe', false],
    ['il frapp*', 'il frappait', true],
    ['@who a une? @weapon', 'un homme a une arme a feu', true],
    ['@who a une? @weapon', 'il a arme', true],
    ['@who .. @weapon', 'il a dans la main une arme', false],
    ['@who .. @weapon', 'il tient dans sa main arme', true],
    ['(tout de suite|vite)', 'venez tout de suite', true],
    ['(de|du)? pont', 'sauter pont', true],
    ['arme', 'charmes', false],
  ])('%s in « %s »: %s', (pattern, text, expected) => {
    expect(fits(pattern, text)).toBe(expected);
  });

  test.each(['@nobody', 'a (b (c|d))', '(@who|moi)'])('refuses %s', (pattern) => {
    expect(() => compilePattern(pattern, groups)).toThrow();
  });
});
