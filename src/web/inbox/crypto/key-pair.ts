import { type Bytes, concat, fromBase64url, utf8 } from './bytes.js';
import { CryptoFault } from './fault.js';
import type { PrivateKey } from './private-key.js';

/** A new pair, as bytes: only while it is being wrapped. */
export interface RawKeyPair {
  /** 32 bytes. */
  readonly publicKey: Bytes;
  /** 32 bytes. */
  readonly privateKey: Bytes;
}

const ALGORITHM = { name: 'X25519' };
/** PKCS #8 of an X25519 key (RFC 8410, section 7), before its 32 bytes. */
const PKCS8_HEAD = Uint8Array.from([
  0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x6e, 0x04, 0x22, 0x04, 0x20,
]);
const NONCE_BYTES = 12;
const AAD_HEAD = 'permanence/private-key/v1';

/** X25519 (RFC 7748) by the browser. @throws CryptoFault `OldBrowser`. */
export async function makeKeyPair(): Promise<RawKeyPair> {
  try {
    const pair = await crypto.subtle.generateKey(ALGORITHM, true, ['deriveBits']);
    if (!('privateKey' in pair)) throw new TypeError('Not a pair');
    const [publicKey, pkcs8] = await Promise.all([
      crypto.subtle.exportKey('raw', pair.publicKey),
      crypto.subtle.exportKey('pkcs8', pair.privateKey),
    ]);
    return { publicKey: new Uint8Array(publicKey), privateKey: new Uint8Array(pkcs8).slice(PKCS8_HEAD.length) };
  } catch (cause) {
    throw new CryptoFault('OldBrowser', { cause });
  }
}

/** For use: it cannot be taken out of the browser again. @throws CryptoFault `OldBrowser`. */
export async function importPrivateKey(raw: Bytes): Promise<PrivateKey> {
  try {
    return await crypto.subtle.importKey('pkcs8', concat(PKCS8_HEAD, raw), ALGORITHM, false, ['deriveBits']);
  } catch (cause) {
    throw new CryptoFault('OldBrowser', { cause });
  }
}

/** AES-256-GCM; nonce (12), ciphertext (32), tag (16). It opens only beside the public key that it was made for. */
export async function wrapPrivateKey(wrapKey: PrivateKey, { publicKey, privateKey }: RawKeyPair): Promise<Bytes> {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const sealed = await crypto.subtle.encrypt(gcm(iv, publicKey), wrapKey, privateKey);
  return concat(iv, new Uint8Array(sealed));
}

/**
 * The 32 bytes of the private key; the caller clears them.
 * @param wrapped base64url, as is `publicKey`.
 * @throws CryptoFault `CannotUnwrap`.
 */
export async function unwrapPrivateKey(
  wrapKey: PrivateKey,
  { wrapped, publicKey }: { readonly wrapped: string; readonly publicKey: string },
): Promise<Bytes> {
  try {
    const bytes = fromBase64url(wrapped);
    const parameters = gcm(bytes.slice(0, NONCE_BYTES), fromBase64url(publicKey));
    return new Uint8Array(await crypto.subtle.decrypt(parameters, wrapKey, bytes.slice(NONCE_BYTES)));
  } catch (cause) {
    throw new CryptoFault('CannotUnwrap', { cause });
  }
}

function gcm(iv: Bytes, publicKey: Bytes) {
  return { name: 'AES-GCM', iv, additionalData: concat(utf8(AAD_HEAD), Uint8Array.of(0), publicKey) };
}
