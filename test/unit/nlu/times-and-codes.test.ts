import { describe, expect, test } from '@jest/globals';
import { checkCharacter } from '../../../src/domain/receipt-symbols.js';
import { findReceiptCode } from '../../../src/nlu/entities/receipt-code.js';
import { createTimeFinder } from '../../../src/nlu/entities/times.js';
import { lexicons } from './support.js';

describe('hours', () => {
  const findTime = createTimeFinder(lexicons.dates);

  test.each([
    ['hier vers 22h', '22:00', '22:00'],
    ['à 14h30 devant', '14:30', '14:30'],
    ['vers 9 heures', '09:00', '09:00'],
    ['14:05 pile', '14:05', '14:05'],
    ['à huit heures et demie', '08:30', '08:30'],
    ['demain matin ?', '06:00', '12:00'],
    ["l'après-midi", '12:00', '18:00'],
    ['mercredi soir', '18:00', '23:59'],
  ])('%s', (text, from, to) => {
    expect(findTime(text)).toEqual({ from, to });
  });

  test.each(['7/9 rue Picasso', 'le 25/12', '06 12 34 56 78', '24 heures', 'à 3 : voilà', ''])(
    'none in « %s »',
    (text) => {
      expect(findTime(text)).toBeUndefined();
    },
  );
});

describe('receipt codes', () => {
  const code = 'ABCDE01234FGHJKMNPQR';
  const receipt = `ABCDE-01234-FGHJK-MNPQR-${checkCharacter(code)}`;

  test.each([
    receipt,
    receipt.toLowerCase(),
    receipt.replaceAll('-', ' '),
    receipt.replaceAll('-', ''),
    receipt.replace('0', 'O').replace('1', 'l'),
    `mon code ${receipt}, des nouvelles ?`,
  ])('%s', (text) => {
    expect(findReceiptCode(text)).toBe(receipt);
  });

  test.each([
    ['a wrong character', receipt.replace('A', 'B')],
    ['two characters swapped', receipt.replace('AB', 'BA')],
    ['no check character', receipt.slice(0, -2)],
    ['one group too few', receipt.slice(6)],
    ['a letter that the alphabet lacks', receipt.replace('A', 'U')],
    ['ordinary words', 'quand serai vous place salle a'],
  ])('not with %s', (_, text) => {
    expect(findReceiptCode(text)).toBeUndefined();
  });
});
