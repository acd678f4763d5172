import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser-harness.js';
import { NOISE, openReportStage, type ReportStage, RODEO } from '../support/inbox-browser-reports-stage.js';
import { soon } from '../support/inbox-browser-stage.js';

describeInBrowser('the list of reports', () => {
  let stage: ReportStage;
  beforeAll(async () => {
    stage = await openReportStage();
  }, 120_000);
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  test('nothing of what they say is on the page, or asked of the server, before the password', async () => {
    const { page, api, unlock } = await stage.scene({ prepare: async (world) => void (await world.send(RODEO)) });
    await page.getByLabel('Mot de passe', { exact: true }).waitFor();
    expect(api.calls.map(({ name }) => name)).not.toContain('listReports');
    await unlock();
    await page.getByText('Rodéos, circulation').waitFor();
    const card = page.getByRole('link', { name: /Rodéos/ });
    expect(await card.textContent()).toContain('Rue de Picardie, devant le 12 rue de Picardie');
    expect(await card.textContent()).toContain('dimanche 22 novembre, vers 22 h');
    expect(await card.textContent()).toContain('Reçu');
  });

  test('what nobody has read comes first, the longest waiting before the others', async () => {
    const { page, unlock } = await stage.scene({
      prepare: async (world) => {
        const read = await world.send(NOISE, 1);
        const marie = await world.colleague('Marie Petit');
        await world.reports.desk.markRead(read.id, marie.id, 100);
        await world.send(
          [
            { step: 'category', category: 'damage' },
            { step: 'what', text: 'Abribus cassé' },
          ],
          2,
        );
        await world.send(RODEO, 49);
      },
    });
    await unlock();
    await page.getByText('Rodéos, circulation').waitFor();
    const names = () => page.locator('.card .card-name').allTextContents();
    await soon(async () => !(await names()).includes('Ouverture…'));
    expect(await names()).toEqual(['Rodéos, circulation', 'Incivilités, dégradations', 'Nuisances, bruit']);
    const cards = page.locator('.card');
    expect(await cards.nth(0).textContent()).toMatch(/Attend depuis 2\sjours : trop longtemps/);
    expect(await cards.nth(0).textContent()).toContain('À lire');
    expect(await cards.nth(2).textContent()).toContain('Nouveau pour vous');
    expect(await cards.nth(2).textContent()).not.toContain('Attend depuis');
  });

  test('each of the lists has its own, and its own words when it is empty', async () => {
    const { page, unlock, world, tellChange } = await stage.scene();
    await unlock();
    await page.getByText('Aucun signalement en cours.').waitFor();
    await choose(page, 'À lire');
    await page.getByText('Tout est lu.').waitFor();
    await choose(page, 'Clos');
    await page.getByText('Aucun signalement clos.').waitFor();
    const marie = await world.colleague('Marie Petit');
    const { id } = await world.send(RODEO, 3);
    await world.reports.desk.markRead(id, marie.id, 100);
    await marie.write(id, { kind: 'status', status: 'closed' });
    await world.reports.desk.markRead(id, world.owner(), 100);
    await tellChange();
    await page.getByText('Rodéos, circulation').waitFor();
    await page.getByText('Rodéos, circulation').click();
    await page.getByRole('link', { name: 'Retour à la liste' }).click();
    await page.getByRole('radio', { name: /Clos \(1\)/, checked: true }).waitFor();
  });

  test('one that lacks a key says why, and leads to who can give it; the others open', async () => {
    const { page, unlock } = await stage.scene({
      prepare: async (world) => {
        await world.send(RODEO, 1);
        await world.colleague('Marie Petit');
        await world.lockOut((await world.send(NOISE, 2)).id);
      },
    });
    await unlock();
    await page.getByText('Rodéos, circulation').waitFor();
    await page.getByText('Signalement fermé').waitFor();
    await page.getByText('Vous n’avez pas encore la clé de ce passage : demandez l’accès à un collègue.').waitFor();
    await page.getByRole('link', { name: 'Demander l’accès' }).click();
    await page.getByRole('heading', { name: 'Accès aux signalements' }).waitFor();
  });

  test('new ones come by themselves, with their number beside the navigation and in words', async () => {
    const { page, unlock, world, tellChange } = await stage.scene();
    await unlock();
    await page.getByText('Aucun signalement en cours.').waitFor();
    await world.send(NOISE, 30);
    await tellChange();
    await page.getByText('Nuisances, bruit').waitFor();
    await page.getByRole('link', { name: 'Signalements : 1 signalement à lire' }).first().waitFor();
    await page.getByRole('heading', { name: 'Un signalement attend depuis trop longtemps' }).waitFor();
    await page.getByRole('link', { name: 'File d’attente' }).first().click();
    await page.getByRole('link', { name: 'Lire les signalements' }).click();
    await page.getByText('Nuisances, bruit').waitFor();
  });

  test('more than a page of them are read on', async () => {
    const { page, unlock, button } = await stage.scene({
      prepare: async (world) => {
        const marie = await world.colleague('Marie Petit');
        for (let hours = 60; hours > 0; hours--) {
          const { id } = await world.send(NOISE.slice(0, 1), hours);
          await world.reports.desk.markRead(id, marie.id, 100);
        }
      },
    });
    await unlock();
    await soon(async () => (await page.locator('.card').count()) === 50);
    await button('Voir les précédents').click();
    await page.getByText('Il n’y en a pas d’autres.').waitFor();
    expect(await page.locator('.card').count()).toBe(60);
    await soon(async () => (await page.getByText('Nuisances, bruit').count()) === 60);
  }, 60_000);

  test('a lock takes everything off the page, and the password brings it back', async () => {
    const { page, unlock, button, faults } = await stage.scene({
      prepare: async (world) => void (await world.send(RODEO)),
    });
    await unlock();
    await page.getByText('Rodéos, circulation').click();
    await page.getByText('Karim Benali').waitFor();
    await page.getByLabel('Votre réponse à l’auteur').fill('Un brouillon à moi');
    await button('Verrouiller').click();
    await page.getByRole('heading', { name: 'Session verrouillée' }).waitFor();
    const html = await page.evaluate<string>('document.documentElement.outerHTML + document.title');
    for (const words of ['Karim', 'Picardie', 'Sonia', 'Un brouillon', 'Rodéos']) expect(html).not.toContain(words);
    expect(faults).toEqual([]);
  });

  test('so does the end of the session', async () => {
    const { page, unlock, api } = await stage.scene({ prepare: async (world) => void (await world.send(RODEO)) });
    await unlock();
    await page.getByText('Rodéos, circulation').click();
    await page.getByText('Karim Benali').waitFor();
    api.sessions.clear();
    api.tell('session-over', { reason: 'ended' });
    await page.getByRole('heading', { name: 'Connexion' }).waitFor();
    expect(await page.evaluate<string>('document.documentElement.outerHTML')).not.toContain('Karim');
  });

  test('nothing opened is kept by the browser', async () => {
    const { page, unlock, context } = await stage.scene({ prepare: async (world) => void (await world.send(RODEO)) });
    await unlock();
    await page.getByText('Rodéos, circulation').click();
    await page.getByText('Karim Benali').waitFor();
    await page.getByLabel('Votre réponse à l’auteur').fill('Zorglub, un brouillon');
    const state = JSON.stringify(await context.storageState({ indexedDB: true }));
    const session = await page.evaluate<string>('JSON.stringify(sessionStorage) + JSON.stringify(localStorage)');
    for (const words of ['Karim', 'Picardie', 'Zorglub']) expect(state + session).not.toContain(words);
  });

  test('a call that fails says what to do, and can be tried again', async () => {
    const { page, unlock, world, button } = await stage.scene();
    world.faults.before = (name) => {
      if (name === 'listReports') throw new Error('Down');
    };
    await unlock();
    await button('Essayer de nouveau').waitFor();
    delete world.faults.before;
    await button('Essayer de nouveau').click();
    await page.getByText('Aucun signalement en cours.').waitFor();
  });
});

async function choose(page: Page, name: string): Promise<void> {
  await page.locator('.radio', { hasText: name }).click();
}
