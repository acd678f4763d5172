import { generateURI, ScureBase32Plugin, verifySync } from 'otplib';
import type { Totp } from '../domain/second-factor.js';

const STEP_SECONDS = 30;

/** @param issuer the name under which apps list the account. */
export function createTotp({ issuer }: { issuer: string }): Totp {
  const base32 = new ScureBase32Plugin();
  return {
    encode: (secret) => base32.encode(secret, { padding: false }),
    uri: ({ login, secret }) => generateURI({ issuer, label: login, secret }),
    stepOf(secret, token, at, { past, future }) {
      const epoch = Math.floor(at.getTime() / 1000);
      const result = verifySync({
        secret,
        token,
        epoch,
        epochTolerance: [past * STEP_SECONDS, future * STEP_SECONDS],
      });
      return result.valid ? Math.floor(epoch / STEP_SECONDS) + result.delta : undefined;
    },
  };
}
