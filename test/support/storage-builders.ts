import { randomUUID } from 'node:crypto';
import type { Account, Invitation, Session } from '../../src/domain/account.js';
import type { AuditEntry } from '../../src/domain/audit.js';
import type { FactsVersion } from '../../src/domain/facts-edit.js';
import type { StoredAttachment } from '../../src/storage/ports/attachment-store.js';
import type { Bookmark, Note } from '../../src/storage/ports/desk-store.js';
import type { PushSubscription } from '../../src/storage/ports/settings-store.js';
import { buildFacts } from './build-facts.js';

const AT = Date.UTC(2026, 2, 4, 14);

export function buildAccount(overrides: Partial<Account> = {}): Account {
  const id = randomUUID();
  return {
    id,
    rev: 0,
    login: `login-${id}`,
    displayName: 'Jean',
    role: 'delegate',
    isDisabled: false,
    credentials: {
      salt: 'salt',
      kdf: { algorithm: 'argon2id', memoryKib: 65_536, passes: 3, lanes: 1 },
      authKeyHash: 'hash',
      publicKey: 'public',
      wrappedPrivateKey: 'wrapped',
      recoveryAuthKeyHash: 'recovery hash',
      recoveryWrappedPrivateKey: 'recovery wrapped',
    },
    isAvailable: false,
    createdAt: AT,
    ...overrides,
  };
}

export function buildInvitation(overrides: Partial<Invitation> = {}): Invitation {
  return {
    id: randomUUID(),
    kind: 'invitation',
    role: 'delegate',
    createdAt: AT,
    expiresAt: AT + 1_000,
    ...overrides,
  };
}

export function buildSession(overrides: Partial<Session> = {}): Session {
  return {
    id: randomUUID(),
    accountId: 'jean',
    device: 'Firefox sur Windows',
    createdAt: AT,
    lastActiveAt: AT,
    isLocked: false,
    ...overrides,
  };
}

export function buildAuditEntry(seq: number, overrides: Partial<AuditEntry> = {}): AuditEntry {
  return { seq, at: AT + seq, action: 'conversation.opened', hash: `hash ${seq}`, ...overrides };
}

export function buildNote(overrides: Partial<Note> = {}): Note {
  return { id: randomUUID(), conversationId: 'one', by: 'jean', at: AT, text: 'Rappeler demain', ...overrides };
}

export function buildBookmark(overrides: Partial<Bookmark> = {}): Bookmark {
  return { accountId: 'jean', conversationId: 'one', readSeq: 3, at: AT, ...overrides };
}

export function buildAttachment(overrides: Partial<StoredAttachment> = {}): StoredAttachment {
  return { id: 'photo', conversationId: 'one', kind: 'image', bytes: 4, keptAt: AT, ...overrides };
}

export function buildPushSubscription(overrides: Partial<PushSubscription> = {}): PushSubscription {
  return {
    id: randomUUID(),
    accountId: 'jean',
    endpoint: 'https://push.example/1',
    keys: { p256dh: 'key', auth: 'auth' },
    device: 'Firefox sur Windows',
    createdAt: AT,
    ...overrides,
  };
}

export function buildFactsVersion(version: number, overrides: Partial<FactsVersion> = {}): FactsVersion {
  const { permanences, sectors, station } = buildFacts();
  return { version, at: AT + version, by: 'jean', facts: { permanences, sectors, station }, ...overrides };
}
