import { expect, test } from '@jest/globals';
import { indentedLines, inlineText, visibleText } from '../../../src/domain/visible-text.js';

test('every end of a line is one, and what is not seen is gone', () => {
  expect(visibleText('a\r\nb\u2028c\u0085d\te\u0000f\u202Eg\ud800')).toBe('a\nb\nc\nd efg\ufffd');
});

test('no line of what was said begins where a heading does', () => {
  expect(indentedLines('un\n\nRéponse de Anne\r  deux')).toEqual(['    un', '', '    Réponse de Anne', '      deux']);
});

test('a heading is one line', () => {
  expect(inlineText('Anne\r\nRéponse\u202E de Jean')).toBe('Anne Réponse de Jean');
});
