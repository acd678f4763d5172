import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser, LIVE_VIEWPORTS, picture, seriousFaults } from '../support/browser-harness.js';
import { openSettingsStage, type SettingsStage } from '../support/inbox-settings-stage.js';

const PAGES = [
  ['alarme', 'Mes appareils'],
  ['horaires', 'En clair'],
  ['informations', 'Ce que l’assistant répondra'],
  ['semaine', 'Combien de temps'],
  ['journal', 'Marie a ouvert'],
] as const;

describeInBrowser('how the settings look', () => {
  let stage: SettingsStage;
  beforeAll(async () => {
    stage = await openSettingsStage();
  }, 120_000);
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  for (const { name, options } of LIVE_VIEWPORTS) {
    test(`${name}: every page fits, shows stored texts as texts, and axe finds nothing serious`, async () => {
      const { page, server, faults } = await stage.scene('/inbox/alarme', options);
      for (const [path, words] of PAGES) {
        await page.goto(`${server.url}/inbox/${path}`);
        await page.getByText(words).first().waitFor();
        await settled(page);
        await wholePicture(page, `reglages-${name}-${path}`);
        expect(await overflow(page)).toBe('');
        expect(await seriousFaults(page)).toEqual([]);
      }
      expect(faults).toEqual([]);
    }, 90_000);
  }

  test('type twice as large: one column, and nothing is cut', async () => {
    const { page, server } = await stage.scene('/inbox/alarme', { viewport: { width: 640, height: 900 } });
    for (const [path, words] of PAGES) {
      await page.goto(`${server.url}/inbox/${path}`);
      await page.getByText(words).first().waitFor();
      await page.evaluate("document.documentElement.style.fontSize = '32px'");
      await settled(page);
      await wholePicture(page, `reglages-200-${path}`);
      expect(await overflow(page)).toBe('');
    }
  }, 60_000);
});

/** The page with everything that scrolls in it, for people to look at. */
async function wholePicture(page: Page, name: string): Promise<void> {
  const size = page.viewportSize();
  await page.locator('#contenu').waitFor();
  const height = await page.evaluate<number>("document.getElementById('contenu').scrollHeight");
  if (size)
    await page.setViewportSize({ width: size.width, height: Math.max(size.height, Math.min(height + 200, 9_000)) });
  await picture(page, name);
  if (size) await page.setViewportSize(size);
}

/** Its letters are there: they change every width. */
async function settled(page: Page): Promise<void> {
  await page.evaluate('document.fonts.ready.then(() => true)');
}

/** What is wider than its page; empty when everything fits. */
function overflow(page: Page): Promise<string> {
  return page.evaluate<string>(`(() => {
    const content = document.getElementById('contenu');
    if (document.documentElement.scrollWidth <= innerWidth && content.scrollWidth <= content.clientWidth) return '';
    const wide = [...content.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1);
    return wide.map((one) => one.tagName + '.' + one.className).slice(0, 5).join(', ') || 'page';
  })()`);
}
