import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openWriter, type Writer, writeTo } from '../../support/telegram-people.js';
import { openTelegramSite, type TelegramSite } from '../../support/telegram-site.js';

let site: TelegramSite;
let writer: Writer;
beforeEach(async () => {
  site = await openTelegramSite();
  writer = await site.until(openWriter(site.fake));
});
afterEach(() => site.close());

const sees = (text: RegExp): boolean => writer.chat.said.some((one) => text.test(one));

/** Types it all: no button is pressed. */
async function erase(): Promise<void> {
  writeTo(writer, '/supprimer');
  await site.until(writer.chat.waitFor(2));
  writeTo(writer, 'oui');
  await site.untilSo(() => sees(/est effacée/));
  await site.until(site.fake.settled());
}

test('what was said before an erasure is deleted, and what is said after it is sent once', async () => {
  await erase();
  expect(site.fake.callsOf('deleteMessages', writer.chat.id)).not.toEqual([]);
  // Stored, and not confirmed: it comes once more.
  site.fake.updates.repeat();
  await site.pass(2);
  const before = writer.chat.said.length;
  writeTo(writer, 'Bonjour');
  await site.untilSo(() => writer.chat.said.length > before);
  await site.until(site.fake.settled());
  await site.pass(5);
  expect(writer.chat.said.filter((one) => /est effacée/.test(one))).toHaveLength(1);
  expect(writer.chat.said).toHaveLength(before + 1);
});
