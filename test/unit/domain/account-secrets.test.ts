import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { fingerprintOf } from '../../../src/domain/account-fingerprint.js';
import { createAccountSecrets, foldLogin, newToken, tokenId } from '../../../src/domain/account-secrets.js';

const secrets = createAccountSecrets(Buffer.alloc(32, 1));
const key = randomBytes(32).toString('base64url');

describe('authentication keys', () => {
  test('are known again by their hash, and by no other', () => {
    const hash = secrets.hashAuthKey('password', key);
    expect(hash).toMatch(/^[\w-]{43}$/);
    expect(secrets.isAuthKey('password', key, hash)).toBe(true);
    expect(secrets.isAuthKey('password', randomBytes(32).toString('base64url'), hash)).toBe(false);
    expect(secrets.isAuthKey('recovery', key, hash)).toBe(false);
    expect(secrets.isAuthKey('password', key, undefined)).toBe(false);
    expect(createAccountSecrets(Buffer.alloc(32, 2)).isAuthKey('password', key, hash)).toBe(false);
  });
});

describe('the salt of a login that nobody has', () => {
  test('is 16 bytes, its own, and the same at each start', () => {
    const salt = secrets.fakeSalt('personne');
    expect(Buffer.from(salt, 'base64url')).toHaveLength(16);
    expect(createAccountSecrets(Buffer.alloc(32, 1)).fakeSalt('personne')).toBe(salt);
    expect(secrets.fakeSalt('quelqu’un')).not.toBe(salt);
    expect(createAccountSecrets(Buffer.alloc(32, 2)).fakeSalt('personne')).not.toBe(salt);
  });
});

describe('the second factor that a session is offered', () => {
  test('is 20 bytes, and the session’s own', () => {
    expect(secrets.offeredSecondFactor('s1')).toHaveLength(20);
    expect(secrets.offeredSecondFactor('s1')).toEqual(secrets.offeredSecondFactor('s1'));
    expect(secrets.offeredSecondFactor('s1')).not.toEqual(secrets.offeredSecondFactor('s2'));
  });
});

describe('tokens', () => {
  test('are 256 bits, and kept by their hash', () => {
    const token = newToken();
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(newToken()).not.toBe(token);
    expect(tokenId(token)).toBe(createHash('sha256').update(token).digest('base64url'));
  });
});

describe('logins', () => {
  test.each([
    ['Jean.Martin', 'jean.martin'],
    ['E\u0301lodie', '\u00e9lodie'],
    ['ÉLODIE', 'élodie'],
  ])('%s is %s', (typed, login) => {
    expect(foldLogin(typed)).toBe(login);
  });
});

describe('fingerprints', () => {
  test('are six groups of five digits of the SHA-256 of the key', () => {
    const zeros = Buffer.alloc(32).toString('base64url');
    // printf '%064d' 0 | xxd -r -p | sha256sum: 66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925
    const groups = ['66687aadf8', '62bd776c8f', 'c18b8e9f8e', '2008971485', '6ee233b390', '2a591d0d5f'];
    const expected = groups.map((hex) => `${BigInt(`0x${hex}`) % 100_000n}`.padStart(5, '0')).join(' ');
    expect(fingerprintOf(zeros)).toBe(expected);
  });

  test('differ for any two keys', () => {
    const all = Array.from({ length: 2000 }, () => fingerprintOf(randomBytes(32).toString('base64url')));
    expect(new Set(all).size).toBe(2000);
    for (const fingerprint of all) expect(fingerprint).toMatch(/^(\d{5} ){5}\d{5}$/);
  });
});
