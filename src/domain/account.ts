import type { DelegateId, Millis } from './desk-state.js';

export type Role = 'coordinator' | 'delegate';

/** Of Argon2id (RFC 9106), as the browser runs it. */
export interface KdfParameters {
  readonly algorithm: 'argon2id';
  readonly memoryKib: number;
  readonly passes: number;
  readonly lanes: number;
}

/** What the browser made of the password and the recovery key. All values are base64url; the server opens none of them. */
export interface Credentials {
  /** 16 random bytes, the salt of the password. */
  readonly salt: string;
  readonly kdf: KdfParameters;
  /** Keyed hash of the authentication key; the key itself is not kept. */
  readonly authKeyHash: string;
  /** X25519, 32 bytes. */
  readonly publicKey: string;
  /** The private key under the key that the password gives. */
  readonly wrappedPrivateKey: string;
  /** Keyed hash of the key that proves possession of the recovery key. */
  readonly recoveryAuthKeyHash: string;
  /** The private key under the recovery key. */
  readonly recoveryWrappedPrivateKey: string;
}

export interface Account {
  readonly id: DelegateId;
  readonly rev: number;
  /** Unique, folded to lower case. */
  readonly login: string;
  /** What residents and colleagues read. */
  readonly displayName: string;
  readonly role: Role;
  readonly isDisabled: boolean;
  /** Where alarms go; absent: no e-mail. */
  readonly email?: string;
  readonly credentials: Credentials;
  /** Base32 (RFC 4648), of TOTP (RFC 6238). */
  readonly secondFactor?: { readonly secret: string; readonly since: Millis; readonly lastUsedStep: number };
  readonly isAvailable: boolean;
  readonly createdAt: Millis;
  readonly lastSeenAt?: Millis;
}

/** A link that makes an account, or gives an existing one new credentials; it works once. */
export interface Invitation {
  /** SHA-256 of the token in the link, base64url. */
  readonly id: string;
  readonly kind: 'setup' | 'invitation' | 'reset';
  readonly role: Role;
  readonly displayName?: string;
  /** The account that a `reset` is for. */
  readonly accountId?: DelegateId;
  /** Absent: the operator. */
  readonly createdBy?: DelegateId;
  readonly createdAt: Millis;
  readonly expiresAt: Millis;
}

export interface Session {
  /** SHA-256 of the cookie's token, base64url. */
  readonly id: string;
  readonly accountId: DelegateId;
  /** « Firefox sur Windows »: enough to tell one's own sessions apart. */
  readonly device: string;
  readonly createdAt: Millis;
  /** The last thing its person did; the event stream does not count. */
  readonly lastActiveAt: Millis;
  readonly isLocked: boolean;
}
