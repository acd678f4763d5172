import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Download, Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser-harness.js';
import type { ReportWorld } from '../support/inbox-browser-reports.js';
import {
  NOISE,
  openReportStage,
  type ReportScene,
  type ReportStage,
  RODEO,
} from '../support/inbox-browser-reports-stage.js';
import { soon } from '../support/inbox-browser-stage.js';

describeInBrowser('what leaves the page of a report', () => {
  let stage: ReportStage;
  beforeAll(async () => {
    stage = await openReportStage();
  }, 120_000);
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  async function open(prepare?: (world: ReportWorld) => Promise<void>): Promise<ReportScene & { id: string }> {
    let id = '';
    const scene = await stage.scene({
      acceptDownloads: true,
      prepare: async (world) => {
        const marie = await world.colleague('Marie Petit');
        ({ id } = await world.send(RODEO, 1));
        await marie.write(id, { kind: 'reply', text: 'Merci, dit Marie.' });
        await marie.write(id, { kind: 'note', text: 'Entre nous seulement.' });
        await prepare?.(world);
      },
    });
    await scene.visit(`/inbox/s/${id}`);
    await scene.heading('Ce que dit l’auteur').waitFor();
    return { ...scene, id };
  }

  test('paper holds the report, its date and number, and nothing of the page; it is logged first', async () => {
    const { page, button, world, id } = await open();
    const printed = await watchPrinting(page);
    await button('Imprimer').click();
    await soon(async () => (await printed()) === 1);
    expect(world.noted).toContain('report.printed');
    await page.emulateMedia({ media: 'print' });
    const sheet = page.locator('.report-sheet');
    expect(await sheet.isVisible()).toBe(true);
    expect(await page.locator('.shell').isVisible()).toBe(false);
    const text = ((await sheet.textContent()) ?? '').replaceAll('\u00a0', ' ');
    expect(text).toContain(`Numéro : ${id}`);
    expect(text).toMatch(/Reçu \p{L}+ \d+ \p{L}+ à/u);
    expect(text).toContain('Document fait par Jean Martin');
    expect(text).toContain('Karim Benali');
    expect(text).not.toContain('Entre nous seulement.');
    expect((await page.pdf()).length).toBeGreaterThan(1_000);
    await page.emulateMedia({ media: 'screen' });
    expect(await sheet.isVisible()).toBe(false);
  });

  test('private notes go on paper only when that is asked for', async () => {
    const { page, button } = await open();
    const printed = await watchPrinting(page);
    const withNotes = page.locator('.checkbox', { hasText: 'Avec les notes privées' });
    const sheet = page.locator('.report-sheet');
    await withNotes.click();
    await button('Imprimer').click();
    await sheet.locator('.note').waitFor({ state: 'attached' });
    expect(await sheet.textContent()).toContain('Entre nous seulement.');
    // What the browser prints by itself from now on must not be the sheet of before.
    await withNotes.click();
    await sheet.waitFor({ state: 'detached' });
    await withNotes.click();
    expect(await sheet.count()).toBe(0);
    expect(await printed()).toBe(1);
  });

  test('nothing is made when it cannot be logged', async () => {
    const { page, button, world } = await open();
    const printed = await watchPrinting(page);
    world.faults.before = (name) => {
      if (name === 'noteReportExport') throw new Error('Down');
    };
    await button('Imprimer').click();
    await page.getByRole('alert').waitFor();
    expect(await printed()).toBe(0);
    expect(await page.locator('.report-sheet').count()).toBe(0);
  });

  test('the file is made here, as every editor reads it', async () => {
    const { page, button, world, api } = await open();
    const [download] = await Promise.all([page.waitForEvent('download'), button('Télécharger le texte').click()]);
    expect(download.suggestedFilename()).toMatch(/^signalement-[0-9A-Z]{4}-\d{4}-\d\d-\d\d\.txt$/);
    const text = await textOf(download);
    expect(text).toContain('Que s’est-il passé ?\r\n    Des motos passent à toute vitesse.');
    expect(text).toContain('Merci, dit Marie.');
    expect(text).not.toContain('Entre nous seulement.');
    expect(world.noted).toContain('report.exported');
    expect(api.calls.map((call) => call.text).join()).not.toContain('motos');
  });

  test('what is redacted says nothing of what was hidden, as it is proposed and as it is chosen', async () => {
    const { page, button, heading, world, api } = await open();
    await button('Masquer des passages pour partager').click();
    await heading('Ce qui sera partagé').waitFor();
    for (const words of ['Karim Benali', '06 12 34 56 78', 'AB-123-CD', 'Sonia', 'Durand', 'sonia@exemple.fr']) {
      expect(await page.locator('.redacted').textContent()).not.toContain(words);
    }
    await page.getByLabel('Masquer un mot partout').fill('scooter');
    await page.keyboard.press('Enter');
    await select(page, 'Que s’est-il passé ?', 'toute vitesse');
    await button('Masquer la sélection dans « Que s’est-il passé ? »').click();
    await select(page, 'Comment joindre l’auteur ?', 'Prénom');
    await button('Masquer la sélection dans « Comment joindre l’auteur ? »').click();
    await page.locator('.checkbox', { hasText: '06 12 34 56 78' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      button('Télécharger le texte masqué').click(),
    ]);
    const text = await textOf(download);
    expect(text).toContain('Des motos passent à [masqué]. [masqué], mon voisin, a été renversé.');
    expect(text).toContain('Le [masqué] est immatriculé [masqué].');
    expect(text).toContain('Appelez Mme [masqué] au 06 12 34 56 78.');
    expect(text).toContain('[masqué] : [masqué]');
    expect(text).not.toContain('Entre nous seulement.');
    expect(text).not.toMatch(/Karim|Sonia|scooter|█/);
    expect(api.calls.find(({ name }) => name === 'noteReportExport')?.text).toBe('{"as":"redacted"}');
    expect(world.noted).toContain('report.exported');
  });

  test('what was hidden can be shown again; nothing selected is said', async () => {
    const { page, button, heading } = await open();
    await button('Masquer des passages pour partager').click();
    await heading('Ce qui sera partagé').waitFor();
    await button('Masquer la sélection dans « Où ? »').click();
    await page.getByText('Sélectionnez d’abord des mots dans le texte.').waitFor();
    const box = page.getByLabel('Que s’est-il passé ?', { exact: true });
    expect(await box.inputValue()).toContain('████████████, mon voisin');
    await box.focus();
    await page.keyboard.press('Control+A');
    await button('Montrer de nouveau la sélection dans « Que s’est-il passé ? »').click();
    await page.locator('.redacted').getByText('Karim Benali').waitFor();
    await page.locator('.checkbox', { hasText: 'Avec les réponses des délégués' }).click();
    expect(await page.locator('.redacted').textContent()).not.toContain('Merci, dit Marie.');
    const printed = await watchPrinting(page);
    await button('Imprimer le texte masqué').click();
    await soon(async () => (await printed()) === 1);
    const sheet = (await page.locator('.report-sheet').textContent()) ?? '';
    expect(sheet).toContain('Karim Benali');
    expect(sheet).not.toContain('sonia@exemple.fr');
    await page.getByLabel('Masquer un mot partout').fill('Karim Benali');
    await page.keyboard.press('Enter');
    await page.locator('.report-sheet').waitFor({ state: 'detached' });
    await button('Imprimer le texte masqué').click();
    await soon(async () => (await printed()) === 2);
    expect(await page.locator('.report-sheet').textContent()).not.toContain('Karim Benali');
    await button('Revenir au signalement').click();
    await heading('Ce que dit l’auteur').waitFor();
    expect(await page.locator('.report-sheet').count()).toBe(0);
  });
});

