import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { describeInBrowser, picture, seriousFaults } from '../support/browser-harness.js';
import { builtInbox } from '../support/inbox-queue-stage.js';
import { openSettingsStage, type SettingsStage, until } from '../support/inbox-settings-stage.js';

/** A busy browser takes its time to start a worker for a push. */
const WORKER_MS = 60_000;
const SHOWN_TITLES =
  'navigator.serviceWorker.ready.then((it) => it.getNotifications()).then((all) => all.map(({ title }) => title))';
const shownAre = (count: number) =>
  `navigator.serviceWorker.ready.then((it) => it.getNotifications()).then((all) => all.length === ${count})`;

describeInBrowser('the service worker', () => {
  let stage: SettingsStage;
  beforeAll(async () => {
    stage = await openSettingsStage();
  }, 120_000);
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  test('it is one plain script, and takes /inbox itself into its care', async () => {
    expect(readFileSync(join(builtInbox(), 'inbox', 'sw.js'), 'utf8')).not.toMatch(/^\s*(import|export)\b/m);
    const { page } = await stage.scene('/inbox/journal');
    expect(await page.evaluate('navigator.serviceWorker.ready.then(({ scope }) => new URL(scope).pathname)')).toBe(
      '/inbox',
    );
  });

  test('a push shows a notification, also one that cannot be read', async () => {
    const { page, context, server } = await stage.scene('/inbox/alarme', { permissions: ['notifications'] });
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    // An open inbox would take the notification back, for nobody waits; this is a closed one.
    await page.goto(`${server.url}/inbox/offline.css`);
    const push = await pusherFor(context, page, server.url);
    await push(JSON.stringify({ title: 'Danger signalé', body: 'Les numéros ont été affichés.' }));
    await until(page, shownAre(1), WORKER_MS);
    await push('illisible');
    await until(page, shownAre(2), WORKER_MS);
    const shown = await page.evaluate<string[]>(
      'navigator.serviceWorker.ready.then((it) => it.getNotifications()).then((all) => all.map(({ body }) => body))',
    );
    expect(shown.sort()).toEqual(['Les numéros ont été affichés.', 'Ouvrez Permanence pour répondre.']);
  }, 150_000);

  test('with nobody waiting, the page takes back what was pushed of the queue, and not of reports', async () => {
    const { page, context, server } = await stage.scene('/inbox/alarme', { permissions: ['notifications'] });
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    await page.goto(`${server.url}/inbox/offline.css`);
    const push = await pusherFor(context, page, server.url);
    await push(JSON.stringify({ title: 'Quelqu’un attend', body: 'Ouvrez Permanence.', about: 'queue' }));
    await push(JSON.stringify({ title: 'Signalement non lu', body: 'Ouvrez Permanence.', about: 'reports' }));
    await until(page, shownAre(2), WORKER_MS);
    await page.goto(`${server.url}/inbox/alarme`);
    await until(page, shownAre(1), WORKER_MS);
    // The queue is looked at once more, and the report is still told.
    await page.reload();
    await page.getByRole('heading', { name: 'Mon alarme', exact: true }).waitFor();
    expect(await page.evaluate<string[]>(SHOWN_TITLES)).toEqual(['Signalement non lu']);
  }, 150_000);

  test('without a line the offline page stands in, with the emergency numbers, and the inbox comes back alone', async () => {
    const { page, server } = await stage.scene('/inbox/journal', { viewport: { width: 390, height: 740 } });
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    await until(page, 'navigator.serviceWorker.controller !== null');
    server.state.isUnreachable = true;
    server.dropConnections();
    await page.goto(`${server.url}/inbox`);
    await page.getByRole('heading', { name: 'Pas de connexion.' }).waitFor();
    for (const number of ['17', '112']) {
      expect(await page.getByRole('link', { name: number, exact: true }).getAttribute('href')).toBe(`tel:${number}`);
    }
    await picture(page, 'reglages-hors-ligne');
    expect(await seriousFaults(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await picture(page, 'reglages-hors-ligne-sombre');
    expect(await seriousFaults(page)).toEqual([]);
    server.state.isUnreachable = false;
    await page.getByRole('heading', { name: 'File' }).waitFor({ timeout: 15_000 });
  }, 40_000);

  test('nothing of the API is kept on the device', async () => {
    const { page } = await stage.scene('/inbox/informations');
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    await page.reload();
    await page.getByText('Ce que l’assistant répondra').waitFor();
    const kept = await page.evaluate<string[]>(`(async () => {
      const names = await caches.keys();
      const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return all.flat().map(({ url }) => new URL(url).pathname).sort();
    })()`);
    expect(kept).toEqual(['/inbox/icon.svg', '/inbox/offline.css', '/inbox/offline.html', '/inbox/offline.js']);
  });

  test('the manifest can be installed: its icons are there, in the sizes that it says', async () => {
    const { page, server } = await stage.scene('/inbox/journal');
    const client = await page.context().newCDPSession(page);
    const { errors } = await client.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    const { installabilityErrors } = await client.send('Page.getInstallabilityErrors');
    expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
    expect(server.url).toMatch(/^http:\/\/localhost/);
  });

  test('what is loaded first stays small, and the pages of the settings come when they are asked for', () => {
    const files = join(builtInbox(), 'inbox');
    const html = readFileSync(join(files, 'index.html'), 'utf8');
    const first = [...html.matchAll(/assets\/[\w.-]+\.(?:js|css)/g)].map(([name]) => name);
    const size = [...new Set(first)].reduce((sum, name) => sum + gzipSync(readFileSync(join(files, name))).length, 0);
    expect(size).toBeLessThanOrEqual(220 * 1024);
    const chunks = readdirSync(join(files, 'assets')).filter((name) =>
      /^(facts|settings|weekly|audit|alarm)/.test(name),
    );
    expect(first.filter((name) => chunks.includes(name))).toEqual([]);
  });
});

/** Hands a push to the page's worker, as the browser's push service does. */
async function pusherFor(context: BrowserContext, page: Page, url: string): Promise<(data: string) => Promise<void>> {
  const client = await context.newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    client.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const own = registrations.find(({ scopeURL }) => scopeURL === `${url}/inbox`);
      if (own) resolve(own.registrationId);
    });
  });
  await client.send('ServiceWorker.enable');
  const registrationId = await registered;
  return async (data) => {
    await client.send('ServiceWorker.deliverPushMessage', { origin: url, registrationId, data });
  };
}
