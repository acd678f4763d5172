import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createNormaliser, foldWords } from '../../../src/nlu/normalise.js';
import { normalise } from './support.js';

describe('folding', () => {
  test.each([
    ['Où ÊTES-vous ?', 'ou etes vous'],
    ['l’adresse, s`il vous plaît', 'l adresse s il vous plait'],
    ['C’est ouvertttt !!!', 'c est ouvert'],
    ['le 25-12-2026', 'le 25/12/2026'],
    ['le 25.12, ou/et 7/9', 'le 25/12 ou et 7/9'],
    ['sœur', 'soeur'],
    ['1000 euros', '1000 euros'],
    ['Ｂｏｎｊｏｕｒ\u200b\u00ad', 'bonjour'],
    ['🙂 … !', ''],
  ])('%s', (text, expected) => {
    expect(foldWords(text).join(' ')).toBe(expected);
  });
});

describe('spelling out', () => {
  test.each([
    ['slt c koi lheure', 'salut c est quoi l heure'],
    ['bjr jveu savoir kan', 'bonjour je veux savoir quand'],
    ["aujourd'hui", 'aujourdhui'],
    ['AJD', 'aujourdhui'],
    ['2main', 'demain'],
    ["y'a un pb", 'il y a un probleme'],
    ['il y a un pb', 'il y a un probleme'],
    ['a+', 'a plus'],
    ['les keufs du comico', 'les policiers du commissariat'],
    ['ce week-end', 'ce weekend'],
  ])('%s', (text, expected) => {
    expect(normalise(text)).toBe(expected);
  });

  test.each(['bat', 'te', 'je', 'me', 'sa', 'aide', 'vit'])('leaves the ordinary word « %s » alone', (word) => {
    expect(normalise(word)).toBe(word);
  });

  test('replaces whole words only', () => {
    const spell = createNormaliser({ symbols: {}, words: { kan: 'quand' }, phrases: { 'c koi': 'c est quoi' } });
    expect(spell('kangourou kan c koisé')).toBe('kangourou quand c koise');
  });

  test('prefers the longest phrase and reads no property of Object', () => {
    const spell = createNormaliser({ symbols: {}, words: {}, phrases: { 'a b': 'x', 'a b c': 'y' } });
    expect(spell('a b c a b constructor __proto__')).toBe('y x constructor proto');
  });

  test('gives words separated by single spaces for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(normalise(text)).toMatch(/^(?:[\p{L}\p{N}/]+(?: [\p{L}\p{N}/]+)*)?$/u);
      }),
    );
  });
});
