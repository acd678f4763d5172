import { describe, expect, test } from '@jest/globals';
import { isWithinEdits } from '../../../src/nlu/entities/edit-distance.js';
import { createSectorFinder } from '../../../src/nlu/entities/sectors.js';
import { lexicons, normalise } from './support.js';

const findSector = createSectorFinder(lexicons.sectors);

describe('sectors', () => {
  test.each([
    ['et à Pontarlier ?', 'pontarlier'],
    ['le mail de besac', 'besancon'],
    ['BESANÇON', 'besancon'],
    ['pontarlié', 'pontarlier'],
    ['pontalrier', 'pontarlier'],
    ['monbeliard', 'montbeliard'],
    ['Mont-Béliard', 'montbeliard'],
    ['montbelliarde', 'montbeliard'],
    ['bessançon', 'besancon'],
    ['à planoise', 'besancon'],
  ])('%s → %s', (text, expected) => {
    expect(findSector(normalise(text))).toBe(expected);
  });

  test.each([
    'bonjour',
    'les pompiers',
    "j'ai besoin d'un renseignement",
    'un particulier',
    'pour parler à quelqu’un',
    'constructor __proto__ toString',
    'Besançon ou Pontarlier ?',
    '',
  ])('none in « %s »', (text) => {
    expect(findSector(normalise(text))).toBeUndefined();
  });
});

test.each([
  ['abc', 'abc', 0, true],
  ['abc', 'abd', 1, true],
  ['abc', 'acb', 1, true],
  ['abc', 'abcd', 1, true],
  ['abc', 'xbcd', 1, false],
  ['abcd', 'badc', 1, false],
  ['abcd', 'badc', 2, true],
])('%s and %s within %i edits: %s', (a, b, limit, expected) => {
  expect(isWithinEdits(a, b, limit)).toBe(expected);
});
