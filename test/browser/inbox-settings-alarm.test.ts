import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { describeInBrowser, picture } from '../support/browser-harness.js';
import { buildCard } from '../support/inbox-queue-builders.js';
import { openSettingsStage, type SettingsStage, until } from '../support/inbox-settings-stage.js';

const now = () => Date.now();

describeInBrowser('the alarm', () => {
  let stage: SettingsStage;
  beforeAll(async () => {
    stage = await openSettingsStage();
  }, 120_000);
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  test('somebody waits: every page says and sounds it, until the conversation is taken', async () => {
    const { page, server, faults } = await stage.scene('/inbox/journal');
    await page.getByText('n° 12').click();
    server.queue([buildCard({ id: 'a', waitingSince: now() }), buildCard({ id: 'b', waitingSince: now() })]);
    const bar = page.getByRole('region', { name: 'Alarme', exact: true });
    await bar.getByText('2 personnes attendent').waitFor();
    await until(page, "document.title.startsWith('(2)')");
    expect(await page.evaluate("document.querySelector('link[rel=icon]').href")).toMatch(/icon-waiting\.svg$/);
    await picture(page, 'reglages-alarme-sonne');
    server.queue([buildCard({ id: 'a', status: 'bot', emergencyAt: now() })]);
    await bar.getByText('Danger signalé').waitFor();
    await picture(page, 'reglages-alarme-danger');
    server.queue([]);
    await bar.waitFor({ state: 'detached' });
    await until(page, "!document.title.startsWith('(')");
    expect(await page.evaluate("document.querySelector('link[rel=icon]').href")).toMatch(/icon\.svg$/);
    expect(faults).toEqual([]);
  });

  test('it is heard: the sound leaves the page, and again after its pause', async () => {
    const { page, server } = await stage.scene('/inbox/journal');
    await page.getByText('n° 12').click();
    await page.evaluate(`
      globalThis.heard = 0;
      const start = OscillatorNode.prototype.start;
      OscillatorNode.prototype.start = function (...at) { globalThis.heard += 1; return start.apply(this, at); };
    `);
    server.queue([buildCard({ id: 'a', waitingSince: now() })]);
    await until(page, 'globalThis.heard >= 4');
    await until(page, 'globalThis.heard >= 8');
    await page.getByRole('button', { name: /Couper le son/ }).click();
    await page.getByText(/Son coupé jusqu’à/).waitFor();
    await picture(page, 'reglages-alarme-coupee');
    await page.getByRole('button', { name: 'Remettre le son' }).click();
    await until(page, 'globalThis.heard >= 12');
  }, 40_000);

  test('whoever is not available is not called, and is told so', async () => {
    const { page, server } = await stage.scene('/inbox/alarme', {
      prepare: ({ state }) => (state.isAvailable = false),
    });
    await page.getByText('Vous n’êtes pas disponible').waitFor();
    server.queue([buildCard({ id: 'a', waitingSince: now() })]);
    await until(page, "document.title.startsWith('(1)')");
    expect(await page.getByRole('region', { name: 'Alarme', exact: true }).count()).toBe(0);
  });

  test('a locked page rings by counts', async () => {
    const { page } = await stage.scene('/inbox', {
      prepare: ({ state }) => {
        state.isLocked = true;
        state.cards = [buildCard({ id: 'a' })];
      },
    });
    await until(page, "document.title.startsWith('(1)')");
  });

  test('of two tabs one sounds: the one that was touched last', async () => {
    const { page, server, context } = await stage.scene('/inbox/journal');
    const other = await context.newPage();
    await other.goto(`${server.url}/inbox/journal`);
    const listen = `
      globalThis.heard = 0;
      const start = OscillatorNode.prototype.start;
      OscillatorNode.prototype.start = function (...at) { globalThis.heard += 1; return start.apply(this, at); };
    `;
    for (const tab of [other, page]) {
      await tab.bringToFront();
      await tab.getByText('n° 12').click();
      await tab.evaluate(listen);
    }
    server.queue([buildCard({ id: 'a', waitingSince: now() })]);
    await until(page, 'globalThis.heard >= 4');
    expect(await other.evaluate('globalThis.heard')).toBe(0);
    await page.close();
    await until(other, 'globalThis.heard >= 4');
  });

  test('the trial asks about each means and advises where one fails', async () => {
    const { page } = await stage.scene('/inbox/alarme', {
      permissions: ['notifications'],
      prepare: ({ state }) => {
        state.alarmTest = { push: 'no-subscription', email: 'not-configured' };
      },
    });
    await page.getByText('Elles s’affichent sur cet appareil.').waitFor();
    await page.getByRole('button', { name: 'Tester mon alarme' }).click();
    const results = page.getByRole('list', { name: 'Résultat de l’essai' });
    await results.getByText('Avez-vous entendu le son ?').waitFor();
    await results.getByText('Aucun appareil n’est inscrit').waitFor();
    await results.getByText('L’envoi d’e-mails n’est pas installé.').waitFor();
    await results.getByRole('button', { name: 'Oui' }).first().click();
    await results.getByText('Marche.').waitFor();
    await results.getByRole('button', { name: 'Non' }).click();
    await results.getByText('Ne pas déranger').waitFor();
    await picture(page, 'reglages-alarme-essai');
  });

  test('a device is removed from the list', async () => {
    const { page, server } = await stage.scene('/inbox/alarme');
    await page.getByRole('button', { name: 'Retirer Firefox sur Android' }).click();
    await page.getByText('L’appareil est retiré.').waitFor();
    expect(server.state.alarm.subscriptions.map(({ id }) => id)).toEqual(['pc']);
    await page.getByText('Firefox sur Android').waitFor({ state: 'detached' });
  });
});
