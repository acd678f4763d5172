import type { Session } from '../../src/web/inbox/api/types.js';
import {
  FAKE_KDF,
  FAKE_SECRET,
  type FakeAccount,
  type FakeAccounts,
  type FakeInvitation,
  RIGHT_CODE,
} from './inbox-browser-fake-accounts.js';
import { type FakeCall, type FakeHandlers, FakeRefusal } from './inbox-browser-fake-api.js';
import { createFakeReportHandlers } from './inbox-browser-fake-reports.js';

const OK = { ok: true } as const;
/** Of logins that nobody has. */
const NO_SALT = 'A'.repeat(22);

/** The calls about sessions, links and accounts; the others are not there. */
export function createFakeHandlers(state: FakeAccounts): FakeHandlers {
  return {
    ...sessionHandlers(state),
    ...linkHandlers(state),
    ...ownHandlers(state),
    ...teamHandlers(state),
    ...createFakeReportHandlers(state),
  };
}

function sessionHandlers(state: FakeAccounts): FakeHandlers {
  const { accounts, sessions } = state;
  return {
    readParameters: ({ body }) => {
      const { salt, kdf } = accounts.get(body.login)?.credentials ?? { salt: NO_SALT, kdf: FAKE_KDF };
      return { salt, kdf };
    },
    logIn: (call) => {
      const account = accounts.get(call.body.login);
      if (!account || account.isDisabled || account.credentials.authKey !== call.body.authKey) throw wrong();
      checkCode(account, call.body.code);
      return enter(state, call, account);
    },
    readSession: ({ session }) => state.view(session),
    logOut: ({ token }) => {
      sessions.delete(token);
      return OK;
    },
    lockSession: ({ session }) => {
      session.isLocked = true;
      return OK;
    },
    unlockSession: ({ session, body }) => {
      if (session.account.credentials.authKey !== body.authKey) throw wrong();
      session.isLocked = false;
      return state.view(session);
    },
    listSessions: ({ session }) => ({
      sessions: [...sessions.values()]
        .filter(({ account }) => account === session.account)
        .map((each) => ({
          id: each.id,
          device: each.device,
          createdAt: each.createdAt,
          lastActiveAt: each.createdAt,
          isCurrent: each === session,
        })),
    }),
    revokeSession: ({ params }) => {
      const found = [...sessions].find(([, { id }]) => id === params.id);
      if (!found) throw new FakeRefusal('NotFound');
      sessions.delete(found[0]);
      return OK;
    },
    revokeOtherSessions: ({ session }) => {
      endOthers(state, session.account, session.id);
      return OK;
    },
  };
}

function linkHandlers(state: FakeAccounts): FakeHandlers {
  const find = (token: string): FakeInvitation => {
    const invitation = state.invitations.find((each) => each.token === token);
    if (!invitation) throw new FakeRefusal('InvalidLink');
    return invitation;
  };
  const proveRecovery = ({ body }: Pick<FakeCall<'startRecovery'>, 'body'>): FakeAccount => {
    const account = state.accounts.get(body.login);
    if (!account || account.credentials.recoveryAuthKey !== body.recoveryAuthKey) throw wrong();
    checkCode(account, body.code);
    return account;
  };
  return {
    readInvitation: ({ body }) => {
      const { kind, role, displayName, login } = find(body.token);
      return { kind, role, ...(displayName && { displayName }), ...(login && { login }), kdf: FAKE_KDF };
    },
    acceptInvitation: (call) => {
      const { token, login, displayName, credentials } = call.body;
      const invitation = find(token);
      const known = state.accounts.get(login);
      if (known && !invitation.login) throw new FakeRefusal('LoginTaken');
      state.invitations.splice(state.invitations.indexOf(invitation), 1);
      const account = known ?? state.addAccount({ login, displayName, role: invitation.role, credentials });
      account.credentials = credentials;
      return enter(state, call, account);
    },
    startRecovery: (call) => {
      const { recoveryWrappedPrivateKey, publicKey, kdf } = proveRecovery(call).credentials;
      return { recoveryWrappedPrivateKey, publicKey, kdf };
    },
    finishRecovery: (call) => {
      const account = proveRecovery(call);
      if (call.body.credentials.publicKey !== account.credentials.publicKey) throw new FakeRefusal('InvalidBody');
      account.credentials = call.body.credentials;
      endOthers(state, account);
      return enter(state, call, account);
    },
  };
}

