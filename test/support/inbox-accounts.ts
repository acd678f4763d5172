import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Account, Role } from '../../src/domain/account.js';
import type { Client } from '../../src/domain/account-attempts.js';
import type { NewCredentials } from '../../src/domain/account-parts.js';
import { DEFAULT_KDF } from '../../src/domain/account-secrets.js';
import { type Accounts, createAccounts } from '../../src/domain/accounts.js';
import { type AuditLog, createAuditLog } from '../../src/domain/audit-log.js';
import type { Peers } from '../../src/domain/peers.js';
import { createSessions, type Sessions } from '../../src/domain/sessions.js';
import { createSharedChanges } from '../../src/domain/shared-changes.js';
import { createOrigins } from '../../src/http/origins.js';
import { Refusal } from '../../src/http/refusal.js';
import { createAccountHandlers } from '../../src/inbox/account-routes.js';
import { createAuditHandlers } from '../../src/inbox/audit-routes.js';
import type { Call, Handlers } from '../../src/inbox/handler.js';
import { type AttemptLimits, type CallLimitSettings, createAttempts } from '../../src/inbox/limits.js';
import { createOpenApiRouter } from '../../src/inbox/openapi.js';
import { OPERATIONS, type OperationName } from '../../src/inbox/operations.js';
import { createInboxRouter, INBOX_API_PATH } from '../../src/inbox/router.js';
import { createSessionHandlers } from '../../src/inbox/session-routes.js';
import { createTotp } from '../../src/inbox/totp.js';
import { reportSealing } from '../../src/sealing/index.js';
import { createDataCipher } from '../../src/storage/data-cipher.js';
import type { Storage } from '../../src/storage/ports/storage.js';
import { IN_MEMORY } from '../../src/storage/sqlite/database.js';
import { openSqliteStorage } from '../../src/storage/sqlite/storage.js';
import { createManualClock, type ManualClock } from './directline-server.js';

const KEY = Buffer.alloc(32, 9);
export const SECRET_KEY = Buffer.alloc(32, 5);
export const IDLE_MINUTES = 15;
export const CLIENT: Client = { address: '192.0.2.1', device: 'Firefox sur Windows' };

