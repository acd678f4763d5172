import { fromBase64url } from '../crypto/bytes.js';

const GROUPS = 6;
const GROUP_BYTES = 5;
const GROUP_DIGITS = 5;

/**
 * Six groups of five digits, as the server's `fingerprintOf` makes them; here by the device itself, from the very key that
 * will be sealed to: digits that the server sends could go with another key.
 * @param publicKey base64url.
 */
export async function fingerprintGroups(publicKey: string): Promise<readonly string[]> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', fromBase64url(publicKey)));
  return Array.from({ length: GROUPS }, (_, group) => {
    const bytes = digest.subarray(group * GROUP_BYTES, (group + 1) * GROUP_BYTES);
    // 40 bits: exact in a double.
    const number = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
    return `${number % 10 ** GROUP_DIGITS}`.padStart(GROUP_DIGITS, '0');
  });
}
