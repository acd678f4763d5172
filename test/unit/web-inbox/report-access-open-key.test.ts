import { beforeAll, describe, expect, test } from '@jest/globals';
import { openDataKey, reportSealing } from '../../../src/sealing/index.js';
import { ApiProblem } from '../../../src/web/inbox/api/problem.js';
import type { Session } from '../../../src/web/inbox/api/types.js';
import type { Argon2 } from '../../../src/web/inbox/crypto/argon2.js';
import { fromBase64url, utf8 } from '../../../src/web/inbox/crypto/bytes.js';
import { enrol } from '../../../src/web/inbox/crypto/credentials.js';
import { keysOfPassword } from '../../../src/web/inbox/crypto/derive.js';
import { CryptoFault } from '../../../src/web/inbox/crypto/fault.js';
import { type OpenKeyDependencies, openKey } from '../../../src/web/inbox/reports-key/open-key.js';

const PASSWORD = 'correct cheval batterie agrafe';
const KDF = { algorithm: 'argon2id', memoryKib: 65_536, passes: 3, lanes: 1 } as const;
/** What is slow in it is not tried here. */
const quick: Argon2 = async ({ password, salt }) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array([...password, ...salt])));

describe('opening the private key of a session that goes on', () => {
  let keys: Session['keys'];
  beforeAll(async () => {
    const { credentials } = await enrol({ argon2: quick }, { password: PASSWORD, kdf: KDF });
    const { salt, kdf, publicKey, wrappedPrivateKey } = credentials;
    keys = { salt, kdf, publicKey, wrappedPrivateKey, fingerprint: '' };
  });

  const asked: string[] = [];
  const refuse = (code: string) => (authKey: string) => {
    asked.push(authKey);
    return Promise.reject(new ApiProblem({ status: 401, code, detail: '…' }));
  };
  const deps = (askServer: OpenKeyDependencies['askServer'] = refuse('WrongCredentials')): OpenKeyDependencies => ({
    derive: (password, { salt, kdf }) => keysOfPassword(quick, { password, salt: fromBase64url(salt), kdf }),
    askServer,
  });
  const sessionOf = (changed: Partial<Session['keys']>) => ({ keys: { ...keys, ...changed } }) as Session;

  test('the right password opens it without a word to the server', async () => {
    asked.length = 0;
    const opening = await openKey(deps(), PASSWORD, { keys });
    expect(asked).toEqual([]);
    if (opening.outcome !== 'ok') throw new Error(opening.outcome);
    const place = { reportId: 'r', keyId: 'k' };
    const dataKey = reportSealing.makeDataKey();
    const sealed = await reportSealing.sealDataKey(dataKey, place, keys.publicKey);
    expect(await openDataKey(sealed, place, opening)).toEqual(dataKey);
  });

  test.each([
    ['WrongCredentials', 'wrong'],
    ['TooManyAttempts', 'too-many'],
    ['Offline', 'offline'],
    ['Timeout', 'offline'],
    ['NotLoggedIn', 'failed'],
    ['InternalError', 'failed'],
  ] as const)('of a wrong one the server says « %s »', async (code, outcome) => {
    asked.length = 0;
    expect(await openKey(deps(refuse(code)), 'un autre', { keys })).toEqual({ outcome });
    expect(asked).toHaveLength(1);
  });

  test('a wrapped key that the page does not have is asked for', async () => {
    const { wrappedPrivateKey: _, ...without } = keys;
    const opening = await openKey(
      deps(async () => sessionOf({})),
      PASSWORD,
      { keys: without },
    );
    expect(opening).toMatchObject({ outcome: 'ok', publicKey: keys.publicKey });
  });

  test('a right password, and a key that is broken, is told apart from a wrong password', async () => {
    const broken = sessionOf({ wrappedPrivateKey: 'A'.repeat(80) });
    expect(
      await openKey(
        deps(async () => broken),
        PASSWORD,
        broken,
      ),
    ).toEqual({ outcome: 'broken' });
    const notEvenBase64 = sessionOf({ wrappedPrivateKey: '!' });
    expect(
      await openKey(
        deps(async () => notEvenBase64),
        PASSWORD,
        notEvenBase64,
      ),
    ).toEqual({ outcome: 'broken' });
  });

  test('another public key beside it is no key of this delegate', async () => {
    const forged = sessionOf({ publicKey: 'B'.repeat(43) });
    expect(
      await openKey(
        deps(async () => forged),
        PASSWORD,
        forged,
      ),
    ).toEqual({ outcome: 'broken' });
  });

  test.each([
    ['OldBrowser', 'old-browser'],
    ['WeakParameters', 'failed'],
  ] as const)('« %s » while deriving', async (code, outcome) => {
    const failing = { ...deps(), derive: () => Promise.reject(new CryptoFault(code)) };
    expect(await openKey(failing, PASSWORD, { keys })).toEqual({ outcome });
  });

  test('what is derived depends on the password as it is typed', async () => {
    expect(utf8(PASSWORD).length).toBeGreaterThan(20);
    expect(await openKey(deps(), PASSWORD.toUpperCase(), { keys })).toEqual({ outcome: 'wrong' });
  });
});
