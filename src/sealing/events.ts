import type { DataKey, EventPlace, OpenedEvent } from '../domain/report-sealing.js';
import { type Bytes, concat, fromBase64url, randomBytes, toBase64url } from './bytes.js';
import { DATA_KEY_BYTES } from './data-keys.js';
import { SealingFault } from './fault.js';
import { type CryptographicKey, TAG_BYTES } from './hpke.js';
import { isPaddedLength, pad, unpad } from './padding.js';
import { bytesOfEventPlace } from './places.js';
import { readEvent, writeEvent } from './sealed-json.js';

/** At random: a key seals some dozens of events, and 2³² would be allowed (NIST SP 800-38D, section 8.3). */
const NONCE_BYTES = 12;

/** @throws SealingFault `malformed`, `too-long`. */
export async function sealEvent(key: DataKey, place: EventPlace, event: OpenedEvent): Promise<string> {
  const text = pad(writeEvent(place, event));
  const iv = randomBytes(NONCE_BYTES);
  const sealed = await crypto.subtle.encrypt(gcm(iv, place), await importKey(key, 'encrypt'), text);
  return toBase64url(concat(iv, new Uint8Array(sealed)));
}

/** @throws SealingFault `cannot-open`, `malformed`. */
export async function openEvent(key: DataKey, place: EventPlace, sealed: string): Promise<OpenedEvent> {
  const bytes = fromBase64url(sealed);
  if (!isPaddedLength(bytes.length - NONCE_BYTES - TAG_BYTES)) throw new SealingFault('malformed');
  const parameters = gcm(bytes.slice(0, NONCE_BYTES), place);
  const cipherKey = await importKey(key, 'decrypt');
  const padded = await crypto.subtle
    .decrypt(parameters, cipherKey, bytes.slice(NONCE_BYTES))
    .catch((cause: unknown) => {
      throw new SealingFault('cannot-open', { cause });
    });
  return readEvent(place, unpad(new Uint8Array(padded)));
}

/** SHA-256 of the sealed bytes, base64url. @throws SealingFault `malformed`. */
export async function digestOf(sealed: string): Promise<string> {
  return toBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', fromBase64url(sealed))));
}

function gcm(iv: Bytes, place: EventPlace) {
  return { name: 'AES-GCM', iv, additionalData: bytesOfEventPlace('event', place) };
}

async function importKey(key: DataKey, use: 'encrypt' | 'decrypt'): Promise<CryptographicKey> {
  if (key.length !== DATA_KEY_BYTES) throw new SealingFault('malformed');
  return crypto.subtle.importKey('raw', key, 'AES-GCM', false, [use]);
}
