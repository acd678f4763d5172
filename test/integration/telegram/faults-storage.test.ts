import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, test } from '@jest/globals';
import { readLedger } from '../../support/telegram-ledger.js';
import { openWriter, type Writer, writeTo } from '../../support/telegram-people.js';
import { openTelegramSite, type TelegramSite } from '../../support/telegram-site.js';

const QUESTIONS = ['Bonjour', "C'est ouvert demain ?", 'merci'];

let site: TelegramSite;
afterEach(() => site.close());

const answers = ({ chat }: Writer): number => chat.said.length - 1;

/** @param isOrdered false where Telegram itself hands them in out of their order. */
async function expectAnswered(writers: readonly Writer[], isOrdered = true): Promise<void> {
  expect(site.fake.violations()).toEqual([]);
  const accounts = await site.account(writers.map(({ chat }) => chat));
  expect(accounts).toEqual(writers.map(() => ({ missing: [], surplus: [], uncertain: [] })));
  const ledger = await readLedger({ dataDir: site.dataDir });
  for (const { chat, written } of writers) {
    const own = ledger.get(chat.id)?.messages.filter(({ author }) => author === 'resident') ?? [];
    const ids = own.map(({ externalId }) => externalId);
    expect(isOrdered ? ids : ids.toSorted()).toEqual(written.map((id) => `m${id}`));
  }
}

/** Whatever would be written to that table meanwhile fails. */
async function without(table: 'messages' | 'records', meanwhile: () => Promise<void>): Promise<void> {
  const rename = (from: string, to: string): void => {
    const database = new DatabaseSync(`${site.dataDir}/permanence.db`);
    database.exec(`PRAGMA busy_timeout = 5000; ALTER TABLE ${from} RENAME TO ${to}`);
    database.close();
  };
  rename(table, `${table}_away`);
  try {
    await meanwhile();
  } finally {
    rename(`${table}_away`, table);
  }
}

describe.each([
  ['fetched', false],
  ['handed in', true],
])('updates that are %s', (_, hasWebhook) => {
  test.each(['messages', 'records'] as const)(
    'while %s cannot be stored are kept by Telegram, and answered once each when they can',
    async (table) => {
      site = await openTelegramSite({ hasWebhook });
      const writers = [await site.until(openWriter(site.fake)), await site.until(openWriter(site.fake))];
      await without(table, async () => {
        for (const question of QUESTIONS) for (const writer of writers) writeTo(writer, question);
        await site.pass(3);
        expect(site.fake.updates.pending.length).toBeGreaterThan(0);
        expect(writers.map(answers)).toEqual([0, 0]);
      });
      await site.untilSo(() => writers.every((writer) => answers(writer) >= QUESTIONS.length));
      await site.until(site.fake.settled());
      await expectAnswered(writers);
    },
  );

  test('that come twice and in another order are stored once', async () => {
    site = await openTelegramSite({ hasWebhook });
    const writer = await site.until(openWriter(site.fake));
    site.fake.updates.hold();
    for (const question of QUESTIONS) writeTo(writer, question);
    site.fake.updates.release((held) => [...held, ...held]);
    site.fake.updates.repeat();
    await site.untilSo(() => answers(writer) >= QUESTIONS.length);
    await site.until(site.fake.settled());
    await site.pass(5);
    await expectAnswered([writer], !hasWebhook);
  });

  test('while the server is away are answered when it is back', async () => {
    site = await openTelegramSite({ hasWebhook });
    const writer = await site.until(openWriter(site.fake));
    await site.restart({}, () => {
      for (const question of QUESTIONS) writeTo(writer, question);
    });
    await site.untilSo(() => answers(writer) >= QUESTIONS.length);
    await expectAnswered([writer]);
  });
});

test('from a webhook to fetching and back: nothing is lost on the way', async () => {
  site = await openTelegramSite({ hasWebhook: true });
  const writer = await site.until(openWriter(site.fake));
  expect(site.fake.webhook().url).toBe('https://permanence.example/telegram/webhook');
  for (const [index, isPolling] of ['true', 'false'].entries()) {
    await site.restart({ TELEGRAM_POLLING: isPolling }, () => writeTo(writer, QUESTIONS[index] ?? ''));
    await site.untilSo(() => answers(writer) > index);
    expect(site.fake.webhook().url === '').toBe(isPolling === 'true');
  }
  await expectAnswered([writer]);
});
