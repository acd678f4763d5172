import { createCipheriv, createDecipheriv, createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { deriveKey } from './data-key.js';

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + NONCE_BYTES;

export interface DataCipher {
  /**
   * AES-256-GCM with a random 96-bit nonce: version (1 byte), nonce (12), ciphertext, tag (16). A key may seal 2^32
   * values (NIST SP 800-38D, 8.3), far over what one server stores.
   * @param aad where the value belongs; it opens nowhere else.
   */
  seal(plaintext: string, aad: string): Buffer;
  /** @throws UnreadableValueError when the value was altered, moved, or sealed under another key. */
  open(sealed: Uint8Array, aad: string): string;
  /** A name under which a value is found again without being stored: HMAC-SHA256, base64url. */
  lookupHash(scope: string, value: string): string;
}

export class UnreadableValueError extends Error {
  constructor() {
    super('A sealed value does not open: altered, moved, or sealed under another key');
    this.name = 'UnreadableValueError';
  }
}

export function createDataCipher(key: Uint8Array): DataCipher {
  // As key objects: a key given as bytes is prepared anew at each use, which takes longer than the sealing itself.
  const sealingKey = createSecretKey(deriveKey(key, 'permanence/storage/seal/v1'));
  const lookupKey = createSecretKey(deriveKey(key, 'permanence/storage/lookup/v1'));

  return {
    seal(plaintext, aad) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', sealingKey, nonce).setAAD(Buffer.from(aad));
      const ciphertext = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.of(VERSION), nonce, ciphertext, cipher.getAuthTag()]);
    },
    open(sealed, aad) {
      if (sealed[0] !== VERSION || sealed.length < HEADER_BYTES + TAG_BYTES) throw new UnreadableValueError();
      const nonce = sealed.subarray(1, HEADER_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', sealingKey, nonce, { authTagLength: TAG_BYTES })
        .setAAD(Buffer.from(aad))
        .setAuthTag(sealed.subarray(-TAG_BYTES));
      try {
        const start = decipher.update(sealed.subarray(HEADER_BYTES, -TAG_BYTES));
        return Buffer.concat([start, decipher.final()]).toString('utf8');
      } catch {
        throw new UnreadableValueError();
      }
    },
    // JSON keeps the two parts apart: no pair of values reads as another pair.
    lookupHash: (scope, value) =>
      createHmac('sha256', lookupKey)
        .update(JSON.stringify([scope, value]))
        .digest('base64url'),
  };
}
