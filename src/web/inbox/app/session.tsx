import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useReducer } from 'react';
import { call, problems } from '../api/client.js';
import { ApiProblem, problemFrom } from '../api/problem.js';
import type { Session } from '../api/types.js';
import type { PrivateKey } from '../crypto/private-key.js';
import { listenToOtherTabs, tellOtherTabs } from './other-tabs.js';
import { nextState, type SessionState } from './session-state.js';

export interface SessionControl {
  readonly state: SessionState;
  /** Somebody has logged in, unlocked or enrolled. */
  readonly enter: (session: Session, privateKey?: PrivateKey) => void;
  /** Holds a private key that was opened for these keys, unless the page has been locked meanwhile. */
  readonly hold: (publicKey: string, privateKey: PrivateKey) => void;
  /** The server has answered with the session as it is now. */
  readonly update: (session: Session) => void;
  /** Reads the session again. */
  readonly refresh: () => Promise<void>;
  /** Hides everything at once, and tells the server. */
  readonly lock: () => void;
  readonly logOut: () => Promise<void>;
}

/** What the pages of somebody who is logged in may use. */
export interface SignedIn extends Omit<SessionControl, 'state'> {
  readonly session: Session;
  readonly isLocked: boolean;
  /** Of this browser's delegate; absent while locked, and after a reload until the password is given again. */
  readonly privateKey?: PrivateKey;
  /** As in the server's table of permissions: `can('facts')`. */
  readonly can: (permission: string) => boolean;
}

const SessionContext = createContext<SessionControl | undefined>(undefined);

export function useSessionControl(): SessionControl {
  const control = use(SessionContext);
  if (!control) throw new Error('No SessionProvider');
  return control;
}

/** @throws Error outside of what is shown to somebody who is logged in (locked or not). */
export function useSession(): SignedIn {
  const { state, ...control } = useSessionControl();
  if (state.status !== 'in' && state.status !== 'locked') throw new Error('Nobody is logged in');
  const { session } = state;
  return {
    ...control,
    session,
    isLocked: state.status === 'locked',
    ...(state.status === 'in' && state.privateKey && { privateKey: state.privateKey }),
    can: (permission) => session.permissions.includes(permission),
  };
}

export function SessionProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [state, dispatch] = useReducer(nextState, { status: 'loading' });

  const refresh = useCallback(async () => {
    try {
      dispatch({ type: 'read', session: await call('readSession') });
    } catch (fault) {
      const problem = problemFrom(fault);
      if (problem.status !== 401) dispatch({ type: 'unreachable', problem });
      else if (problem.code !== 'SessionLocked') dispatch({ type: 'ended', byChoice: false });
    }
  }, []);

  useEffect(() => {
    void refresh();
    const onProblem = (event: globalThis.Event) => {
      const code = event instanceof CustomEvent && event.detail instanceof ApiProblem ? event.detail.code : '';
      if (code === 'NotLoggedIn') dispatch({ type: 'ended', byChoice: false });
      if (code === 'SessionLocked') dispatch({ type: 'locked' });
      if (code === 'SecondFactorRequired') void refresh();
    };
    problems.addEventListener('problem', onProblem);
    const stop = listenToOtherTabs((news) => {
      if (news === 'locked') dispatch({ type: 'locked' });
      if (news === 'changed') void refresh();
    });
    return () => {
      problems.removeEventListener('problem', onProblem);
      stop();
    };
  }, [refresh]);

  const control = useMemo<SessionControl>(
    () => ({
      state,
      enter: (session, privateKey) => {
        dispatch({ type: 'entered', session, privateKey });
        tellOtherTabs('changed');
      },
      hold: (publicKey, privateKey) => dispatch({ type: 'opened', publicKey, privateKey }),
      update: (session) => dispatch({ type: 'read', session }),
      refresh,
      lock: () => {
        dispatch({ type: 'locked' });
        tellOtherTabs('locked');
        // The server locks an idle session by itself; what is on this screen is hidden whatever it answers.
        call('lockSession').catch(() => undefined);
      },
      logOut: async () => {
        await call('logOut');
        dispatch({ type: 'ended', byChoice: true });
        tellOtherTabs('changed');
      },
    }),
    [state, refresh],
  );
  return <SessionContext value={control}>{children}</SessionContext>;
}
