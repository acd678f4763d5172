import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { purgeInactive } from '../../../src/domain/retention.js';
import type { Storage } from '../../../src/storage/ports/storage.js';
import { buildConversation } from '../../support/build-conversation.js';
import { buildBookmark, buildNote } from '../../support/storage-builders.js';
import { openMemoryStorage } from '../../support/storage-in-memory.js';

const NOW = new Date('2026-03-04T14:00:00.000Z');
const DAY_MS = 86_400_000;
const daysAgo = (count: number) => new Date(NOW.getTime() - count * DAY_MS);

describe('the purge of inactive conversations', () => {
  let storage: Storage;
  const purge = (stores: Pick<Storage, 'conversations' | 'satellites'> = storage) =>
    purgeInactive({ stores, clock: () => NOW, retentionDays: 30 });

  async function given(id: string, lastMessageAt: Date): Promise<void> {
    await storage.conversations.create(buildConversation({ id, lastMessageAt }), []);
    await storage.notes.add(buildNote({ conversationId: id }));
    await storage.bookmarks.save(buildBookmark({ conversationId: id, draft: 'Bonjour' }));
    await storage.deliveries.save({ conversationId: id, deliveredSeq: 1 });
  }

  beforeEach(async () => {
    storage = await openMemoryStorage();
  });
  afterEach(() => storage.close());

  it('takes notes, bookmarks and deliveries along, and leaves those of the others', async () => {
    await given('old', daysAgo(31));
    await given('young', daysAgo(29));
    expect(await purge()).toBe(1);
    expect(await storage.conversations.load('old')).toBeUndefined();
    expect(await storage.notes.listOf('old')).toEqual([]);
    expect(await storage.deliveries.load('old')).toBeUndefined();
    expect(await storage.notes.listOf('young')).toHaveLength(1);
    expect(await storage.deliveries.load('young')).toBeDefined();
    expect((await storage.bookmarks.listOf('jean')).map(({ conversationId }) => conversationId)).toEqual(['young']);
    expect(await purge()).toBe(0);
  });

  it('goes on until none is left, however many there are', async () => {
    for (let index = 0; index < 450; index++) await given(`old ${index}`, daysAgo(40));
    await given('young', daysAgo(1));
    expect(await purge()).toBe(450);
    expect(await storage.satellites.conversationIds(10)).toEqual(['young']);
  });

  it('removes the next time what a process left that died in between', async () => {
    await given('old', daysAgo(31));
    await given('young', daysAgo(29));
    const dying = { ...storage.satellites, removeOf: () => Promise.reject(new Error('killed')) };
    await expect(purge({ ...storage, satellites: dying })).rejects.toThrow('killed');
    expect(await storage.conversations.load('old')).toBeUndefined();
    expect(await storage.notes.listOf('old')).toHaveLength(1);

    expect(await purge()).toBe(0);
    expect(await storage.satellites.conversationIds(10)).toEqual(['young']);
  });

  it('removes what a delegate noted while the conversation was being removed', async () => {
    for (let index = 0; index < 250; index++) await storage.notes.add(buildNote({ conversationId: `gone ${index}` }));
    await given('young', daysAgo(1));
    await purge();
    expect(await storage.satellites.conversationIds(10)).toEqual(['young']);
  });
});
