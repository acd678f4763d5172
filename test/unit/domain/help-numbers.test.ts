import { pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { loadFacts } from '../../../src/content/load-facts.js';
import type { EmergencyKind } from '../../../src/domain/facts.js';
import { emergencyNumbers, helpNumber } from '../../../src/domain/help-numbers.js';

const facts = loadFacts(pathToFileURL(`${process.cwd()}/corpus/fr/`));

describe('emergencyNumbers', () => {
  test.each<[EmergencyKind[], string[]]>([
    [[], ['17', '112', '114']],
    [['violence'], ['17', '112', '114']],
    [['intrusion'], ['17', '112', '114']],
    [['fire'], ['17', '112', '18', '114']],
    [['medical'], ['17', '112', '15', '114']],
    [['suicide'], ['3114', '15', '112', '17', '114']],
    [['domestic'], ['17', '112', '3919', '114']],
    [['child'], ['17', '112', '119', '114']],
    [
      ['fire', 'medical', 'fire'],
      ['17', '112', '15', '18', '114'],
    ],
  ])('for %j: %j', (kinds, expected) => {
    expect(emergencyNumbers(facts, kinds).map(({ id }) => id)).toEqual(expected);
  });

  test('a number that the data does not hold is a fault of the code', () => {
    expect(() => helpNumber(facts, '3977')).toThrow('3977');
  });
});
