import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { type Bytes, concat, fromBase64url, utf8 } from './bytes.js';
import { SealingFault } from './fault.js';
import { PURPOSES } from './places.js';

/** A `CryptoKey`, named so that it means the same with the types of a browser and with Node's. */
export type CryptographicKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** An X25519 pair for use. The private key need not be extractable; its use is `deriveBits`. */
export interface OpeningPair {
  readonly privateKey: CryptographicKey;
  /** base64url. */
  readonly publicKey: string;
}

export type HpkePurpose = 'key' | 'reply';

export const ENC_BYTES = 32;
export const TAG_BYTES = 16;

/** RFC 9180: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. It keeps nothing from one call to the next. */
const SUITE = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

interface Sealing {
  readonly purpose: HpkePurpose;
  readonly aad: Bytes;
}

/**
 * Base mode, one message: `enc` (32 bytes), then ciphertext and tag.
 * @param publicKey base64url.
 * @throws SealingFault `unfit-key`.
 */
export async function hpkeSeal(publicKey: string, text: Bytes, { purpose, aad }: Sealing): Promise<Bytes> {
  try {
    const recipientPublicKey = await SUITE.kem.deserializePublicKey(fromBase64url(publicKey));
    const { enc, ct } = await SUITE.seal({ recipientPublicKey, info: utf8(PURPOSES[purpose]) }, text, aad);
    return concat(new Uint8Array(enc), new Uint8Array(ct));
  } catch (cause) {
    throw new SealingFault('unfit-key', { cause });
  }
}

/** @throws SealingFault `cannot-open`, `malformed`. */
export async function hpkeOpen(pair: OpeningPair, sealed: Bytes, { purpose, aad }: Sealing): Promise<Bytes> {
  if (sealed.length < ENC_BYTES + TAG_BYTES) throw new SealingFault('malformed');
  try {
    // With the public key beside it, the library never asks for the bytes of the private one.
    const publicKey = await SUITE.kem.deserializePublicKey(fromBase64url(pair.publicKey));
    const recipientKey = { privateKey: pair.privateKey, publicKey };
    const parameters = { recipientKey, enc: sealed.slice(0, ENC_BYTES), info: utf8(PURPOSES[purpose]) };
    return new Uint8Array(await SUITE.open(parameters, sealed.slice(ENC_BYTES), aad));
  } catch (cause) {
    throw new SealingFault('cannot-open', { cause });
  }
}

/** RFC 9180, section 7.1.3. @param material at least 32 random bytes. */
export async function derivePair(material: Bytes): Promise<{ privateKey: CryptographicKey; publicKey: Bytes }> {
  const { privateKey, publicKey } = await SUITE.kem.deriveKeyPair(material);
  return { privateKey, publicKey: new Uint8Array(await SUITE.kem.serializePublicKey(publicKey)) };
}