function ownHandlers(state: FakeAccounts): FakeHandlers {
  return {
    changePassword: ({ session, body }) => {
      const { account } = session;
      const { authKey, newAuthKey, salt, kdf, wrappedPrivateKey } = body;
      if (account.credentials.authKey !== authKey) throw wrong();
      account.credentials = { ...account.credentials, authKey: newAuthKey, salt, kdf, wrappedPrivateKey };
      endOthers(state, account, session.id);
      return state.view(session);
    },
    changeProfile: ({ session, body }) => {
      const { displayName, email, isAvailable } = body;
      Object.assign(
        session.account,
        displayName !== undefined && { displayName },
        email !== undefined && { email: email ?? undefined },
        isAvailable !== undefined && { isAvailable },
      );
      return state.view(session);
    },
    startSecondFactor: ({ session }) => ({
      secret: FAKE_SECRET,
      uri: `otpauth://totp/Permanence:${session.account.login}?secret=${FAKE_SECRET}&issuer=Permanence`,
    }),
    confirmSecondFactor: ({ session, body }) => {
      if (body.code !== RIGHT_CODE) throw new FakeRefusal('WrongCode');
      session.account.hasSecondFactor = true;
      return state.view(session);
    },
    removeSecondFactor: ({ session, body }) => {
      if (session.account.credentials.authKey !== body.authKey) throw wrong();
      session.account.hasSecondFactor = false;
      return state.view(session);
    },
  };
}

function teamHandlers(state: FakeAccounts): FakeHandlers {
  const byId = (id = ''): FakeAccount => {
    const account = [...state.accounts.values()].find((each) => each.id === id);
    if (!account) throw new FakeRefusal('AccountNotFound');
    return account;
  };
  const link = ({ id, token, expiresAt }: FakeInvitation, origin: string) => ({
    id,
    token,
    url: `${origin}/inbox/lien#${token}`,
    expiresAt,
  });
  const team = () => ({
    accounts: [...state.accounts.values()].map((account) => presentAccount(state, account)),
    invitations: state.invitations.map(({ id, kind, role, displayName, expiresAt }) => ({
      id,
      kind,
      role,
      ...(displayName && { displayName }),
      expiresAt,
    })),
  });
  return {
    readTeam: team,
    invite: ({ body, origin }) => link(state.invite(body), origin),
    withdrawInvitation: ({ params }) => {
      const at = state.invitations.findIndex(({ id }) => id === params.id);
      if (at < 0) throw new FakeRefusal('NotFound');
      state.invitations.splice(at, 1);
      return OK;
    },
    changeAccount: ({ params, body: { secondFactor, ...changes } }) => {
      const account = byId(params.id);
      Object.assign(account, changes, secondFactor === 'off' && { hasSecondFactor: false });
      if (account.isDisabled) revokeKeys(state, account);
      return team();
    },
    resetAccount: ({ params, origin }) => {
      const { login, role, displayName } = byId(params.id);
      return link(state.invite({ kind: 'reset', login, role, displayName }), origin);
    },
  };
}

function presentAccount(state: FakeAccounts, account: FakeAccount) {
  const { id, login, displayName, role, isDisabled, email, hasSecondFactor } = account;
  const isConnected = [...state.sessions.values()].some((session) => session.account === account);
  const fingerprint = '12345 67890 24680 13579 11223 44556';
  const at = Date.UTC(2026, 10, 23, 8, 0);
  return {
    ...{ id, login, displayName, role, isDisabled, hasSecondFactor, fingerprint, isConnected },
    ...(email && { email }),
    createdAt: at,
    lastSeenAt: at,
  };
}

/** Where nobody else has it, the key stays: the account may be enabled again. */
function revokeKeys({ accounts, reports }: FakeAccounts, { credentials: { publicKey } }: FakeAccount): void {
  const team = [...accounts.values()].filter(({ isDisabled }) => !isDisabled);
  for (const { sealedTo } of reports) {
    if (team.some(({ credentials }) => sealedTo.has(credentials.publicKey))) sealedTo.delete(publicKey);
  }
}

function enter(
  state: FakeAccounts,
  { setToken, token: old }: Pick<FakeCall, 'setToken' | 'token'>,
  account: FakeAccount,
): Session {
  state.sessions.delete(old);
  const { token, session } = state.openSession(account);
  setToken(token);
  return state.view(session);
}

function endOthers(state: FakeAccounts, account: FakeAccount, exceptId?: string): void {
  for (const [token, session] of state.sessions) {
    if (session.account === account && session.id !== exceptId) state.sessions.delete(token);
  }
}

function checkCode({ hasSecondFactor }: FakeAccount, code: string | undefined): void {
  if (!hasSecondFactor || code === RIGHT_CODE) return;
  throw new FakeRefusal(code === undefined ? 'SecondFactorNeeded' : 'WrongCode');
}

function wrong(): Error {
  return new FakeRefusal('WrongCredentials');
}
