import { createHash } from 'node:crypto';

const GROUPS = 6;
const GROUP_BYTES = 5;

/**
 * What two delegates read to each other to be sure that they see the same key: six groups of five digits (99 bits), each
 * five bytes of the SHA-256 of the key, as a big-endian number modulo 100,000.
 * @param publicKey base64url.
 */
export function fingerprintOf(publicKey: string): string {
  const digest = createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest();
  const groups = Array.from({ length: GROUPS }, (_, index) =>
    `${digest.readUIntBE(index * GROUP_BYTES, GROUP_BYTES) % 100_000}`.padStart(5, '0'),
  );
  return groups.join(' ');
}
