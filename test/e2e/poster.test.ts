import { afterEach, expect, test } from '@jest/globals';
import { modulesOf, readQr } from '../support/read-qr.js';
import { openSite, type Site } from '../support/security-site.js';
import { soon } from '../support/soon.js';
import { type FakeTelegram, openFakeTelegram } from '../support/telegram/index.js';

let site: Site | undefined;
let telegram: FakeTelegram | undefined;
afterEach(async () => {
  await site?.close();
  await telegram?.close();
  site = undefined;
  telegram = undefined;
});

const PUBLIC_URL = 'https://permanence.exemple.fr';
const pageOf = async (path: string): Promise<string> => (await fetch(`${site?.url}${path}`)).text();
const codesOn = (html: string): readonly string[] =>
  Array.from(html.matchAll(/<svg class="qr"[\s\S]*?<\/svg>/g), ([svg]) => readQr(modulesOf(svg, 4)));

test('the poster and the pages lead to the bot from the moment that Telegram has told its name', async () => {
  telegram = await openFakeTelegram({ username: 'PermanencePlanoiseBot' });
  await telegram.goAway();
  const { token: TELEGRAM_TOKEN, url: TELEGRAM_API_ROOT } = telegram;
  site = await openSite({ TELEGRAM_TOKEN, TELEGRAM_API_ROOT, TELEGRAM_POLLING: 'true', PUBLIC_URL });
  const before = await pageOf('/affiche');
  expect(before).toContain('Telegram n’a pas encore donné le nom du robot');
  expect(codesOn(before)).toEqual([`${PUBLIC_URL}/`]);
  expect(await pageOf('/')).not.toContain('t.me');
  expect(await pageOf('/confidentialite')).toContain('Si vous écrivez sur Telegram');

  await telegram.comeBack();
  await soon(async () => (await pageOf('/affiche')).includes('t.me/PermanencePlanoiseBot'));
  expect(codesOn(await pageOf('/affiche'))).toEqual([
    'https://t.me/PermanencePlanoiseBot?start=affiche',
    `${PUBLIC_URL}/`,
  ]);
  expect(await pageOf('/')).toContain('<a class="secondary" href="https://t.me/PermanencePlanoiseBot">');
}, 60_000);

test('without a token no page speaks of a bot', async () => {
  site = await openSite();
  expect(await pageOf('/affiche')).toContain('TELEGRAM_TOKEN');
  expect(codesOn(await pageOf('/affiche'))).toEqual([]);
  expect(await pageOf('/')).not.toContain('Telegram');
  expect(await pageOf('/confidentialite')).not.toContain('Si vous écrivez sur Telegram');
});
