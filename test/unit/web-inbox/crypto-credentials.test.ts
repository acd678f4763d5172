import { describe, expect, test } from '@jest/globals';
import { type Argon2, runArgon2 } from '../../../src/web/inbox/crypto/argon2.js';
import { fromBase64url, toBase64url } from '../../../src/web/inbox/crypto/bytes.js';
import { enrol, openKeyPair, openPrivateKey } from '../../../src/web/inbox/crypto/credentials.js';
import { keysOfPassword, keysOfRecovery } from '../../../src/web/inbox/crypto/derive.js';
import {
  importPrivateKey,
  makeKeyPair,
  unwrapPrivateKey,
  wrapPrivateKey,
} from '../../../src/web/inbox/crypto/key-pair.js';
import type { PrivateKey } from '../../../src/web/inbox/crypto/private-key.js';
import { parseRecoveryKey } from '../../../src/web/inbox/crypto/recovery-key.js';

const KDF = { algorithm: 'argon2id', memoryKib: 65_536, passes: 3, lanes: 1 } as const;
const PASSWORD = 'quatre mots bien à moi';
/** As quick as the tests that are about something else need it. */
const quick: Argon2 = async ({ password, salt }) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from([...password, ...salt])));

describe('an enrolment', () => {
  test('gives keys that the password opens, and the recovery key as well', async () => {
    const stages: string[] = [];
    const { credentials, recoveryGroups, privateKey } = await enrol(
      { argon2: runArgon2 },
      { password: PASSWORD, kdf: KDF },
      (stage) => stages.push(stage),
    );
    expect(stages).toEqual(['deriving', 'checking']);
    expect(privateKey).toMatchObject({ type: 'private', extractable: false });

    const { publicKey, salt } = credentials;
    const byPassword = await keysOfPassword(runArgon2, { password: PASSWORD, salt: fromBase64url(salt), kdf: KDF });
    expect(toBase64url(byPassword.authKey)).toBe(credentials.authKey);
    const byRecovery = await keysOfRecovery(parseRecoveryKey(recoveryGroups.join('')));
    expect(toBase64url(byRecovery.authKey)).toBe(credentials.recoveryAuthKey);

    const one = await openKeyPair(byPassword, { wrapped: credentials.wrappedPrivateKey, publicKey });
    const other = await openKeyPair(byRecovery, { wrapped: credentials.recoveryWrappedPrivateKey, publicKey });
    expect(one.privateKey).toEqual(other.privateKey);
    expect(one.privateKey.some((byte) => byte !== 0)).toBe(true);
  });

  test('holds nothing twice: salts, keys and nonces are new each time', async () => {
    const both = await Promise.all([1, 2].map(() => enrol({ argon2: quick }, { password: PASSWORD, kdf: KDF })));
    const values = both.flatMap(({ credentials: { kdf, ...rest } }) => Object.values(rest));
    expect(new Set(values).size).toBe(values.length);
  });

  test('sends lengths that the wire takes', async () => {
    const { credentials } = await enrol({ argon2: quick }, { password: PASSWORD, kdf: KDF });
    const lengths = Object.entries(credentials).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, fromBase64url(value).length]] : [],
    );
    expect(Object.fromEntries(lengths)).toEqual({
      salt: 16,
      authKey: 32,
      publicKey: 32,
      wrappedPrivateKey: 60,
      recoveryAuthKey: 32,
      recoveryWrappedPrivateKey: 60,
    });
  });

  test('is refused on a device that derives another key the second time', async () => {
    let runs = 0;
    const faulty: Argon2 = async (input) => {
      const key = await quick(input);
      if (runs++ === 1) key[7] = (key[7] ?? 0) ^ 1;
      return key;
    };
    await expect(enrol({ argon2: faulty }, { password: PASSWORD, kdf: KDF })).rejects.toMatchObject({
      code: 'WrongKeys',
    });
    expect(runs).toBe(2);
  });

  test('after a recovery keeps the key pair', async () => {
    const pair = await makeKeyPair();
    const publicKey = toBase64url(pair.publicKey);
    const raw = pair.privateKey.slice();
    const { credentials } = await enrol({ argon2: quick }, { password: PASSWORD, kdf: KDF, pair });
    expect(credentials.publicKey).toBe(publicKey);
    const keys = await keysOfPassword(quick, {
      password: PASSWORD,
      salt: fromBase64url(credentials.salt),
      kdf: KDF,
    });
    const opened = await openKeyPair(keys, { wrapped: credentials.wrappedPrivateKey, publicKey });
    expect(opened.privateKey).toEqual(raw);
    expect(pair.privateKey).toEqual(new Uint8Array(32));
  });
});

describe('a wrapped private key', () => {
  async function wrapped() {
    const pair = await makeKeyPair();
    const keys = await keysOfRecovery(crypto.getRandomValues(new Uint8Array(32)));
    return { pair, keys, bytes: await wrapPrivateKey(keys.wrapKey, pair), publicKey: toBase64url(pair.publicKey) };
  }

  test('does not open beside another public key, which somebody may have put in its place', async () => {
    const { keys, bytes } = await wrapped();
    const other = toBase64url((await makeKeyPair()).publicKey);
    const opening = unwrapPrivateKey(keys.wrapKey, { wrapped: toBase64url(bytes), publicKey: other });
    await expect(opening).rejects.toMatchObject({ code: 'CannotUnwrap' });
  });

  test.each([0, 12, 40, 59])('does not open when byte %i was changed', async (at) => {
    const { keys, bytes, publicKey } = await wrapped();
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    const opening = openPrivateKey(keys, { wrapped: toBase64url(bytes), publicKey });
    await expect(opening).rejects.toMatchObject({ code: 'CannotUnwrap' });
  });

  test('opens to a key that agrees with its public key', async () => {
    const { pair, keys, bytes, publicKey } = await wrapped();
    const privateKey = await openPrivateKey(keys, { wrapped: toBase64url(bytes), publicKey });
    const peer = await makeKeyPair();
    const [own, theirs] = await Promise.all(
      [pair, peer].map((each) => crypto.subtle.importKey('raw', each.publicKey, { name: 'X25519' }, true, [])),
    );
    const agree = (key: PrivateKey, other: PrivateKey | undefined) =>
      crypto.subtle.deriveBits(
        { name: 'X25519', public: other } as Parameters<typeof crypto.subtle.deriveBits>[0],
        key,
        256,
      );
    const one = await agree(privateKey, theirs);
    const other = await agree(await importPrivateKey(peer.privateKey), own);
    expect(new Uint8Array(one)).toEqual(new Uint8Array(other));
  });
});
