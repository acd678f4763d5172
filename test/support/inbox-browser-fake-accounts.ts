import { randomBytes, randomUUID } from 'node:crypto';
import type { NewCredentials, Role, Session } from '../../src/web/inbox/api/types.js';
import type { FakeReport } from './inbox-browser-fake-reports.js';

export const FAKE_KDF = { algorithm: 'argon2id', memoryKib: 65_536, passes: 3, lanes: 1 } as const;
/** The code that the fake server takes for right; any other is wrong. */
export const RIGHT_CODE = '246810';
export const FAKE_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

export interface FakeAccount {
  readonly id: string;
  readonly login: string;
  displayName: string;
  role: Role;
  email?: string | undefined;
  isAvailable: boolean;
  isDisabled: boolean;
  credentials: NewCredentials;
  hasSecondFactor: boolean;
}

export interface FakeSession {
  readonly id: string;
  readonly account: FakeAccount;
  isLocked: boolean;
  readonly device: string;
  readonly createdAt: number;
}

export interface FakeInvitation {
  readonly id: string;
  readonly token: string;
  readonly kind: 'setup' | 'invitation' | 'reset';
  readonly role: Role;
  readonly displayName?: string;
  readonly login?: string;
  readonly expiresAt: number;
}

/** Accounts, sessions and links in memory; tests read and change them. */
export interface FakeAccounts {
  readonly accounts: Map<string, FakeAccount>;
  /** By the cookie's token. */
  readonly sessions: Map<string, FakeSession>;
  readonly invitations: FakeInvitation[];
  readonly reports: FakeReport[];
  readonly settings: { requiresSecondFactor: boolean; idleLockMinutes: number };
  addAccount(account: Partial<FakeAccount> & Pick<FakeAccount, 'login' | 'credentials'>): FakeAccount;
  invite(invitation: Partial<FakeInvitation>): FakeInvitation;
  openSession(account: FakeAccount, device?: string): { token: string; session: FakeSession };
  view(session: FakeSession): Session;
}

const DAY_MS = 86_400_000;
const PERMISSIONS = {
  delegate: ['conversations', 'search', 'export-transcript', 'alarm', 'reports'],
  coordinator: [
    'conversations',
    'search',
    'export-transcript',
    'alarm',
    'reports',
    'accounts',
    'opening-hours',
    'facts',
    'statistics',
    'audit',
  ],
} as const;

export function createFakeAccounts(): FakeAccounts {
  const accounts = new Map<string, FakeAccount>();
  const sessions = new Map<string, FakeSession>();
  const invitations: FakeInvitation[] = [];
  const reports: FakeReport[] = [];
  const settings = { requiresSecondFactor: false, idleLockMinutes: 15 };
  return {
    accounts,
    sessions,
    invitations,
    reports,
    settings,
    addAccount(given) {
      const account: FakeAccount = {
        id: randomUUID(),
        displayName: given.login,
        role: 'delegate',
        isAvailable: true,
        isDisabled: false,
        hasSecondFactor: false,
        ...given,
      };
      accounts.set(account.login, account);
      return account;
    },
    invite(given) {
      const token = randomBytes(32).toString('base64url');
      const invitation: FakeInvitation = {
        id: randomUUID(),
        token,
        kind: 'invitation',
        role: 'delegate',
        expiresAt: Date.now() + DAY_MS,
        ...given,
      };
      invitations.push(invitation);
      return invitation;
    },
    openSession(account, device = 'Chrome sur Linux') {
      const token = randomBytes(32).toString('base64url');
      const session = { id: randomUUID(), account, isLocked: false, device, createdAt: Date.now() };
      sessions.set(token, session);
      return { token, session };
    },
    view: ({ account, isLocked }) => ({
      account: {
        id: account.id,
        login: account.login,
        displayName: account.displayName,
        role: account.role,
        ...(account.email && { email: account.email }),
        isAvailable: account.isAvailable,
      },
      keys: {
        salt: account.credentials.salt,
        kdf: account.credentials.kdf,
        publicKey: account.credentials.publicKey,
        wrappedPrivateKey: account.credentials.wrappedPrivateKey,
        fingerprint: '12345 67890 24680 13579 11223 44556',
      },
      isLocked,
      idleLockMinutes: settings.idleLockMinutes,
      secondFactor: account.hasSecondFactor ? 'on' : settings.requiresSecondFactor ? 'required' : 'off',
      permissions: [...PERMISSIONS[account.role]],
      operator: 'Ville d’essai',
      isDemo: false,
    }),
  };
}
