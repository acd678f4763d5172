import type { ApiProblem } from '../api/problem.js';
import type { Session } from '../api/types.js';
import type { PrivateKey } from '../crypto/private-key.js';

/** `out`: nobody is logged in; `ended`: somebody was. The private key is in memory only, and only while unlocked. */
export type SessionState =
  | { readonly status: 'loading' }
  | { readonly status: 'unreachable'; readonly problem: ApiProblem }
  | { readonly status: 'out'; readonly hasEnded: boolean }
  | { readonly status: 'locked'; readonly session: Session }
  | { readonly status: 'in'; readonly session: Session; readonly privateKey?: PrivateKey };

export type SessionEvent =
  | { readonly type: 'entered'; readonly session: Session; readonly privateKey?: PrivateKey | undefined }
  | { readonly type: 'read'; readonly session: Session }
  /** The password was given once more, after a reload. */
  | { readonly type: 'opened'; readonly publicKey: string; readonly privateKey: PrivateKey }
  | { readonly type: 'locked' }
  | { readonly type: 'ended'; readonly byChoice: boolean }
  | { readonly type: 'unreachable'; readonly problem: ApiProblem };

/** A private key goes with the session that it was opened for, and with the lock. */
export function nextState(state: SessionState, event: SessionEvent): SessionState {
  switch (event.type) {
    case 'entered':
      return {
        status: 'in',
        session: event.session,
        ...(event.privateKey && { privateKey: event.privateKey }),
      };
    case 'read':
      return afterReading(state, event.session);
    case 'opened': {
      // Deriving takes seconds: the page may have been locked, or somebody else's, by now.
      const isSame = state.status === 'in' && state.session.keys.publicKey === event.publicKey;
      return isSame ? { ...state, privateKey: event.privateKey } : state;
    }
    case 'locked':
      return state.status === 'in' ? { status: 'locked', session: { ...state.session, isLocked: true } } : state;
    case 'ended': {
      if (state.status === 'out' && !event.byChoice) return state;
      const wasIn = state.status === 'in' || state.status === 'locked';
      return { status: 'out', hasEnded: wasIn && !event.byChoice };
    }
    case 'unreachable':
      return state.status === 'loading' || state.status === 'unreachable'
        ? { status: 'unreachable', problem: event.problem }
        : state;
  }
}

function afterReading(state: SessionState, session: Session): SessionState {
  if (session.isLocked) return { status: 'locked', session };
  const isSame = state.status === 'in' && state.session.keys.publicKey === session.keys.publicKey;
  return isSame ? { ...state, session } : { status: 'in', session };
}
