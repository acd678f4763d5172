import type { Kdf, Session } from '../api/types.js';
import { argon2InWorker } from '../crypto/argon2-in-worker.js';
import { fromBase64url } from '../crypto/bytes.js';
import { openPrivateKey } from '../crypto/credentials.js';
import { type DerivedKeys, keysOfPassword } from '../crypto/derive.js';
import type { PrivateKey } from '../crypto/private-key.js';

/** What the pages derive keys with. */
export const KEY_MAKER = { argon2: argon2InWorker } as const;

export interface StoredParameters {
  readonly salt: string;
  readonly kdf: Kdf;
}

/** @throws CryptoFault `OldBrowser`, `WeakParameters`. */
export function derive(password: string, { salt, kdf }: StoredParameters): Promise<DerivedKeys> {
  return keysOfPassword(KEY_MAKER.argon2, { password, salt: fromBase64url(salt), kdf });
}

/** The session's private key; undefined when it does not open, which must keep nobody from answering residents. */
export async function privateKeyOf(keys: DerivedKeys, session: Session): Promise<PrivateKey | undefined> {
  const { wrappedPrivateKey: wrapped, publicKey } = session.keys;
  if (wrapped === undefined) return undefined;
  return openPrivateKey(keys, { wrapped, publicKey }).catch(() => undefined);
}
