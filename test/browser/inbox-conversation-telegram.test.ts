import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { deliveryFailureWords } from '../../src/channels/delivery-failures.js';
import { describeInBrowser, inPage, picture, seriousFaults } from '../support/browser-harness.js';
import { JEAN, ME } from '../support/inbox-queue-builders.js';
import type { FakeInbox } from '../support/inbox-queue-fake.js';
import { type InboxStage, openInboxStage } from '../support/inbox-queue-stage.js';

/** A resident of Telegram, who corrected what they wrote, shared a place, and then blocked the robot. */
function onTelegram({ world }: FakeInbox): void {
  world.add(
    { id: 'c1', channel: 'telegram', status: 'assigned', holder: ME, waitingSince: undefined as never },
    [
      { text: 'Des rodéos rue de Dole, vers 22 h' },
      { author: 'bot', text: 'D’accord. Je préviens les délégués.' },
      { author: 'system', event: 'handoff.accepted', by: ME },
      { author: 'delegate', by: ME, text: 'Bonjour, c’est où exactement ?' },
      { text: 'Des rodéos rue de Dole, vers 23 h', edits: 1 },
      { text: 'Position partagée : 47,21512, 5,96731' },
      { text: 'Des rodéos rue de Vesoul, vers 23 h 30', edits: 1 },
      { author: 'delegate', by: JEAN, text: 'Merci, je note l’endroit.' },
      { author: 'delegate', by: ME, text: 'Je vous rappelle demain.' },
      { author: 'bot', text: 'Une réponse du robot' },
    ],
    { delivery: { deliveredSeq: 8, uncertain: [4], failure: deliveryFailureWords('blocked') } },
  );
}

const log = (page: Page): Locator => page.getByRole('log', { name: 'Messages de la conversation' });
const bubble = (page: Page, text: string): Locator => log(page).getByRole('article').filter({ hasText: text });

describeInBrowser('a conversation on Telegram', () => {
  let stage: InboxStage;
  beforeAll(async () => {
    stage = await openInboxStage();
  }, 120_000);
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  const SIZES: readonly BrowserContextOptions[] = [
    { viewport: { width: 320, height: 640 } },
    { viewport: { width: 1280, height: 800 } },
    { viewport: { width: 320, height: 640 }, colorScheme: 'dark' },
  ];
  test.each(SIZES)('fits, and axe finds nothing serious: %j', async (options) => {
    const { page, faults } = await stage.scene(onTelegram, '/inbox/c/c1', options);
    const name = `inbox-telegram-${options.viewport?.width}-${options.colorScheme ?? 'light'}`;
    await log(page).getByText('Une réponse du robot').waitFor();
    for (const details of await log(page).locator('summary').all()) await details.click();
    await picture(page, name);
    await log(page).evaluate(inPage('it.scrollTo(0, 0)'));
    await picture(page, `${name}-top`);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    expect(await seriousFaults(page)).toEqual([]);
    expect(faults).toEqual([]);
  });

  test('says where it comes from, and nothing of what nobody knows', async () => {
    const { page } = await stage.scene(onTelegram, '/inbox/c/c1');
    const heading = page.locator('.talk-name');
    await heading.getByText('Écrit depuis Telegram').waitFor();
    expect(await heading.textContent()).toContain('Résident B7K2');
    expect(await page.locator('.talk').textContent()).not.toMatch(/en ligne|page du résident|connecté/);
  });

  test('each correction stands beside the text that it replaces, in order, also for whoever hears it', async () => {
    const { page } = await stage.scene(onTelegram, '/inbox/c/c1');
    const first = bubble(page, 'Le nouveau texte est plus bas').first();
    await first.waitFor();
    expect(await first.locator('del').textContent()).toBe('Des rodéos rue de Dole, vers 22 h');
    expect(plain(await first.textContent())).toMatch(
      /Ancien texte : .*Modifié à \d+ h \d\d\. Le nouveau texte est plus bas\./,
    );

    const last = bubble(page, 'rue de Vesoul');
    expect(plain(await last.textContent())).toMatch(
      /Corrige le message écrit à \d+ h \d\d\..*Ancien texte : Des rodéos rue de Dole, vers 23 h ?Nouveau texte :.*rue de Vesoul/,
    );
    const old = last.locator('del');
    expect(await old.isVisible()).toBe(false);
    await last.getByText('Voir ce qui était écrit avant').press('Enter');
    expect(await old.isVisible()).toBe(true);
    expect(await old.textContent()).toBe('Des rodéos rue de Dole, vers 23 h');
    expect(await log(page).locator('.correction').count()).toBe(2);
  });

  test('a correction that comes in is announced as one', async () => {
    const { page, inbox } = await stage.scene(onTelegram, '/inbox/c/c1');
    await bubble(page, 'rue de Vesoul').waitFor();
    inbox.world.say('c1', { text: 'Finalement à minuit', edits: 1 });
    await page.getByText('Résident a modifié un message : Finalement à minuit').waitFor({ state: 'attached' });
    expect(await bubble(page, 'rue de Vesoul').first().locator('p > del').count()).toBe(2);
  });

  test('what is in doubt, what waits and why are told under each message', async () => {
    const { page } = await stage.scene(onTelegram, '/inbox/c/c1');
    const state = async (text: string) => plain(await bubble(page, text).locator('.delivery').textContent());
    expect(await state('c’est où exactement')).toBe(
      'Incertain : la messagerie n’a pas confirmé l’envoi. Demandez au résident s’il a reçu ce message.',
    );
    expect(await bubble(page, 'je note l’endroit').locator('.delivery').count()).toBe(0);
    expect(await state('Je vous rappelle demain')).toBe('Enregistré, pas encore remis.');
    expect(await state('Une réponse du robot')).toMatch(/^Injoignable : le résident a bloqué le robot/);
  });
});

function plain(text: string | null): string {
  return (text ?? '').replace(/\s+/g, ' ').trim();
}
