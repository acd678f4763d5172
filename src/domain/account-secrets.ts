import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { KdfParameters } from './account.js';
import type { Millis } from './desk-state.js';

/** What browsers have to run for a new password (RFC 9106, second recommended option: 64 MiB, three passes). */
export const DEFAULT_KDF: KdfParameters = { algorithm: 'argon2id', memoryKib: 65_536, passes: 3, lanes: 1 };

const SALT_BYTES = 16;
/** RFC 4226, 4 (R6): 160 bits are recommended. */
const SECOND_FACTOR_BYTES = 20;

/** Which of the two keys that the browser derives: of the password, or of the recovery key. */
export type AuthKeyKind = 'password' | 'recovery';

/** Everything that needs the server's key. One label for each use: no value of one is ever a value of another. */
export interface AccountSecrets {
  hashAuthKey(kind: AuthKeyKind, authKey: string): string;
  /** Takes the same time whatever is given, also without a hash: then it is false. */
  isAuthKey(kind: AuthKeyKind, authKey: string, hash: string | undefined): boolean;
  /** The salt of a login that nobody has: always the same one, as a real one would be. */
  fakeSalt(login: string): string;
  /** The token of the first coordinator's link that was made then: every process can show it again. */
  setupToken(createdAt: Millis): string;
  /** The second factor offered to this session, until it is confirmed: it need not be stored before. */
  offeredSecondFactor(sessionId: string): Uint8Array;
}

/** @param secretKey 32 bytes, the same in every process and at every start. */
export function createAccountSecrets(secretKey: Uint8Array): AccountSecrets {
  const mac = (label: string, value: string | Uint8Array): Buffer =>
    createHmac('sha256', secretKey).update(`permanence/accounts/${label}/v1\0`).update(value).digest();
  const macOf = (kind: AuthKeyKind, authKey: string): Buffer =>
    mac(`auth-key/${kind}`, Buffer.from(authKey, 'base64url'));
  const nobody = randomBytes(32);

  return {
    hashAuthKey: (kind, authKey) => macOf(kind, authKey).toString('base64url'),
    isAuthKey(kind, authKey, hash) {
      const expected = hash === undefined ? nobody : Buffer.from(hash, 'base64url');
      return timingSafeEqual(macOf(kind, authKey), expected) && hash !== undefined;
    },
    fakeSalt: (login) => mac('fake-salt', login).subarray(0, SALT_BYTES).toString('base64url'),
    setupToken: (createdAt) => mac('setup-link', String(createdAt)).toString('base64url'),
    offeredSecondFactor: (sessionId) => mac('second-factor', sessionId).subarray(0, SECOND_FACTOR_BYTES),
  };
}

/** 256 random bits, base64url: for a link or a cookie. Only its `tokenId` is stored. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

export function tokenId(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** Logins are the same whatever their case and the way their accents were typed. */
export function foldLogin(login: string): string {
  return login.normalize('NFC').toLowerCase();
}
