import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { autolink, safeHref } from '../../../src/web/shared/autolink.js';

const links = (text: string): readonly string[] => autolink(text).flatMap(({ href }) => href ?? []);

test.each([
  ['Appelez le 17 ou le 112.', ['tel:17', 'tel:112']],
  ['Envoyez un SMS au 114', ['sms:114']],
  ['En cas de danger : 17, 112, 15 ou 18.', ['tel:17', 'tel:112', 'tel:15', 'tel:18']],
  ['17 : police\n15 : SAMU', ['tel:17', 'tel:15']],
  ['Le 3919 écoute. Le 116 006 aussi, et le 3114.', ['tel:3919', 'tel:116006', 'tel:3114']],
  ['Téléphone : 03 81 21 11 22', ['tel:0381211122']],
  ['Depuis l’étranger, +33 3 81 21 11 22', ['tel:+33381211122']],
  ['Voir https://www.service-public.fr/aide?x=1.', ['https://www.service-public.fr/aide?x=1']],
  ['(https://fr.wikipedia.org/wiki/Planoise_(Besançon))', ['https://fr.wikipedia.org/wiki/Planoise_(Besan%C3%A7on)']],
  ['Écrivez à contact@exemple.fr, merci', ['mailto:contact@exemple.fr']],
])('%s', (text, expected) => {
  expect(links(text)).toEqual(expected);
});

test.each([
  'La permanence a lieu mercredi 18 novembre.',
  'Le 17 novembre, appelez avant midi.',
  'Entre 15 h et 17 h',
  'De 15 à 25 policiers',
  'Au 112 rue de Dole',
  'Article 15 de la loi',
  'Appelez avant 17 h',
  'Le 15/11, contact sur place',
  'En 39190 ou 13919',
  'javascript:alert(1) data:text/html,x',
])('no call in « %s »', (text) => {
  expect(links(text)).toEqual([]);
});

test('the pieces joined give the text back, whatever it is', () => {
  const words = fc.constantFrom(
    'appelez ',
    '17',
    '112 ',
    'https://a.fr/(b)',
    'x@y.fr',
    '03 81 21 11 22',
    '. ',
    '\n',
    ' : ',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(words, fc.string())), (parts) => {
      const text = parts.join('');
      expect(
        autolink(text)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text);
    }),
  );
});

test('only addresses that visit, write or call are links', () => {
  expect(safeHref('/permanences.ics', 'https://serveur.fr/')).toBe('https://serveur.fr/permanences.ics');
  expect(safeHref('tel:17')).toBe('tel:17');
  for (const address of ['javascript:alert(1)', 'JAVASCRIPT:x', 'data:text/html,x', 'file:///etc', 'pas une adresse']) {
    expect(safeHref(address)).toBeUndefined();
  }
});
