import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import pino from 'pino';
import { startDailyPurge } from '../../../src/daily-purge.js';
import { DomainError } from '../../../src/domain/errors.js';
import type { Storage } from '../../../src/storage/ports/storage.js';
import { buildConversation } from '../../support/build-conversation.js';
import { buildAttachment, buildInvitation, buildSession } from '../../support/storage-builders.js';
import { openMemoryStorage } from '../../support/storage-in-memory.js';

const NOW = Date.UTC(2026, 2, 4);
const DAY_MS = 86_400_000;

let storage: Storage;
let lines: PassThrough;
let end: () => void;
/** The conversations that reports were told to forget. */
let forgotten: string[];

/** The log of one whole purge: a line for each of its five parts. */
async function wholePurge(): Promise<readonly Record<string, unknown>[]> {
  const read: Record<string, unknown>[] = [];
  while (read.length < 5) {
    const chunk: string | null = lines.read();
    if (chunk === null) await once(lines, 'readable');
    else
      read.push(
        ...chunk
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line)),
      );
  }
  return read;
}

function start(stores: Storage): void {
  const log = pino({ base: null, timestamp: false }, lines);
  const reports = {
    purgeClosed: async () => 2,
    forgetConversations: async (ids: readonly string[]) => void forgotten.push(...ids),
  };
  end = startDailyPurge({ stores, reports, clock: () => new Date(NOW), retentionDays: 30, log });
}

beforeEach(async () => {
  storage = await openMemoryStorage();
  lines = new PassThrough({ encoding: 'utf8' });
  forgotten = [];
  await storage.conversations.create(buildConversation({ id: 'old', lastMessageAt: new Date(NOW - 31 * DAY_MS) }), []);
  await storage.conversations.create(buildConversation({ id: 'kept', lastMessageAt: new Date(NOW) }), []);
  await storage.attachments.save(buildAttachment({ conversationId: 'kept', keptAt: NOW - 3 * DAY_MS }), Buffer.of(1));
  await storage.invitations.create(buildInvitation({ expiresAt: NOW - 1 }));
  await storage.invitations.create(buildInvitation({ id: 'valid', expiresAt: NOW + 1 }));
  await storage.sessions.create(buildSession({ lastActiveAt: NOW - 31 * DAY_MS }));
  await storage.sessions.create(buildSession({ id: 'used', lastActiveAt: NOW - 29 * DAY_MS }));
});
afterEach(async () => {
  end();
  jest.useRealTimers();
  await storage.close();
});

it('removes at once what has had its time: conversations, reports, invitations and sessions', async () => {
  start(storage);
  expect(await wholePurge()).toMatchObject([
    { what: 'conversations', removed: 1 },
    { what: 'files', removed: 1 },
    { what: 'reports', removed: 2 },
    { what: 'invitations', removed: 1 },
    { what: 'sessions', removed: 1 },
  ]);
  expect(await storage.invitations.load('valid')).toBeDefined();
  expect(await storage.sessions.load('used')).toBeDefined();
  expect(forgotten).toEqual(['old']);
});

it('does the rest when one part fails, tells nothing but the kind of fault, and tries again a day later', async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
  const failing = { ...storage.conversations, removeInactiveSince: jest.fn(storage.conversations.removeInactiveSince) };
  failing.removeInactiveSince.mockRejectedValueOnce(new DomainError('storage-unavailable', 'secret'));
  start({ ...storage, conversations: failing });
  const first = await wholePurge();
  expect(first).toMatchObject([
    { what: 'conversations', error: 'DomainError' },
    { what: 'files', removed: 1 },
    { what: 'reports', removed: 2 },
    { what: 'invitations', removed: 1 },
    { what: 'sessions', removed: 1 },
  ]);
  expect(JSON.stringify(first)).not.toContain('secret');

  jest.advanceTimersByTime(DAY_MS);
  expect(await wholePurge()).toMatchObject([
    { removed: 1 },
    { removed: 0 },
    { removed: 2 },
    { removed: 0 },
    { removed: 0 },
  ]);
});
