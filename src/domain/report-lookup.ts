import { createHash } from 'node:crypto';

/**
 * Under what a report is found: SHA-256 of the bytes that its receipt gives, base64url. Whoever takes the database has
 * nothing to look up with.
 */
export function lookupHashOf(lookupId: string): string {
  return createHash('sha256').update(Buffer.from(lookupId, 'base64url')).digest('base64url');
}
