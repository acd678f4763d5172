import { ApiProblem } from '../api/problem.js';
import type { Session } from '../api/types.js';
import { toBase64url } from '../crypto/bytes.js';
import { openPrivateKey } from '../crypto/credentials.js';
import type { DerivedKeys } from '../crypto/derive.js';
import { CryptoFault } from '../crypto/fault.js';
import type { PrivateKey } from '../crypto/private-key.js';

/**
 * `broken`: the password is right, and the private key does not open with it. `offline`: nobody could say whether it is
 * right. `failed`: anything else, an ended session among it.
 */
export type OpenFault = 'wrong' | 'too-many' | 'broken' | 'old-browser' | 'offline' | 'failed';

export type KeyOpening =
  | { readonly outcome: 'ok'; readonly privateKey: PrivateKey; readonly publicKey: string }
  | { readonly outcome: OpenFault };

export interface OpenKeyDependencies {
  /** @throws CryptoFault `OldBrowser`, `WeakParameters`. */
  readonly derive: (password: string, keys: Session['keys']) => Promise<DerivedKeys>;
  /** `unlockSession`: the session as it is now. @throws ApiProblem. */
  readonly askServer: (authKey: string) => Promise<Session>;
}

const BY_CODE: Readonly<Record<string, OpenFault>> = {
  WrongCredentials: 'wrong',
  TooManyAttempts: 'too-many',
  Offline: 'offline',
  Timeout: 'offline',
  OldBrowser: 'old-browser',
  CannotUnwrap: 'broken',
};

/**
 * Opens the private key of a session that goes on after a reload. A key that opens proves the password: AES-GCM opens
 * with no other. When it does not, the server is who says why, and counts the attempt.
 */
export async function openKey(
  { derive, askServer }: OpenKeyDependencies,
  password: string,
  { keys }: Pick<Session, 'keys'>,
): Promise<KeyOpening> {
  try {
    const derived = await derive(password, keys);
    const opened = await open(derived, keys).catch(async (fault: unknown) => {
      if (!isCannotUnwrap(fault)) throw fault;
      const session = await askServer(toBase64url(derived.authKey));
      return open(derived, session.keys);
    });
    return { outcome: 'ok', ...opened };
  } catch (fault) {
    return { outcome: outcomeOf(fault) };
  }
}

async function open(
  derived: DerivedKeys,
  { wrappedPrivateKey: wrapped, publicKey }: Session['keys'],
): Promise<{ readonly privateKey: PrivateKey; readonly publicKey: string }> {
  if (wrapped === undefined) throw new CryptoFault('CannotUnwrap');
  return { publicKey, privateKey: await openPrivateKey(derived, { wrapped, publicKey }) };
}

function isCannotUnwrap(fault: unknown): boolean {
  return fault instanceof CryptoFault && fault.code === 'CannotUnwrap';
}

function outcomeOf(fault: unknown): OpenFault {
  const isKnown = fault instanceof CryptoFault || fault instanceof ApiProblem;
  return (isKnown && BY_CODE[fault.code]) || 'failed';
}
