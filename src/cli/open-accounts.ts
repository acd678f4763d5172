import type { Config } from '../config.js';
import type { Attempts } from '../domain/account-attempts.js';
import { ACCOUNTS_KEY_PURPOSE, type Accounts, createAccounts } from '../domain/accounts.js';
import { type AuditLog, createAuditLog } from '../domain/audit-log.js';
import { createSessions } from '../domain/sessions.js';
import { createTotp } from '../inbox/totp.js';
import { operatorMessage } from '../operator-message.js';
import { reportSealing } from '../sealing/index.js';
import { createStorage } from '../storage/create-storage.js';
import { deriveKey } from '../storage/data-key.js';
import type { ReportStore } from '../storage/ports/report-store.js';
import type { Storage } from '../storage/ports/storage.js';

const EX_CONFIG = 78;
const EX_USAGE = 2;
const INVITATION_HOURS = 72;

/** The command was written in a way that it does not know; `message` is French and says how to write it. */
export class UsageError extends Error {}

/** What the operator asked cannot be done; `message` is French. */
export class CommandError extends Error {}

export interface OperatorServices {
  readonly accounts: Accounts;
  readonly audit: AuditLog;
  readonly reports: ReportStore;
}

/** The services as the operator uses them: on the server's own data, with nobody to hold back from guessing. */
export function createOperatorServices(
  stores: Pick<Storage, 'accounts' | 'invitations' | 'sessions' | 'push' | 'audit' | 'reports'>,
  { key, config }: { key: Uint8Array; config: Pick<Config, 'accounts'> },
): OperatorServices {
  const clock = (): Date => new Date();
  const audit = createAuditLog({ store: stores.audit, clock });
  const sessions = createSessions({
    store: stores.sessions,
    accounts: stores.accounts,
    clock,
    idleLockMinutes: config.accounts.idleLockMinutes,
  });
  const accounts = createAccounts({
    accounts: stores.accounts,
    invitations: stores.invitations,
    sessions,
    push: stores.push,
    audit,
    attempts: UNLIMITED,
    totp: createTotp({ issuer: 'Permanence' }),
    sealing: reportSealing,
    clock,
    secretKey: deriveKey(key, ACCOUNTS_KEY_PURPOSE),
    settings: { requireSecondFactor: config.accounts.requireSecondFactor, invitationHours: INVITATION_HOURS },
  });
  return { accounts, audit, reports: stores.reports };
}

/** Opens the storage that the configuration names, lets the command work, and closes it. */
export async function withServices<Result>(
  config: Config,
  work: (services: OperatorServices) => Promise<Result>,
): Promise<Result> {
  const { storage, key } = await createStorage(config);
  try {
    return await work(createOperatorServices(storage, { key, config }));
  } finally {
    await storage.close();
  }
}

/** Prints what the command tells, or what went wrong, and sets the exit code. */
export async function runCommand(command: () => Promise<string>): Promise<void> {
  try {
    console.log(await command());
  } catch (error) {
    const message = error instanceof CommandError ? error.message : operatorMessage(error);
    console.error(error instanceof UsageError ? error.message : (message ?? error));
    process.exitCode = error instanceof UsageError ? EX_USAGE : message === undefined ? 1 : EX_CONFIG;
  }
}

const UNLIMITED: Attempts = {
  begin: async () => ({ succeed: async () => undefined, forgive: async () => undefined }),
};
