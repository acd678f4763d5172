import { createHash } from 'node:crypto';

/** Crockford's Base32: no letter that is read as a digit or as another letter. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 4;

/**
 * Four letters or digits that name a conversation or a report to delegates, « B7K2 ». Made from the id alone: the same
 * for everybody and for ever, and it tells nothing of the id. Two may share one; the id tells them apart.
 */
export function pseudonymOf(id: string): string {
  const digest = createHash('sha256').update(`pseudonym:${id}`).digest();
  return Array.from(digest.subarray(0, LENGTH), (byte) => LETTERS.charAt(byte % LETTERS.length)).join('');
}
