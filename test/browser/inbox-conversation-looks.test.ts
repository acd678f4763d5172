import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser, inPage, LIVE_VIEWPORTS, picture, seriousFaults } from '../support/browser-harness.js';
import { holdClock, letClockGo } from '../support/e2e-inbox-hold.js';
import { fillDesk } from '../support/inbox-queue-scenes.js';
import { type InboxStage, openInboxStage } from '../support/inbox-queue-stage.js';

describeInBrowser('how the queue and the conversation look', () => {
  let stage: InboxStage;
  beforeAll(async () => {
    stage = await openInboxStage();
  }, 120_000);
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  for (const { name, options } of LIVE_VIEWPORTS) {
    test(`${name}: every screen fits, and axe finds nothing serious`, async () => {
      const { page, inbox, faults } = await stage.scene(fillDesk, '/inbox', options);
      const look = async (what: string): Promise<void> => {
        await picture(page, `inbox-${name}-${what}`);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
        expect(await seriousFaults(page)).toEqual([]);
      };
      const visit = async (id: string): Promise<void> => {
        await page.goto(`${inbox.url}/inbox/c/${id}`);
        await page.getByRole('log').waitFor();
      };
      await page.getByText('Résident K3M8').waitFor();
      await look('1-file');
      await visit('danger');
      await look('2-danger');
      await visit('mine');
      await page.getByLabel('Votre réponse').fill('Je passe demain à 14 h.');
      await look('3-a-moi');
      await holdClock(page);
      await page.getByRole('button', { name: 'Envoyer', exact: true }).click();
      await page.getByText('Envoi dans').waitFor();
      await look('4-envoi');
      await letClockGo(page);
      await visit('callback');
      await page.getByRole('button', { name: 'Détails' }).click();
      await page.getByText('Note privée').waitFor();
      await look('5-details');
      await visit('jean');
      await look('6-jean');
      inbox.world.conversations.clear();
      await page.goto(`${inbox.url}/inbox`);
      await page.getByText('Personne n’attend.').waitFor();
      await page.getByText('Votre alarme est réglée').waitFor();
      await look('7-vide');
      expect(faults).toEqual([]);
    }, 90_000);
  }

  test('type twice as large gets one column, and nothing is cut', async () => {
    const { page, inbox } = await stage.scene(fillDesk);
    await enlarge(page);
    for (const [name, path] of [
      ['1-file', '/inbox'],
      ['2-danger', '/inbox/c/danger'],
      ['3-a-moi', '/inbox/c/mine'],
    ]) {
      await page.goto(`${inbox.url}${path}`);
      await page.locator('.desk .page-title').waitFor();
      await page
        .getByText('K3M8')
        .first()
        .waitFor({ state: path === '/inbox' ? 'visible' : 'attached' });
      await picture(page, `inbox-200-${name}`);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
    }
  });
});

/** How much wider the page is than its window, in pixels. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(inPage<number>('document.documentElement.scrollWidth - innerWidth'));
}

/** As the browser's own setting for the size of text does. */
async function enlarge(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
}
