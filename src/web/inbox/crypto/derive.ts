import type { Argon2, KdfParameters } from './argon2.js';
import { type Bytes, utf8 } from './bytes.js';
import type { PrivateKey } from './private-key.js';

/** What a secret gives: `authKey` proves it to the server, `wrapKey` opens the private key and never leaves. */
export interface DerivedKeys {
  readonly authKey: Bytes;
  /** AES-256-GCM, not extractable. */
  readonly wrapKey: PrivateKey;
}

/** Never changed: whoever enrolled with them needs the same ones to open their key. */
const PURPOSES = {
  password: { auth: 'permanence/auth/v1', wrap: 'permanence/wrap/v1' },
  recovery: { auth: 'permanence/recovery-auth/v1', wrap: 'permanence/recovery-wrap/v1' },
} as const;
const KEY_BITS = 256;

/**
 * The bytes of a password: NFKC, so that the same letters typed on another device are the same password (RFC 8265 advises
 * NFC; NFKC also joins full-width forms and ligatures that phones put in).
 */
export function normalisePassword(password: string): Bytes {
  return utf8(password.normalize('NFKC'));
}

/** @throws CryptoFault `WeakParameters`, `OldBrowser`. */
export async function keysOfPassword(
  argon2: Argon2,
  { password, salt, kdf }: { password: string; salt: Bytes; kdf: KdfParameters },
): Promise<DerivedKeys> {
  const normalised = normalisePassword(password);
  const master = await argon2({ password: normalised, salt, kdf });
  normalised.fill(0);
  const keys = await expand(master, PURPOSES.password);
  master.fill(0);
  return keys;
}

/** @param recoveryKey 32 random bytes: they need no stretching. */
export function keysOfRecovery(recoveryKey: Bytes): Promise<DerivedKeys> {
  return expand(recoveryKey, PURPOSES.recovery);
}

/** HKDF-SHA256 (RFC 5869) without salt, one `info` for each purpose. */
async function expand(secret: Bytes, purposes: { readonly auth: string; readonly wrap: string }): Promise<DerivedKeys> {
  const source = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits', 'deriveKey']);
  const hkdf = (info: string) => ({ name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: utf8(info) });
  const [authKey, wrapKey] = await Promise.all([
    crypto.subtle.deriveBits(hkdf(purposes.auth), source, KEY_BITS),
    crypto.subtle.deriveKey(hkdf(purposes.wrap), source, { name: 'AES-GCM', length: KEY_BITS }, false, [
      'encrypt',
      'decrypt',
    ]),
  ]);
  return { authKey: new Uint8Array(authKey), wrapKey };
}
