import { useRef } from 'react';
import { call } from '../api/client.js';
import { problemFrom } from '../api/problem.js';
import type { Session } from '../api/types.js';

interface NewLogin {
  readonly login: string;
  readonly authKey: string;
}

const LOST: readonly string[] = ['Offline', 'Timeout', 'UnexpectedAnswer'];

/**
 * For calls that work once. When the answer of a first try was lost on the way, the second is refused although all went
 * well: then the new password is what tells, by logging in with it.
 */
export function useLostAnswers(): (attempt: () => Promise<Session>, next: NewLogin) => Promise<Session> {
  const wasLost = useRef(false);
  return async (attempt, { login, authKey }) => {
    try {
      return await attempt();
    } catch (fault) {
      const { code } = problemFrom(fault);
      if (LOST.includes(code)) wasLost.current = true;
      else if (wasLost.current && (code === 'InvalidLink' || code === 'WrongCredentials')) {
        // What it is refused for is told as the first call was.
        return call('logIn', { body: { login, authKey } }).catch(() => Promise.reject(fault));
      }
      throw fault;
    }
  };
}
