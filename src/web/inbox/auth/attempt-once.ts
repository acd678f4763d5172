import { call } from '../api/client.js';
import { problemFrom } from '../api/problem.js';
import type { Session } from '../api/types.js';

/** The login and the key that hold once the attempt has been made. */
export interface NewLogin {
  readonly login: string;
  readonly authKey: string;
}

/** What a link or a recovery key is refused with once it has been used. */
const USED: readonly string[] = ['InvalidLink', 'WrongCredentials'];
/** What a login is refused with although its password is right. */
const NEEDS_CODE: readonly string[] = ['SecondFactorNeeded', 'WrongCode'];

/**
 * For calls that work once. When the answer was lost on the way, a second try (the browser itself may make it) is refused
 * although all went well: then the new password is what tells, by logging in with it.
 * @returns undefined: the new password holds, and a code is needed to log in with it.
 * @throws ApiProblem of the attempt.
 */
export async function attemptOnce(
  attempt: () => Promise<Session>,
  { login, authKey }: NewLogin,
): Promise<Session | undefined> {
  try {
    return await attempt();
  } catch (fault) {
    if (!USED.includes(problemFrom(fault).code)) throw fault;
    return call('logIn', { body: { login, authKey } }).catch((refusal: unknown) => {
      if (NEEDS_CODE.includes(problemFrom(refusal).code)) return undefined;
      throw fault;
    });
  }
}