describeInBrowser('figures of the reports', () => {
  let stage: ReportStage;
  beforeAll(async () => {
    stage = await openReportStage();
  }, 120_000);
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  const MONTH_HOURS = 31 * 24;

  test('all of them are counted here, pages after pages, and the file has no text', async () => {
    const { page, unlock, button, world, api } = await stage.scene({
      path: '/inbox/signalements/chiffres',
      acceptDownloads: true,
      prepare: async (world) => {
        const marie = await world.colleague('Marie Petit');
        for (let number = 0; number < 55; number++) {
          const { id } = await world.send([...NOISE.slice(0, 1), { step: 'what', text: 'Zorglub' }], number);
          await world.reports.desk.markRead(id, marie.id, 100);
        }
        await world.send(RODEO, MONTH_HOURS);
      },
    });
    await unlock();
    await page.getByText('56 signalements comptés.').first().waitFor();
    const foot = await page.locator('.figures tfoot td').allTextContents();
    expect(foot).toEqual(['55', '1', '0', '0', '0', '0', '0', '0', '56']);
    const [download] = await Promise.all([page.waitForEvent('download'), button('Télécharger (CSV)').click()]);
    expect(download.suggestedFilename()).toBe('signalements-tout.csv');
    const csv = await textOf(download);
    expect(csv).toMatch(/^\ufeffMois;/);
    expect(csv).toContain('Total;55;1;0;0;0;0;0;0;56');
    expect(csv).not.toMatch(/Zorglub|Picardie|Karim/);
    expect(world.noted).toContain('report.figures-exported');
    expect(api.calls.find(({ name }) => name === 'noteFiguresExport')?.text).toBe('{"reports":56}');
  }, 60_000);

  test('counting can be stopped and begun again; what does not open is counted apart', async () => {
    const { page, unlock, button, world, tellChange } = await stage.scene({
      path: '/inbox/signalements/chiffres',
      prepare: async (world) => {
        const marie = await world.colleague('Marie Petit');
        for (let number = 0; number < 52; number++) {
          const { id } = await world.send(NOISE.slice(0, 1), number);
          await world.reports.desk.markRead(id, marie.id, 100);
        }
        const { id } = await world.send(RODEO, 60);
        await world.reports.desk.markRead(id, marie.id, 100);
        await world.lockOut(id);
      },
    });
    const gate = Promise.withResolvers<void>();
    let pages = 0;
    await page.route('**/api/inbox/reports?before=*', async (route) => {
      pages += 1;
      if (pages === 1) await gate.promise;
      await route.continue().catch(() => undefined);
    });
    await unlock();
    await button('Arrêter').click();
    await page.getByText('Le comptage est arrêté. Les chiffres manquent.').waitFor();
    expect(await page.getByRole('table').count()).toBe(0);
    gate.resolve();
    await button('Compter de nouveau').click();
    await page.getByText('53 signalements comptés.').first().waitFor();
    await page.getByText('1 signalement ne s’ouvre pas avec votre clé : il est compté à part.').waitFor();
    expect(await page.locator('.figures tfoot td').allTextContents()).toEqual([
      ...['52', '0', '0', '0', '0', '0', '0', '1', '53'],
    ]);
    await world.send(NOISE, 0);
    await tellChange();
    await page.getByText('54 signalements comptés.').first().waitFor();
  }, 60_000);

  test('no report gives no figures, in words', async () => {
    const { page, unlock } = await stage.scene({ path: '/inbox/signalements/chiffres' });
    await unlock();
    await page.getByText('Il n’y a aucun signalement à compter.').waitFor();
  });
});

/** Counts prints: Chromium without a window makes none. */
async function watchPrinting(page: Page): Promise<() => Promise<number>> {
  await page.evaluate('window.printed = 0; window.print = () => { window.printed += 1; }');
  return () => page.evaluate<number>('window.printed');
}

async function textOf(download: Download): Promise<string> {
  return readFileSync(await download.path(), 'utf8');
}

/** As a finger or a mouse would. */
async function select(page: Page, label: string, words: string): Promise<void> {
  const box = page.getByLabel(label, { exact: true });
  const start = (await box.inputValue()).indexOf(words);
  await box.evaluate(
    (element, [from, to]) =>
      (element as unknown as { setSelectionRange(a: number, b: number): void }).setSelectionRange(from, to),
    [start, start + words.length] as const,
  );
}
