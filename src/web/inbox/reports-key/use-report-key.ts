import { useCallback, useMemo, useRef, useState } from 'react';
import { call } from '../api/client.js';
import { useSession } from '../app/session.js';
import { derive } from '../auth/keys.js';
import type { PrivateKey } from '../crypto/private-key.js';
import { type OpenFault, openKey } from './open-key.js';

/** Opens what was sealed to this delegate. */
export interface OwnKey {
  readonly privateKey: PrivateKey;
  /** base64url. */
  readonly publicKey: string;
}

export interface ReportKeyControl {
  readonly state: 'locked' | 'unlocking' | 'ready';
  /** When it is ready. The same object until it changes. */
  readonly key?: OwnKey;
  /** Never rejects. */
  readonly unlock: (password: string) => Promise<'ok' | OpenFault>;
}

/**
 * The delegate's own private key. Signing in and unlocking the page have opened it already; after a reload the session
 * goes on without it, and `<UnlockReports>` asks for the password. It is in memory only (the page's session holds it), and
 * goes with the lock, the end of the session, and a change of keys.
 */
export function useReportKey(): ReportKeyControl {
  const { session, privateKey, hold, update } = useSession();
  const { publicKey } = session.keys;
  const [isUnlocking, setUnlocking] = useState(false);
  const latest = useRef(session);
  latest.current = session;

  const unlock = useCallback(
    async (password: string) => {
      setUnlocking(true);
      const askServer = async (authKey: string) => {
        const renewed = await call('unlockSession', { body: { authKey } });
        update(renewed);
        return renewed;
      };
      const opening = await openKey({ derive, askServer }, password, latest.current);
      setUnlocking(false);
      if (opening.outcome === 'ok') hold(opening.publicKey, opening.privateKey);
      return opening.outcome;
    },
    [hold, update],
  );

  const key = useMemo(() => privateKey && { privateKey, publicKey }, [privateKey, publicKey]);
  if (key) return { state: 'ready', key, unlock };
  return { state: isUnlocking ? 'unlocking' : 'locked', unlock };
}