/** 32 bytes that stand for what a browser derives: no Argon2 is run. */
export function keyFrom(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** What a browser would make of this password, with everything else fixed by `owner`. */
export function buildCredentials(password: string, owner = password, recovery = `${owner} secours`): NewCredentials {
  const wrapped = (text: string): string =>
    createHash('sha512').update(text).digest().subarray(0, 60).toString('base64url');
  return {
    salt: createHash('sha256').update(`sel ${password}`).digest().subarray(0, 16).toString('base64url'),
    kdf: { ...DEFAULT_KDF },
    authKey: keyFrom(password),
    publicKey: keyFrom(`public ${owner}`),
    wrappedPrivateKey: wrapped(`privée ${owner} ${password}`),
    recoveryAuthKey: keyFrom(recovery),
    recoveryWrappedPrivateKey: wrapped(`privée ${owner} ${recovery}`),
  };
}

export interface ServiceOptions {
  readonly requireSecondFactor?: boolean;
  readonly attemptLimits?: AttemptLimits;
  /** In place of one of its own: that of another process. */
  readonly storage?: Storage;
  readonly peers?: Peers;
}

export interface Services {
  readonly storage: Storage;
  readonly clock: ManualClock;
  readonly sessions: Sessions;
  readonly audit: AuditLog;
  readonly accounts: Accounts;
}

/** The services over an embedded database in memory. */
export async function createServices(options: ServiceOptions = {}): Promise<Services> {
  const storage = options.storage ?? (await openSqliteStorage(IN_MEMORY, createDataCipher(KEY)));
  const clock = createManualClock();
  const { peers } = options;
  const audit = createAuditLog({ store: storage.audit, clock: clock.now });
  const sessions = createSessions({
    store: storage.sessions,
    accounts: storage.accounts,
    clock: clock.now,
    idleLockMinutes: IDLE_MINUTES,
    ...(peers && { peers }),
  });
  const parts = {
    accounts: storage.accounts,
    invitations: storage.invitations,
    sessions,
    push: storage.push,
    audit,
    attempts: createAttempts(options.attemptLimits),
    totp: createTotp({ issuer: 'Permanence' }),
    sealing: reportSealing,
    clock: clock.now,
    secretKey: SECRET_KEY,
    settings: { requireSecondFactor: options.requireSecondFactor ?? false, invitationHours: 72 },
  };
  const accounts = createAccounts(parts, peers && createSharedChanges(peers));
  return { storage, clock, sessions, audit, accounts };
}

/** Makes an account without a session; the first one of all is a coordinator. Its password is `<login> mot de passe`. */
export async function enrol(
  { accounts, sessions }: Pick<Services, 'accounts' | 'sessions'>,
  login: string,
  role: Role = 'delegate',
): Promise<Account> {
  const setup = await accounts.ensureSetupInvitation();
  const { token } = setup ?? (await accounts.invite({ displayName: login, role }, undefined));
  const credentials = buildCredentials(passwordOf(login), login);
  const { account, session } = await accounts.accept(
    { token, login, displayName: `${login} Nom`, credentials },
    CLIENT,
  );
  await sessions.end(session.id);
  return account;
}

export const passwordOf = (login: string): string => `${login} mot de passe`;

export interface InboxServer extends Services {
  readonly url: string;
  readonly logLines: readonly string[];
  /** The calls that got through to handlers which are not of accounts; those answer 409. */
  readonly reached: Call<OperationName>[];
  stop(): Promise<void>;
}

export interface InboxServerOptions extends ServiceOptions {
  readonly publicUrl?: string;
  readonly trustProxy?: number;
  readonly limits?: Partial<CallLimitSettings>;
  /** In place of those that only answer 409. */
  readonly handlers?: Partial<Handlers> | ((services: Services) => Partial<Handlers>);
}

const NO_LIMIT: CallLimitSettings = { perAddress: 1e6, perStranger: 1e6, perSession: 1e6 };

/** The delegates' API on a free port: sessions and accounts are real, the rest only tells that it was reached. */
export async function startInboxServer(options: InboxServerOptions = {}): Promise<InboxServer> {
  const services = await createServices(options);
  const { accounts, sessions, audit, storage } = services;
  const { publicUrl, trustProxy = 0 } = options;
  const settings = {
    idleLockMinutes: IDLE_MINUTES,
    requireSecondFactor: options.requireSecondFactor ?? false,
    isDemo: false,
  };
  const logLines: string[] = [];
  const reached: Call<OperationName>[] = [];
  const handlers = {
    ...placeholders(reached),
    ...createSessionHandlers({ accounts, sessions, settings }),
    ...createAccountHandlers({ accounts, presence: { isConnected: () => false } }),
    ...createAuditHandlers({ audit, accounts: storage.accounts }),
    ...(typeof options.handlers === 'function' ? options.handlers(services) : options.handlers),
  };
  const router = createInboxRouter({
    handlers,
    sessions,
    settings,
    origins: createOrigins({ ...(publicUrl !== undefined && { publicUrl }), trustProxy, allowed: [] }),
    log: { error: (fields, message) => logLines.push(JSON.stringify({ ...fields, message })) },
    limits: { ...NO_LIMIT, ...options.limits },
    checkResults: true,
  });
  const app = express().disable('x-powered-by').set('trust proxy', trustProxy);
  const server = createServer(app.use(INBOX_API_PATH, router).use(createOpenApiRouter()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ...services,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    logLines,
    reached,
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await storage.close();
    },
  };
}

function placeholders(reached: Call<OperationName>[]): Handlers {
  const handler = async (call: Call<OperationName>): Promise<never> => {
    reached.push(call);
    throw new Refusal('NotInThisState');
  };
  return Object.fromEntries(Object.keys(OPERATIONS).map((name) => [name, handler])) as unknown as Handlers;
}
