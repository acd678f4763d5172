import type { NewCredentials } from '../api/types.js';
import type { Argon2, KdfParameters } from './argon2.js';
import { areEqual, type Bytes, fromBase64url, randomBytes, toBase64url } from './bytes.js';
import { type DerivedKeys, keysOfPassword, keysOfRecovery } from './derive.js';
import { CryptoFault } from './fault.js';
import { importPrivateKey, makeKeyPair, type RawKeyPair, unwrapPrivateKey, wrapPrivateKey } from './key-pair.js';
import type { PrivateKey } from './private-key.js';
import { formatRecoveryKey, parseRecoveryKey } from './recovery-key.js';

const SALT_BYTES = 16;
const RECOVERY_BYTES = 32;

/** `deriving`, then `checking`: both take as long as each other. */
export type Stage = 'deriving' | 'checking';

export interface KeyMakerDependencies {
  readonly argon2: Argon2;
}

/** A password as the server and this page will know it. */
export interface NewPasswordKeys {
  readonly salt: string;
  readonly kdf: KdfParameters;
  readonly authKey: string;
  readonly wrappedPrivateKey: string;
}

export interface Enrolment {
  /** For the server. */
  readonly credentials: NewCredentials;
  /** To be shown once. */
  readonly recoveryGroups: readonly string[];
  readonly privateKey: PrivateKey;
}

/**
 * Makes everything that a new account, or one with new keys, sends: nothing of it opens anything on the server. What was
 * wrapped is opened again with keys derived a second time, before anything is sent.
 * @param pair the one to keep, after a recovery; a new one otherwise.
 * @throws CryptoFault `OldBrowser`, `WrongKeys`, `WeakParameters`.
 */
export async function enrol(
  { argon2 }: KeyMakerDependencies,
  { password, kdf, pair }: { password: string; kdf: KdfParameters; pair?: RawKeyPair },
  onStage: (stage: Stage) => void = () => undefined,
): Promise<Enrolment> {
  const keyPair = pair ?? (await makeKeyPair());
  const publicKey = toBase64url(keyPair.publicKey);
  const passwordKeys = await makePasswordKeys({ argon2 }, { password, kdf, keyPair }, onStage);
  const { groups, authKey, wrapped } = await makeRecoveryKey(keyPair);
  const privateKey = await importPrivateKey(keyPair.privateKey);
  keyPair.privateKey.fill(0);
  return {
    credentials: {
      ...passwordKeys,
      publicKey,
      recoveryAuthKey: toBase64url(authKey),
      recoveryWrappedPrivateKey: wrapped,
    },
    recoveryGroups: groups,
    privateKey,
  };
}

/** Wraps the pair under a new password, and proves that it opens again. @throws CryptoFault as `enrol`. */
export async function makePasswordKeys(
  { argon2 }: KeyMakerDependencies,
  { password, kdf, keyPair }: { password: string; kdf: KdfParameters; keyPair: RawKeyPair },
  onStage: (stage: Stage) => void = () => undefined,
): Promise<NewPasswordKeys> {
  const salt = randomBytes(SALT_BYTES);
  onStage('deriving');
  const made = await keysOfPassword(argon2, { password, salt, kdf });
  const wrapped = toBase64url(await wrapPrivateKey(made.wrapKey, keyPair));
  onStage('checking');
  const again = await keysOfPassword(argon2, { password, salt, kdf });
  if (!areEqual(made.authKey, again.authKey)) throw new CryptoFault('WrongKeys');
  await proveOpens(again, wrapped, keyPair);
  return { salt: toBase64url(salt), kdf, authKey: toBase64url(made.authKey), wrappedPrivateKey: wrapped };
}

/** The same for the recovery key, read back from the very text that is shown. */
async function makeRecoveryKey(
  keyPair: RawKeyPair,
): Promise<{ groups: readonly string[]; authKey: Bytes; wrapped: string }> {
  const key = randomBytes(RECOVERY_BYTES);
  const { authKey, wrapKey } = await keysOfRecovery(key);
  const wrapped = toBase64url(await wrapPrivateKey(wrapKey, keyPair));
  const groups = formatRecoveryKey(key);
  key.fill(0);
  const again = await keysOfRecovery(parseRecoveryKey(groups.join(' ')));
  if (!areEqual(authKey, again.authKey)) throw new CryptoFault('WrongKeys');
  await proveOpens(again, wrapped, keyPair);
  return { groups, authKey, wrapped };
}

async function proveOpens({ wrapKey }: DerivedKeys, wrapped: string, keyPair: RawKeyPair): Promise<void> {
  const opened = await unwrapPrivateKey(wrapKey, { wrapped, publicKey: toBase64url(keyPair.publicKey) }).catch(
    (cause: unknown) => {
      throw new CryptoFault('WrongKeys', { cause });
    },
  );
  const isSame = areEqual(opened, keyPair.privateKey);
  opened.fill(0);
  if (!isSame) throw new CryptoFault('WrongKeys');
}

/** The pair of somebody who has proved their password or recovery key. @throws CryptoFault `CannotUnwrap`. */
export async function openKeyPair(
  { wrapKey }: DerivedKeys,
  { wrapped, publicKey }: { readonly wrapped: string; readonly publicKey: string },
): Promise<RawKeyPair> {
  return {
    publicKey: fromBase64url(publicKey),
    privateKey: await unwrapPrivateKey(wrapKey, { wrapped, publicKey }),
  };
}

/** The private key for use. @throws CryptoFault `CannotUnwrap`, `OldBrowser`. */
export async function openPrivateKey(
  keys: DerivedKeys,
  stored: { readonly wrapped: string; readonly publicKey: string },
): Promise<PrivateKey> {
  const { privateKey } = await openKeyPair(keys, stored);
  const key = await importPrivateKey(privateKey);
  privateKey.fill(0);
  return key;
}
