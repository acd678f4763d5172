import type { DataKey, KeyPlace } from '../domain/report-sealing.js';
import { fromBase64url, randomBytes, toBase64url } from './bytes.js';
import { SealingFault } from './fault.js';
import { ENC_BYTES, hpkeOpen, hpkeSeal, type OpeningPair, TAG_BYTES } from './hpke.js';
import { bytesOfKeyPlace } from './places.js';

export const DATA_KEY_BYTES = 32;

export function makeDataKey(): DataKey {
  return randomBytes(DATA_KEY_BYTES);
}

/** @param publicKey base64url. @throws SealingFault `unfit-key`, `malformed`. */
export async function sealDataKey(key: DataKey, place: KeyPlace, publicKey: string): Promise<string> {
  if (key.length !== DATA_KEY_BYTES) throw new SealingFault('malformed');
  return toBase64url(await hpkeSeal(publicKey, key, { purpose: 'key', aad: bytesOfKeyPlace(place) }));
}

/** What `sealDataKey` sealed to this pair. @throws SealingFault `cannot-open`, `malformed`. */
export async function openDataKey(sealed: string, place: KeyPlace, pair: OpeningPair): Promise<DataKey> {
  const bytes = fromBase64url(sealed);
  if (bytes.length !== ENC_BYTES + DATA_KEY_BYTES + TAG_BYTES) throw new SealingFault('malformed');
  return hpkeOpen(pair, bytes, { purpose: 'key', aad: bytesOfKeyPlace(place) });
}
