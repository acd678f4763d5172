import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { typeset } from '../../../src/web/shared/typeset.js';

test.each([
  ["Voir l'adresse", 'Voir l’adresse'],
  ["C'est aujourd'hui, jusqu'à midi.", 'C’est aujourd’hui, jusqu’à midi.'],
  ["l'École, d'Épinal", 'l’École, d’Épinal'],
  ["un mot 'cité', les années '90, 6'2", "un mot 'cité', les années '90, 6'2"],
  ["''' a' 'b", "''' a' 'b"],
  ['C’est où ?', 'C’est où\u00a0?'],
  ['Il dit : « oui » !', 'Il dit\u00a0: «\u00a0oui\u00a0»\u00a0!'],
  ['17:30, a b', '17:30, a b'],
])('%s', (text, expected) => {
  expect(typeset(text)).toBe(expected);
});

test('only spaces and apostrophes change, whatever the text, and only once', () => {
  const words = fc.constantFrom("l'a", ' ?', '« ', ' »', "'", 'é', ' : ');
  fc.assert(
    fc.property(fc.array(fc.oneof(words, fc.string())), (parts) => {
      const drawn = typeset(parts.join(''));
      expect(drawn.replaceAll('\u00a0', ' ').replaceAll('’', "'")).toBe(
        parts.join('').replaceAll('\u00a0', ' ').replaceAll('’', "'"),
      );
      expect(typeset(drawn)).toBe(drawn);
    }),
  );
});
