import { expect, test } from '@jest/globals';
import { inDepth } from '../support/depth.js';
import { readLedger } from '../support/telegram-ledger.js';
import { QUESTIONS, type Writer, writeTo } from '../support/telegram-people.js';
import { openTelegramSite } from '../support/telegram-site.js';

const CHATS = inDepth(500, 100);
const TEST_MS = 240_000;

test(
  `${CHATS} chats that write at once: each is answered in its order, once, and no limit is passed`,
  async () => {
    const site = await openTelegramSite();
    site.fake.updates.hold();
    const writers = Array.from({ length: CHATS }, (): Writer => {
      const chat = site.fake.openChat();
      chat.write('/start');
      return { chat, written: [] };
    });
    // One message of each, then the next of each, as it is when people do not wait for one another.
    for (const question of QUESTIONS.slice(0, 3)) for (const writer of writers) writeTo(writer, question);
    site.fake.updates.release();
    await site.untilSo(() => writers.every(({ chat }) => chat.said.length >= 4));

    const accounts = await site.account(writers.map(({ chat }) => chat));
    expect(accounts).toEqual(writers.map(() => ({ missing: [], surplus: [], uncertain: [] })));
    const ledger = await readLedger({ dataDir: site.dataDir });
    for (const { chat, written } of writers) {
      const own = ledger.get(chat.id)?.messages.filter(({ author }) => author === 'resident');
      expect(own?.map(({ externalId }) => externalId)).toEqual(written.map((id) => `m${id}`));
    }
    expect(site.fake.violations()).toEqual([]);
    await site.close();
  },
  TEST_MS,
);
