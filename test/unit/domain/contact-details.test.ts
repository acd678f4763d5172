import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { phoneInGroups, readContact } from '../../../src/domain/contact-details.js';
import { growthOf } from '../../support/growth.js';

describe('French telephone numbers, as people type them', () => {
  test.each([
    ['0612345678', '+33612345678'],
    ['06 12 34 56 78', '+33612345678'],
    ['06.12.34.56.78', '+33612345678'],
    ['06-12-34-56-78', '+33612345678'],
    ['06/12/34/56/78', '+33612345678'],
    ['06_12_34_56_78', '+33612345678'],
    ['06\u00a012\u202f34 56 78', '+33612345678'],
    ['06 12 345 678', '+33612345678'],
    ['O6 12 34 56 78', '+33612345678'],
    ['o612345678', '+33612345678'],
    ['612345678', '+33612345678'],
    ['+33612345678', '+33612345678'],
    ['+33 6 12 34 56 78', '+33612345678'],
    ['+33 (0)6 12 34 56 78', '+33612345678'],
    ['(+33) 06 12 34 56 78', '+33612345678'],
    ['0033 6 12 34 56 78', '+33612345678'],
    ['33 6 12 34 56 78', '+33612345678'],
    ['٠٦١٢٣٤٥٦٧٨', '+33612345678'],
    ['０６１２３４５６７８', '+33612345678'],
    ['07 56 78 90 12', '+33756789012'],
    ['03 81 12 34 56', '+33381123456'],
    ['09 72 12 34 56', '+33972123456'],
    ["c'est le 06 12 34 56 78.", '+33612345678'],
    ['mon 06 : 06 12 34 56 78 (après 18h)', '+33612345678'],
    ["j'ai 45 ans, 0612345678, merci", '+33612345678'],
    ['06 12 34 56 78 ou 03 81 12 34 56', '+33612345678'],
    ['06 12 34 56, pardon 06 12 34 56 78', '+33612345678'],
    ['0692 12 34 56', '+262692123456'],
    ['0693123456', '+262693123456'],
    ['0262 12 34 56', '+262262123456'],
    ['0639 12 34 56', '+262639123456'],
    ['0690 12 34 56', '+590690123456'],
    ['0694 12 34 56', '+594694123456'],
    ['0596 12 34 56', '+596596123456'],
    ['0696123456', '+596696123456'],
    ['+262 692 12 34 56', '+262692123456'],
    ['+262 (0)692 12 34 56', '+262692123456'],
    ['00590 690 12 34 56', '+590690123456'],
    ['+33 692 12 34 56', '+262692123456'],
    ['+687 12 34 56', '+687123456'],
    ['+689 87 12 34 56', '+68987123456'],
    ['00508 41 12 34', '+508411234'],
  ])('« %s » is %s', (text, phone) => {
    expect(readContact(text)).toEqual({ kind: 'phone', phone });
  });

  test.each([
    ['06 12 34 56', 'phone-too-short'],
    ['+33 6 12 34 56', 'phone-too-short'],
    ['123456', 'phone-too-short'],
    ['+687 12 34', 'phone-too-short'],
    ['06 12 34 56 78 9', 'phone-too-long'],
    ['06123456780612345678', 'phone-too-long'],
    ['+336123456789', 'phone-too-long'],
    ['08 92 12 34 56', 'phone-not-usable'],
    ['+33 800 12 34 56', 'phone-not-usable'],
    ['00 12 34 56 78 90 12', 'phone-not-usable'],
    ['+41 79 123 45 67', 'phone-not-usable'],
    ['0049 170 1234567', 'phone-not-usable'],
    ['4412345678', 'phone-not-usable'],
  ])('« %s » is refused: %s', (text, fault) => {
    expect(readContact(text)).toEqual({ kind: 'fault', fault });
  });

  test.each(['', 'le 17', 'à 14 h 30', '25000 Besançon', 'rappelez-moi', 'j’ai 2 enfants de 10 et 12 ans'])(
    '« %s » is none',
    (text) => {
      expect(readContact(text)).toBeUndefined();
    },
  );

  test.each([
    ['+33612345678', '06 12 34 56 78'],
    ['+262692123456', '0692 12 34 56'],
    ['+687123456', '+687 12 34 56'],
    ['+68987123456', '+689 87 12 34 56'],
    ['+508411234', '+508 41 12 34'],
  ])('%s is read back as %s', (phone, groups) => {
    expect(phoneInGroups(phone)).toBe(groups);
  });

  test('any number typed in any grouping is read, and what is read back is the same number', () => {
    const digit = fc.integer({ min: 0, max: 9 });
    const number = fc
      .tuple(fc.constantFrom(1, 2, 3, 4, 5, 6, 7, 9), fc.array(digit, { minLength: 8, maxLength: 8 }))
      .map(([first, rest]) => `0${first}${rest.join('')}`);
    const separators = fc.array(fc.constantFrom('', ' ', '.', '-', '\u00a0', ' - '), { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(number, separators, (typed, between) => {
        const spaced = [...typed].map((one, index) => `${one}${between[index]}`).join('');
        const reading = readContact(spaced);
        expect(reading).toMatchObject({ kind: 'phone', phone: expect.stringMatching(/^\+\d{9,13}$/) });
        const phone = reading?.kind === 'phone' ? reading.phone : '';
        expect(phoneInGroups(phone).replace(/\D/g, '')).toBe(typed);
        expect(readContact(phone)).toEqual(reading);
        expect(readContact(phoneInGroups(phone))).toEqual(reading);
      }),
      { numRuns: 500 },
    );
  });
});

describe('e-mail addresses', () => {
  test.each([
    ['marie.dupont@exemple.fr', 'marie.dupont@exemple.fr'],
    ['mon mail : Marie@Exemple.FR.', 'Marie@exemple.fr'],
    ['marie @ exemple.fr', 'marie@exemple.fr'],
    ['<marie+police@mail.exemple.fr>', 'marie+police@mail.exemple.fr'],
    ['marie@exemple.fr ou 06 12 34 56 78', 'marie@exemple.fr'],
  ])('« %s » is %s', (text, email) => {
    expect(readContact(text)).toEqual({ kind: 'email', email });
  });

  test.each(['marie@exemple', 'marie@', 'marie@@exemple.fr', 'marié@exemple.fr', `${'a'.repeat(200)}@exemple.fr`])(
    '« %s » is refused',
    (text) => {
      expect(readContact(text)).toEqual({ kind: 'fault', fault: 'email' });
    },
  );

  test('whatever is accepted is an address by the rule of the wire', () => {
    const wire = z.email().max(200);
    const piece = fc.string({ unit: fc.constantFrom(..."aZ09._%+'-@é "), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(piece, piece, fc.constantFrom('fr', 'com', 'f', ''), (name, domain, end) => {
        const reading = readContact(`${name}@${domain}.${end}`);
        if (reading?.kind === 'email') expect(wire.safeParse(reading.email).success).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('any text', () => {
  test('is read without a fault of the code', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void readContact(text)));
  });

  test.each(['1 ', 'a', 'a.', '+(', 'a-'])('of « %s » over and over does not hold up a turn', (part) => {
    const read = (length: number): void => void readContact(`a@${part.repeat(length / part.length)}@`);
    expect(growthOf(read, 4000)).toBeLessThan(12);
  });
});
