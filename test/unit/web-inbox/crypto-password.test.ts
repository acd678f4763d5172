import { expect, test } from '@jest/globals';
import { isLogin, suggestLogin } from '../../../src/web/inbox/auth/login-name.js';
import { refusalOf, strengthOf } from '../../../src/web/inbox/crypto/password.js';
import { growthOf } from '../../support/growth.js';

const KNOWN = ['jean.martin', 'Jean Martin'];

test.each([
  ['', 'short'],
  ['onze lettre', 'short'],
  ['motdepasse2026', 'weak'],
  ['azertyuiop1234', 'weak'],
  ['AZERTYUIOPQSDFGH', 'weak'],
  ['aaaaaaaaaaaaaaaa', 'weak'],
  ['abcabcabcabcabcabc', 'weak'],
  ['123456789012', 'weak'],
  ['Jean Martin 1957', 'weak'],
  ['jean.martin.jean.martin', 'weak'],
  ['permanence2026!', 'weak'],
  ['Extraordinaire1!', 'weak'],
  ['cheval lampe jardin', 'fair'],
  ['jardin-1957-tomate', 'fair'],
  ['correct cheval batterie agrafe', 'strong'],
  ['Le chat de ma voisine dort au soleil', 'strong'],
  ['k8#Vq2!mZp0r', 'fair'],
  ['k8#Vq2!mZp0rW7x%', 'strong'],
])('« %s » is %s', (password, strength) => {
  expect(strengthOf(password, KNOWN)).toBe(strength);
  expect(refusalOf(password, KNOWN)).toBe(strength === 'fair' || strength === 'strong' ? undefined : strength);
});

test('a password that no field takes is refused', () => {
  expect(refusalOf('k8#Vq2!mZp0rW7x%'.repeat(20))).toBe('long');
});

test('a long password takes no long time to judge', () => {
  const judge = (length: number): void => void strengthOf('ab'.repeat(length / 4) + 'c'.repeat(length / 2), KNOWN);
  expect(growthOf(judge, 256)).toBeLessThan(12);
});

test.each([
  ['Jean-Marc Lefèvre', 'jean-marc.lefevre'],
  ['  Élodie  N’Guyen ', 'elodie.n.guyen'],
  ['Œuvrard', 'uvrard'],
  ['李', ''],
])('the login suggested for « %s » is « %s »', (name, login) => {
  expect(suggestLogin(name)).toBe(login);
});

test.each([
  ['jean.martin', true],
  ['élodie@planoise', true],
  ['jm', false],
  ['jean martin', false],
  ['a'.repeat(61), false],
])('« %s » may be a login: %s', (login, isOne) => {
  expect(isLogin(login)).toBe(isOne);
});
