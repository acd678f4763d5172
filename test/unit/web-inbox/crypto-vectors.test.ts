import { argon2Sync, hkdfSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { type Argon2, runArgon2 } from '../../../src/web/inbox/crypto/argon2.js';
import { fromBase64url, toBase64url, utf8 } from '../../../src/web/inbox/crypto/bytes.js';
import { keysOfPassword, keysOfRecovery, normalisePassword } from '../../../src/web/inbox/crypto/derive.js';
import { unwrapPrivateKey } from '../../../src/web/inbox/crypto/key-pair.js';
import { VECTORS } from '../../support/inbox-browser-vectors.js';

/** Takes half a second of full work: once for each password. Each caller gets bytes of its own, which it wipes. */
const derived = new Map<string, ReturnType<Argon2>>();
const argon2: Argon2 = async ({ password, salt, kdf }) => {
  const key = `${toBase64url(password)} ${toBase64url(salt)} ${JSON.stringify(kdf)}`;
  const known = derived.get(key) ?? runArgon2({ password: password.slice(), salt, kdf });
  derived.set(key, known);
  return (await known).slice();
};

/** The server's own implementation of Argon2 and HKDF, and bytes written down once: three witnesses of the same keys. */
describe.each(VECTORS)('keys of vector $#', ({ password, salt, kdf, authKey }) => {
  test('Argon2id gives the same bytes as Node’s', async () => {
    const given = { password: normalisePassword(password), salt: fromBase64url(salt), kdf };
    const theirs = argon2Sync('argon2id', {
      message: given.password,
      nonce: given.salt,
      parallelism: kdf.lanes,
      tagLength: 32,
      memory: kdf.memoryKib,
      passes: kdf.passes,
    });
    expect(toBase64url(await argon2(given))).toBe(theirs.toString('base64url'));
  });

  test('the key that proves it is the one written down', async () => {
    const keys = await keysOfPassword(argon2, { password, salt: fromBase64url(salt), kdf });
    expect(toBase64url(keys.authKey)).toBe(authKey);
  });

  test('HKDF gives the same bytes as Node’s, another for each purpose', async () => {
    const master = await argon2({ password: normalisePassword(password), salt: fromBase64url(salt), kdf });
    const theirs = (info: string) => Buffer.from(hkdfSync('sha256', master, '', info, 32)).toString('base64url');
    expect(theirs('permanence/auth/v1')).toBe(authKey);
    expect(theirs('permanence/wrap/v1')).not.toBe(authKey);
  });

  test.each(VECTORS.filter((vector) => vector.password === password))('its wrapped key opens', async (vector) => {
    const { wrapKey } = await keysOfPassword(argon2, { password, salt: fromBase64url(salt), kdf });
    const { wrappedPrivateKey: wrapped, publicKey, privateKey } = vector;
    expect(toBase64url(await unwrapPrivateKey(wrapKey, { wrapped, publicKey }))).toBe(privateKey);
  });
});

test('passwords that look the same are the same password', async () => {
  expect(normalisePassword('e\u0301te\u0301')).toEqual(normalisePassword('été'));
  expect(normalisePassword('ﬁn')).toEqual(utf8('fin'));
});

test('the recovery key proves itself by another key than it wraps with', async () => {
  const recoveryKey = Uint8Array.from({ length: 32 }, (_, index) => index);
  const theirs = (info: string) => Buffer.from(hkdfSync('sha256', recoveryKey, '', info, 32)).toString('base64url');
  const { authKey } = await keysOfRecovery(recoveryKey);
  expect(toBase64url(authKey)).toBe(theirs('permanence/recovery-auth/v1'));
  expect(toBase64url(authKey)).not.toBe(theirs('permanence/recovery-wrap/v1'));
});

test.each([
  { memoryKib: 32_768, passes: 3 },
  { memoryKib: 65_536, passes: 2 },
  { memoryKib: 1_048_576, passes: 3 },
])('a server that asks for $memoryKib KiB and $passes passes is not obeyed', async (asked) => {
  const kdf = { algorithm: 'argon2id', lanes: 1, ...asked } as const;
  const input = { password: utf8('mot de passe'), salt: new Uint8Array(16), kdf };
  await expect(runArgon2(input)).rejects.toMatchObject({ code: 'WeakParameters' });
});
