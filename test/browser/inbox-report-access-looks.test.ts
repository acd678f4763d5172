import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser, LIVE_VIEWPORTS, picture, seriousFaults } from '../support/browser-harness.js';
import { type AuthStage, openAuthStage } from '../support/inbox-browser-stage.js';
import { openAccessScene } from '../support/inbox-report-access-scenes.js';

const TEST_MS = 120_000;
const KEY_MS = 60_000;

describeInBrowser('the pages about access to reports can be used by everybody', () => {
  let stage: AuthStage;
  beforeAll(async () => {
    stage = await openAuthStage();
  }, 120_000);
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  async function check(page: Page, name: string): Promise<void> {
    await page.evaluate('document.fonts.ready');
    await picture(page, `inbox-report-access-${name}`);
    expect(await seriousFaults(page)).toEqual([]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    expect(
      await page.evaluate<number>(
        '(() => { const it = document.querySelector("#contenu"); return it ? it.scrollWidth - it.clientWidth : 0; })()',
      ),
    ).toBeLessThanOrEqual(0);
  }

  async function lower(page: Page): Promise<void> {
    await page.locator('.content').evaluate((it: { scrollTo(x: number, y: number): void }) => it.scrollTo(0, 10_000));
  }

  test.each(LIVE_VIEWPORTS)(
    'at $name',
    async ({ name, options }) => {
      const scene = await openAccessScene(stage, { ...options, reports: 12, mariesReports: 8 });
      const { api, page, button, heading, faults, marie } = scene;
      await page.getByText('Il en manque 4').waitFor();
      await check(page, `${name}-01-page`);
      await lower(page);
      await check(page, `${name}-02-page-lower`);
      await page.getByRole('link', { name: 'Donner l’accès : Marie Petit' }).click();
      await page.getByRole('group', { name: 'Empreinte de Marie Petit' }).waitFor();
      await check(page, `${name}-03-compare`);
      await button('Donner l’accès').click();
      await lower(page);
      await check(page, `${name}-04-compare-missing`);
      await button('Un groupe est différent').click();
      await check(page, `${name}-05-different`);
      await button('Comparer de nouveau').click();
      await scene.compare('Marie Petit');
      await button('Donner l’accès').click();
      await button('Ouvrir les signalements').waitFor();
      await check(page, `${name}-06-unlock`);
      await page.route('**/grants', (route) => route.abort());
      await scene.unlock();
      await button('Continuer').waitFor({ timeout: KEY_MS });
      await check(page, `${name}-07-cut`);
      await page.unroute('**/grants');
      await button('Continuer').click();
      await heading('C’est fait').waitFor({ timeout: KEY_MS });
      await check(page, `${name}-08-done`);

      for (const { sealedTo } of api.reports.slice(0, 5)) sealedTo.delete(scene.jean.credentials.publicKey);
      await page.goto(`${api.url}/inbox/signalements/acces`);
      await page.getByText('Vous ne pouvez pas encore lire 5 signalements').waitFor();
      await check(page, `${name}-09-own`);
      await page.goto(`${api.url}/inbox/equipe`);
      await button('Actions pour Marie Petit').click();
      await page.getByRole('menuitem', { name: 'Suspendre le compte' }).click();
      await page.getByText('5 signalements ne s’ouvriront plus pour personne').waitFor();
      await check(page, `${name}-10-suspend`);
      await button('Garder').click();
      await button('Actions pour Marie Petit').click();
      await page.getByRole('menuitem', { name: 'Nouveau mot de passe' }).click();
      await page.getByText('5 signalements seront perdus').waitFor();
      await check(page, `${name}-11-reset`);

      const { token } = api.invite({ kind: 'reset', login: marie.login, displayName: marie.displayName });
      await scene.context.clearCookies();
      await page.goto(`${api.url}/inbox/lien#${token}`);
      await page.getByText('Les signalements d’avant vont se fermer').waitFor();
      await check(page, `${name}-12-link`);
      expect(faults).toEqual([]);
    },
    TEST_MS,
  );
});
