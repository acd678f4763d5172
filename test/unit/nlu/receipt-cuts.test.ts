import { describe, expect, test } from '@jest/globals';
import { checkCharacter } from '../../../src/domain/receipt-symbols.js';
import { cutReceiptCodes } from '../../../src/nlu/entities/receipt-code.js';

const receipt = `ABCDE-01234-FGHJK-MNPQR-${checkCharacter('ABCDE01234FGHJKMNPQR')}`;
const cut = (text: string) => cutReceiptCodes(text, '[code]');

describe('receipt codes are cut out of texts', () => {
  test.each([
    [receipt, '[code]'],
    [`mon code ${receipt.toLowerCase()}, des nouvelles ?`, 'mon code [code], des nouvelles ?'],
    [`code : ${receipt.replaceAll('-', '')}.`, 'code : [code].'],
    [`${receipt}\n${receipt.replaceAll('-', ' ')}`, '[code]\n[code]'],
    [`code ${receipt.replace('0', 'O').replace('1', 'l')}`, 'code [code]'],
  ])('%s', (text, expected) => {
    expect(cut(text)).toBe(expected);
  });

  test.each([
    ['a wrong character', receipt.replace('A', 'B')],
    ['two characters swapped', receipt.replace('AB', 'BA')],
    ['a letter that the alphabet lacks', receipt.replace('A', 'U')],
  ])('with a slip in them too: %s', (_, text) => {
    expect(cut(`voici ${text} merci`)).toBe('voici [code] merci');
  });

  test.each([
    'quand serai vous place salle a',
    'appelez le 06 12 34 56 78 ou le 03 81 00 00 00',
    '25000 25000 25000 25000 2',
    'le 24/11/2026 à 22h30, 7/9 rue Picasso, bâtiment B12, porte 104',
    'FR7630004000031234567890143',
    '',
  ])('other texts stay as they are: %s', (text) => {
    expect(cut(text)).toBe(text);
  });
});
