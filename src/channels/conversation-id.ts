import { randomBytes } from 'node:crypto';

/** 128 random bits that are safe in a URL: knowing one id tells nothing of another. */
export function newConversationId(): string {
  return randomBytes(16).toString('base64url');
}
