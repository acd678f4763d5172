import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NEW_DESK_STATE } from '../../src/domain/desk-state.js';
import { buildChange, buildMessage } from '../support/build-conversation.js';
import { buildAccount } from '../support/storage-builders.js';
import type { MakeStorage, StorageUnderTest } from '../support/storage-under-test.js';

const WEB = {
  id: 'v1-web',
  channel: 'directline',
  rev: 2,
  lastSeq: 3,
  status: 'bot',
  dialogState: { stack: [{ id: 'menu', step: 2 }] },
  desk: NEW_DESK_STATE,
  inboxList: 'none',
  createdAt: new Date('2026-03-01T14:00:00.000Z'),
  lastMessageAt: new Date('2026-03-03T14:00:00.000Z'),
};
const TELEGRAM = {
  ...WEB,
  id: 'v1-telegram',
  channel: 'telegram',
  address: { key: '42', details: { chat: 42 } },
  rev: 0,
  lastSeq: 1,
  dialogState: {},
  lastMessageAt: WEB.createdAt,
};

/** A database of the first released format, opened by this code. */
export function describeMigration(name: string, makeStorage: MakeStorage): void {
  describe(`a database of the first format: ${name}`, () => {
    let underTest: StorageUnderTest;

    beforeEach(async () => {
      underTest = await makeStorage();
      await underTest.makeVersion1();
    });
    afterEach(() => underTest.dispose());

    it('keeps every conversation and message readable', async () => {
      const { conversations } = await underTest.open();
      expect(await conversations.load('v1-web')).toEqual(WEB);
      expect(await conversations.load('v1-telegram')).toEqual(TELEGRAM);
      expect(await conversations.findByAddress('telegram', '42')).toEqual(TELEGRAM);
      const at = (date: number) => new Date(Date.UTC(2026, 2, date, 14));
      expect(await conversations.messagesAfter('v1-web', 0, 10)).toEqual([
        buildMessage({ seq: 1, externalId: 'out:1', author: 'bot', at: at(1), text: 'Bonjour' }),
        buildMessage({ seq: 2, clientId: 'c1', at: at(2), text: 'Quand êtes-vous là ?' }),
        buildMessage({ seq: 3, externalId: 'out:3', author: 'bot', replyTo: 2, at: at(3), text: 'Mercredi' }),
      ]);
      expect(await conversations.listQueue(10)).toEqual([]);
      expect(await conversations.listPast(10)).toEqual([]);
    });

    it('lets its conversations come to the desk, and be removed', async () => {
      const { conversations, accounts } = await underTest.open();
      const desk = { ...NEW_DESK_STATE, waitingSince: 5 };
      await conversations.commit(
        buildChange({
          ...{ id: 'v1-web', expectedRev: 2, status: 'waiting', desk, inboxList: 'queue' },
          messages: [buildMessage({ seq: 4 })],
        }),
      );
      expect(await conversations.listQueue(10)).toMatchObject([{ id: 'v1-web', rev: 3, desk }]);
      expect(await conversations.removeInactiveSince(new Date('2026-03-02'), 10)).toEqual(['v1-telegram']);
      await accounts.create(buildAccount());
      expect(await accounts.list()).toHaveLength(1);
    });

    it('is brought up by servers that start at once, and only once', async () => {
      const servers = await Promise.all(Array.from({ length: 4 }, () => underTest.open()));
      for (const { conversations } of servers) expect(await conversations.load('v1-web')).toEqual(WEB);
      await Promise.all(servers.map((server) => server.close()));
      expect(await (await underTest.open()).conversations.load('v1-telegram')).toEqual(TELEGRAM);
    });
  });
}
