import { expect, test } from '@jest/globals';
import { toCsv } from '../../../src/inbox/csv.js';

test('a cell that would be a formula is text, and separators are quoted', () => {
  expect(toCsv([['=cmd()', '+1', '-2', '@x', '\tx', 'a;b', 'dit "non"', 'deux\nlignes', 3]])).toBe(
    `\uFEFF'=cmd();'+1;'-2;'@x;'\tx;"a;b";"dit ""non""";"deux\nlignes";3\r\n`,
  );
});
