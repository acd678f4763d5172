import type { Request } from 'express';
import type { Client } from '../domain/account-attempts.js';
import { DEFAULT_KDF } from '../domain/account-secrets.js';
import type { Opened } from '../domain/account-sessions.js';
import type { Accounts } from '../domain/accounts.js';
import { SESSION_LIFETIME_MS, type Sessions } from '../domain/sessions.js';
import { Refusal } from '../http/refusal.js';
import { clearSessionToken, schemeOf, writeSessionToken } from './cookies.js';
import type { Call, Caller, Handlers } from './handler.js';
import type { OperationName } from './operations.js';
import { presentKdf, presentSession, type SessionSettings } from './session-view.js';

type LinkName = 'readInvitation' | 'acceptInvitation' | 'startRecovery' | 'finishRecovery';
type OwnName = 'changePassword' | 'changeProfile' | 'startSecondFactor' | 'confirmSecondFactor' | 'removeSecondFactor';
type SessionName =
  | 'readParameters'
  | 'logIn'
  | 'readSession'
  | 'logOut'
  | 'lockSession'
  | 'unlockSession'
  | 'listSessions'
  | 'revokeSession'
  | 'revokeOtherSessions';

export interface SessionHandlerDependencies {
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly settings: SessionSettings;
}

/** Sessions, links, recovery, one's own password, profile and second factor. */
export function createSessionHandlers(deps: SessionHandlerDependencies): Handlers<SessionName | LinkName | OwnName> {
  const enter = createEntrance(deps);
  return { ...createOwnSessions(deps, enter), ...createLinks(deps, enter), ...createOwnAccount(deps, enter) };
}

/** What all ways into a session end with. */
type Entrance = (call: EnteringCall, opened: Opened) => ReturnType<typeof presentSession>;
type EnteringCall = Pick<Call<'logIn'>, 'response' | 'baseUrl'>;

const OK = { ok: true } as const;

function createEntrance({ settings }: SessionHandlerDependencies): Entrance {
  return (call, { account, session, token }) => {
    const lifeMs = session.createdAt + SESSION_LIFETIME_MS - session.lastActiveAt;
    writeSessionToken(call.response, token, { ...scheme(call), maxAgeSeconds: Math.floor(lifeMs / 1000) });
    return presentSession({ account, session }, settings);
  };
}

function createOwnSessions({ accounts, sessions, settings }: SessionHandlerDependencies, enter: Entrance) {
  return {
    readParameters: async ({ body }) => {
      const { salt, kdf } = await accounts.parameters(body.login);
      return { salt, kdf: presentKdf(kdf) };
    },
    logIn: async (call) => {
      const opened = await accounts.logIn(call.body, clientOf(call));
      await endEarlier(sessions, call.caller, opened);
      return enter(call, opened);
    },
    readSession: async ({ caller }) => presentSession(caller, settings),
    logOut: async (call) => {
      await accounts.logOut(call.caller);
      clearSessionToken(call.response, scheme(call));
      return OK;
    },
    lockSession: async ({ caller }) => {
      await sessions.lock(caller.session.id);
      return OK;
    },
    unlockSession: async (call) => enter(call, await accounts.unlock(call.caller, call.body.authKey, clientOf(call))),
    listSessions: async ({ caller }) => {
      const own = await sessions.listOf(caller.account.id);
      return {
        sessions: own.map(({ id, device, createdAt, lastActiveAt }) => ({
          id,
          device,
          createdAt,
          lastActiveAt,
          isCurrent: id === caller.session.id,
        })),
      };
    },
    revokeSession: async ({ caller, params }) => {
      if (!(await accounts.revoke(caller.account, params.id ?? ''))) throw new Refusal('NotFound');
      return OK;
    },
    revokeOtherSessions: async ({ caller }) => {
      await accounts.revokeOthers(caller);
      return OK;
    },
  } satisfies Handlers<SessionName>;
}

function createLinks({ accounts, sessions }: SessionHandlerDependencies, enter: Entrance) {
  return {
    readInvitation: async ({ body }) => {
      const { invitation, account } = await accounts.readInvitation(body.token);
      const { kind, role, displayName } = invitation;
      return {
        kind,
        role,
        ...(displayName !== undefined && { displayName }),
        ...(account && { login: account.login }),
        kdf: presentKdf(DEFAULT_KDF),
      };
    },
    acceptInvitation: async (call) => {
      const opened = await accounts.accept(call.body, clientOf(call));
      await endEarlier(sessions, call.caller, opened);
      return enter(call, opened);
    },
    startRecovery: async (call) => {
      const { credentials } = await accounts.startRecovery(call.body, clientOf(call));
      const { recoveryWrappedPrivateKey, publicKey } = credentials;
      return { recoveryWrappedPrivateKey, publicKey, kdf: presentKdf(DEFAULT_KDF) };
    },
    finishRecovery: async (call) => {
      const opened = await accounts.finishRecovery(call.body, clientOf(call));
      await endEarlier(sessions, call.caller, opened);
      return enter(call, opened);
    },
  } satisfies Handlers<LinkName>;
}

function createOwnAccount({ accounts, settings }: SessionHandlerDependencies, enter: Entrance) {
  return {
    changePassword: async (call) => enter(call, await accounts.changePassword(call.caller, call.body, clientOf(call))),
    changeProfile: async ({ caller, body }) => {
      const account = await accounts.changeProfile(caller.account.id, body);
      return presentSession({ account, session: caller.session }, settings);
    },
    startSecondFactor: async ({ caller }) => {
      requireUnlocked(caller);
      return accounts.startSecondFactor(caller);
    },
    confirmSecondFactor: async (call) => {
      requireUnlocked(call.caller);
      return enter(call, await accounts.confirmSecondFactor(call.caller, call.body.code, clientOf(call)));
    },
    removeSecondFactor: async (call) =>
      enter(call, await accounts.removeSecondFactor(call.caller, call.body.authKey, clientOf(call))),
  } satisfies Handlers<OwnName>;
}

/** Open to those who lack a second factor, but not to whoever passes by a locked screen. */
function requireUnlocked({ session }: Caller): void {
  if (session.isLocked) throw new Refusal('SessionLocked');
}

/** The browser forgets the cookie of its earlier session, so that one must not stay open. */
async function endEarlier(sessions: Sessions, caller: Caller | undefined, { session }: Opened): Promise<void> {
  if (caller && caller.session.id !== session.id) await sessions.end(caller.session.id);
}

function clientOf({ address, device }: Pick<Call<OperationName>, 'address' | 'device'>): Client {
  return { address, device };
}

function scheme({ response, baseUrl }: EnteringCall) {
  return schemeOf(response.req as Request, baseUrl);
}
