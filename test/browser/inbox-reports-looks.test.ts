import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser, LIVE_VIEWPORTS, picture, seriousFaults } from '../support/browser-harness.js';
import type { ReportWorld } from '../support/inbox-browser-reports.js';
import { NOISE, openReportStage, type ReportStage, RODEO } from '../support/inbox-browser-reports-stage.js';

/** Two to read, one of them for too long; one answered, with all that may follow; one that Jean cannot open. */
async function fill(world: ReportWorld): Promise<string> {
  const marie = await world.colleague('Marie-Françoise Petit');
  const { id, receipt } = await world.send(RODEO, 50);
  await marie.write(id, { kind: 'reply', text: 'Merci. La patrouille passera vendredi soir.' });
  await marie.write(id, { kind: 'note', text: 'Voir avec Paul : c’est le même scooter que mardi.' });
  await marie.write(id, { kind: 'status', status: 'in-progress', text: 'Nous cherchons des témoins.' });
  await world.add(receipt, 'Ils sont revenus ce soir.\nJ’ai une vidéo.');
  await world.send(NOISE, 30);
  await world.send(NOISE, 1);
  const closed = await world.send(NOISE, 80);
  await world.lockOut(closed.id);
  return id;
}

describeInBrowser('how the reports look', () => {
  let stage: ReportStage;
  beforeAll(async () => {
    stage = await openReportStage();
  }, 120_000);
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  async function check(page: Page, name: string): Promise<void> {
    await page.evaluate('document.fonts.ready.then(() => true)');
    await wholePicture(page, `signalements-${name}`);
    expect(await overflow(page)).toBe('');
    expect(await seriousFaults(page)).toEqual([]);
    expect(await smallTargets(page)).toEqual([]);
  }

  for (const { name, options } of LIVE_VIEWPORTS) {
    test(`${name}: every screen fits, and axe finds nothing serious`, async () => {
      let id = '';
      const scene = await stage.scene({
        ...options,
        prepare: async (world) => {
          id = await fill(world);
        },
      });
      const { page, button, heading, faults } = scene;
      await button('Ouvrir les signalements').waitFor();
      await check(page, `${name}-01-ferme`);
      await scene.unlock();
      await page.getByText('Rodéos, circulation').waitFor();
      await check(page, `${name}-02-liste`);
      await page.getByText('Rodéos, circulation').click();
      await heading('Ce que dit l’auteur').waitFor();
      await check(page, `${name}-03-ouvert`);
      await page.getByRole('tab', { name: 'Note privée' }).click();
      await check(page, `${name}-04-note`);
      await page.getByRole('tab', { name: 'État' }).click();
      await button('Enregistrer l’état').click();
      await check(page, `${name}-05-etat`);
      await button('Masquer des passages pour partager').click();
      await heading('Ce qui sera partagé').waitFor();
      await check(page, `${name}-06-masquer`);
      await scene.visit('/inbox/signalements/chiffres');
      await page.getByRole('table').waitFor();
      await check(page, `${name}-07-chiffres`);
      await scene.world.tamper(id, (report) => ({
        ...report,
        events: report.events.filter(({ seq }) => seq !== 3 && seq !== 9),
      }));
      await scene.visit(`/inbox/s/${id}`);
      await page.getByText('Ce signalement a été modifié').waitFor();
      await check(page, `${name}-08-modifie`);
      await page.goto(`${scene.api.url}/inbox`);
      await page.getByText('Personne n’attend.').waitFor();
      await scene.tellChange();
      await page.getByText('attendent depuis trop longtemps').waitFor();
      await check(page, `${name}-09-file`);
      expect(faults).toEqual([]);
    }, 120_000);
  }

  test('type twice as large: one column, and nothing is cut', async () => {
    let id = '';
    const scene = await stage.scene({
      viewport: { width: 640, height: 900 },
      prepare: async (world) => {
        id = await fill(world);
      },
    });
    const { page, heading, button } = scene;
    const enlarged = async (name: string): Promise<void> => {
      await page.evaluate("document.documentElement.style.fontSize = '32px'");
      await wholePicture(page, `signalements-200-${name}`);
      expect(await overflow(page)).toBe('');
    };
    await scene.unlock();
    await page.getByText('Rodéos, circulation').waitFor();
    await enlarged('1-liste');
    await scene.visit(`/inbox/s/${id}`);
    await heading('Ce que dit l’auteur').waitFor();
    await enlarged('2-ouvert');
    await button('Masquer des passages pour partager').click();
    await heading('Ce qui sera partagé').waitFor();
    await enlarged('3-masquer');
    await scene.visit('/inbox/signalements/chiffres');
    await page.getByRole('table').waitFor();
    await enlarged('4-chiffres');
  }, 60_000);
});

/** The page with everything that scrolls in it, for people to look at. */
async function wholePicture(page: Page, name: string): Promise<void> {
  await page.locator('#contenu').waitFor();
  const size = page.viewportSize();
  const height = await page.evaluate<number>("document.getElementById('contenu').scrollHeight");
  if (size)
    await page.setViewportSize({ width: size.width, height: Math.max(size.height, Math.min(height + 200, 9_000)) });
  await picture(page, name);
  if (size) await page.setViewportSize(size);
}

/** What is wider than its page; empty when everything fits. What scrolls by itself may be wider. */
function overflow(page: Page): Promise<string> {
  return page.evaluate<string>(`(() => {
    const content = document.getElementById('contenu');
    const bar = document.querySelector('.phone-bar');
    if (bar.scrollWidth > bar.clientWidth) return 'phone-bar';
    if (document.documentElement.scrollWidth <= innerWidth && content.scrollWidth <= content.clientWidth) return '';
    const wide = [...content.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1);
    return wide.map((one) => one.tagName + '.' + one.className).slice(0, 5).join(', ') || 'page';
  })()`);
}

/** What is to be pressed and is smaller than a thumb, but for links within a sentence. */
function smallTargets(page: Page): Promise<readonly string[]> {
  return page.evaluate<string[]>(`[...document.querySelectorAll(
    '#contenu button, #contenu textarea, #contenu a.button, #contenu a.card, #contenu .radio, #contenu .checkbox, nav a')]
    .filter((element) => element.checkVisibility() && !element.closest('.visually-hidden, [data-react-aria-hidden]'))
    .filter((element) => { const box = element.getBoundingClientRect(); return box.width > 1 && (box.width < 44 || box.height < 44); })
    .map((element) => element.outerHTML.slice(0, 120))`);
}
