import { z } from 'zod';
import { base64url, code, done, email, id, line, millis, role, shortBase64url, token } from './common.js';

/** Lower case is made by the server; « jean.martin ». */
export const login = z
  .string()
  .trim()
  .min(3)
  .max(60)
  .regex(/^[\p{L}\p{N}._@-]+$/u);

/** Argon2id as the browser has to run it (RFC 9106). */
export const kdf = z.strictObject({
  algorithm: z.literal('argon2id'),
  memoryKib: z.int().min(65_536).max(262_144),
  passes: z.int().min(3).max(10),
  lanes: z.literal(1),
});

/** A private key of 32 bytes under AES-256-GCM: nonce (12), ciphertext, tag (16). */
const wrappedPrivateKey = shortBase64url(200);

/** New keys as the browser made them, from a password and a recovery key that never leave it. */
export const newCredentials = z.strictObject({
  salt: base64url(16),
  kdf,
  authKey: base64url(32),
  publicKey: base64url(32),
  wrappedPrivateKey,
  recoveryAuthKey: base64url(32),
  recoveryWrappedPrivateKey: wrappedPrivateKey,
});

export const parametersRequest = z.strictObject({ login });
export const parameters = z.strictObject({ salt: base64url(16), kdf });

export const loginRequest = z.strictObject({ login, authKey: base64url(32), code: code.optional() });

/** Who is logged in, and what the page needs to start. */
export const session = z.strictObject({
  account: z.strictObject({
    id,
    login,
    displayName: z.string(),
    role,
    email: email.optional(),
    isAvailable: z.boolean(),
  }),
  keys: z.strictObject({
    salt: base64url(16),
    kdf,
    publicKey: base64url(32),
    /** Absent while the session is locked: whoever sits down before it could try passwords on it. */
    wrappedPrivateKey: wrappedPrivateKey.optional(),
    /** Read aloud by two delegates to compare: groups of digits. */
    fingerprint: z.string(),
  }),
  isLocked: z.boolean(),
  /** Minutes without an action after which the page is to lock itself; the server does so as well. */
  idleLockMinutes: z.int(),
  /** `required`: it is off and nothing else may be done before it is on. */
  secondFactor: z.enum(['on', 'off', 'required']),
  /** What the role may do, as in `PERMISSIONS`. */
  permissions: z.array(z.string()),
  operator: z.string().optional(),
  isDemo: z.boolean(),
});

export const unlockRequest = z.strictObject({ authKey: base64url(32) });

export const ownSession = z.strictObject({
  id: z.string(),
  device: z.string(),
  createdAt: millis,
  lastActiveAt: millis,
  isCurrent: z.boolean(),
});
export const ownSessions = z.strictObject({ sessions: z.array(ownSession) });

export const invitationRequest = z.strictObject({ token });
/** What the page of a link shows before anything is chosen. */
export const invitationView = z.strictObject({
  kind: z.enum(['setup', 'invitation', 'reset']),
  role,
  displayName: z.string().optional(),
  /** Given for a reset: it does not change. */
  login: login.optional(),
  kdf,
});
export const acceptRequest = z.strictObject({
  token,
  login,
  displayName: line(60),
  credentials: newCredentials,
  /** For new keys of an account that has a second factor. */
  code: code.optional(),
});

export const recoveryRequest = z.strictObject({ login, recoveryAuthKey: base64url(32), code: code.optional() });
export const recoveryView = z.strictObject({
  recoveryWrappedPrivateKey: wrappedPrivateKey,
  publicKey: base64url(32),
  kdf,
});
/** Proves the recovery key once more, and brings the new password's keys. The key pair stays; the recovery key is new. */
export const recoveryFinish = z.strictObject({
  login,
  recoveryAuthKey: base64url(32),
  code: code.optional(),
  credentials: newCredentials,
});

export const passwordRequest = z.strictObject({
  authKey: base64url(32),
  salt: base64url(16),
  kdf,
  newAuthKey: base64url(32),
  wrappedPrivateKey,
});

export const profileRequest = z.strictObject({
  displayName: line(60).optional(),
  email: email.nullable().optional(),
  isAvailable: z.boolean().optional(),
});

/** `otpauth:` (Key URI Format), and its secret in base32 for those who type it. */
export const secondFactorStart = z.strictObject({ secret: z.string(), uri: z.string() });
export const secondFactorConfirm = z.strictObject({ code });
export const secondFactorOff = z.strictObject({ authKey: base64url(32) });

export { done };
