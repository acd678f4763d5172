import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addMask, blackOut, type Mask, redact, removeMask } from '../../../src/web/inbox/reports/masks.js';
import { occurrencesOf } from '../../../src/web/inbox/reports/occurrences.js';
import { proposeMasks } from '../../../src/web/inbox/reports/proposals.js';
import { proposalsOf } from '../../../src/web/inbox/reports/use-redaction.js';
import { growthOf } from '../../support/growth.js';

function proposed(text: string, known?: readonly string[]): readonly string[] {
  return proposeMasks(text, known).map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`);
}

describe('what may tell who somebody is', () => {
  test.each([
    ['Appelez le 06 12 34 56 78.', ['phone: 06 12 34 56 78']],
    ['0612345678 ou 06.12.34.56.78', ['phone: 0612345678', 'phone: 06.12.34.56.78']],
    ['mon numéro +33 6 12 34 56 78', ['phone: +33 6 12 34 56 78']],
    ['mon numéro 0041 79 123 45 67', ['phone: 0041 79 123 45 67']],
    ['sécu 1 85 05 25 056 012 34', ['phone: 1 85 05 25 056 012 34']],
    ['écrivez à jean.dupont+a@exemple.co.uk, merci', ['email: jean.dupont+a@exemple.co.uk']],
    ['son snap est @karim_25', ['name: @karim_25']],
    ['le scooter ab-123-cd gris', ['plate: ab-123-cd']],
    ['au 12 bis rue de Picardie, tous les soirs', ['address: 12 bis rue de Picardie']],
    ['appartement 34, 3e étage, porte B2', ['address: appartement 34', 'address: 3e étage', 'address: porte B2']],
    ['Position partagée : 47.23780, 5.96220', ['position: 47.23780, 5.96220']],
    ['c’est M. Durand qui crie', ['name: Durand']],
    ['mon voisin Karim Benali', ['name: Karim Benali']],
    ['Karim Benali a été renversé', ['name: Karim Benali']],
    ['Appelez Mme Durand ou madame Roux', ['name: Durand', 'name: Roux']],
    ['il s’appelle kevin et crie', ['name: kevin']],
    ['c’est DUPONT du bloc', ['name: DUPONT']],
    ['il habite avec Jean-Pierre', ['name: Jean-Pierre']],
  ])('%s', (text, expected) => {
    expect(proposed(text)).toEqual(expected);
  });

  test.each([
    'Des motos passent à Planoise, rue de Picardie et place Cassin.',
    'Il est 22 h 30, le 22 novembre 2026, ligne 5, 3 fois.',
    'C’est la Police nationale et la CAF. Le 17 ne répond pas. Il fait froid.',
    'TOUS LES SOIRS ILS CRIENT SOUS MES FENETRES',
    'Des motos. Ils crient. « Encore » hier.',
  ])('nothing in: %s', (text) => {
    expect(proposed(text)).toEqual([]);
  });

  test('what its author left is found whatever its case and accents', () => {
    expect(proposed('eloise est passée, ÉLOÏSE aussi, pas éloisette', ['Éloïse'])).toEqual([
      'name: eloise',
      'name: ÉLOÏSE',
    ]);
  });

  test('a name that was found once is proposed wherever it stands', () => {
    const block = (id: string, text: string) => ({ id, text, title: '', kind: 'answer' as const });
    const found = proposalsOf([block('1', 'mon voisin Karim Benali'), block('2', 'Karim crie. benali aussi.')], []);
    expect(found.map(({ words, places }) => [words, places.length])).toEqual([
      ['Karim Benali', 1],
      ['Karim', 1],
      ['benali', 1],
    ]);
  });

  test('a long text takes no long time', () => {
    const propose = (length: number): void => void proposeMasks('Aa.@-1 '.repeat(length / 7), ['Aa']);
    expect(growthOf(propose, 4000)).toBeLessThan(12);
  });
});

describe('occurrences of a word', () => {
  test.each([
    [
      'Paul et paul',
      'PAUL',
      [
        [0, 4],
        [8, 12],
      ],
    ],
    ['Paulette', 'Paul', []],
    ['', 'a', []],
    ['rien', '  ', []],
    ['İstanbul, Paul', 'paul', [[10, 14]]],
    ['vu Ka\u200Brim.', 'Karim', [[3, 9]]],
    ['vu Ka\u00ADrim.', 'Karim', [[3, 9]]],
  ] as const)('%s: %s', (text, word, expected) => {
    expect(occurrencesOf(text, word).map(({ start, end }) => [start, end])).toEqual(expected);
  });
});

describe('masks', () => {
  const LENGTH = 30;
  const someMask = fc
    .tuple(fc.nat(LENGTH), fc.nat(LENGTH))
    .map(([one, other]): Mask => ({ start: Math.min(one, other), end: Math.max(one, other) }));
  const steps = fc.array(fc.record({ mask: someMask, isHidden: fc.boolean() }), { maxLength: 12 });

  test('hide and show just what was asked, in whatever order', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const hidden = new Array<boolean>(LENGTH).fill(false);
        let masks: readonly Mask[] = [];
        for (const { mask, isHidden } of all) {
          hidden.fill(isHidden, mask.start, mask.end);
          masks = isHidden ? addMask(masks, mask) : removeMask(masks, mask);
        }
        const text = 'x'.repeat(LENGTH);
        expect(blackOut(text, masks)).toBe(hidden.map((is) => (is ? '█' : 'x')).join(''));
        expect(masks.every(({ end }, index) => end <= (masks[index + 1]?.start ?? LENGTH))).toBe(true);
      }),
    );
  });

  test('what is shared tells nothing of what was hidden, not even its length', () => {
    const text = 'Karim habite au 12 rue de Picardie.';
    const masks = [
      { start: 0, end: 5 },
      { start: 16, end: 34 },
    ];
    expect(redact(text, masks, '[masqué]')).toBe('[masqué] habite au [masqué].');
    expect(redact(text, [], '[masqué]')).toBe(text);
  });

  test('lines stay lines where they are hidden', () => {
    expect(blackOut('ab\ncd', [{ start: 0, end: 5 }])).toBe('██\n██');
  });
});
