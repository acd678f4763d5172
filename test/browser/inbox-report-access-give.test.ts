import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { toBase64url } from '../../src/web/inbox/crypto/bytes.js';
import { makeKeyPair } from '../../src/web/inbox/crypto/key-pair.js';
import { describeInBrowser } from '../support/browser-harness.js';
import { fakeReports } from '../support/inbox-browser-fake-reports.js';
import { type AuthStage, openAuthStage, PASSWORD, soon } from '../support/inbox-browser-stage.js';
import {
  type AccessScene,
  type AccessSceneOptions,
  groupsOf,
  openAccessScene,
  readableBy,
} from '../support/inbox-report-access-scenes.js';

const TEST_MS = 120_000;
/** Keys are derived on the device: on a slow machine that takes seconds. */
const KEY_MS = 60_000;

describeInBrowser('a colleague gets access to the reports', () => {
  let stage: AuthStage;
  beforeAll(async () => {
    stage = await openAuthStage();
  }, 120_000);
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  const open = (options?: AccessSceneOptions): Promise<AccessScene> => openAccessScene(stage, options);

  async function toMarie(scene: AccessScene): Promise<void> {
    await scene.page.getByRole('link', { name: 'Donner l’accès : Marie Petit' }).click();
    await scene.heading('Donner l’accès à Marie Petit').waitFor();
  }

  test(
    'the page says who can read, and shows digits made from the key itself',
    async () => {
      const scene = await open({ reports: 4, mariesReports: 1 });
      const { page, marie, jean, faults } = scene;
      const rowOf = (name: string) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) });
      await rowOf('Jean Martin (vous)').getByText('Lit tout').waitFor();
      await rowOf('Jean Martin (vous)').getByText(groupsOf(jean).join(' ')).waitFor();
      await rowOf('Marie Petit').getByText('Peut lire 1 signalement sur 4.').waitFor();
      await rowOf('Marie Petit').getByText('Il en manque 3').waitFor();
      await rowOf('Marie Petit').getByText(groupsOf(marie).join(' ')).waitFor();
      expect(faults).toEqual([]);
    },
    TEST_MS,
  );

  test(
    'compare, open with the password, give, and see the result',
    async () => {
      const scene = await open({ reports: 130, mariesReports: 5 });
      const { api, page, marie, button, heading, faults } = scene;
      await toMarie(scene);
      await page.locator('h1:focus', { hasText: 'Donner l’accès à Marie Petit' }).waitFor();
      await page.getByText('Étape 1 sur 3').waitFor();
      await button('Donner l’accès').click();
      await page.getByRole('alert').getByText('Cochez d’abord les six groupes.').waitFor();
      expect(api.calls.map(({ name }) => name)).not.toContain('readMissingKeys');

      await scene.compare('Marie Petit');
      await button('Donner l’accès').click();
      await page.locator('h2:focus', { hasText: 'Donnez l’accès' }).waitFor();
      await scene.unlock();
      await heading('C’est fait').waitFor({ timeout: KEY_MS });
      await page.getByText('Marie Petit peut maintenant lire 130 signalements sur 130.').waitFor();
      expect(readableBy(api, marie)).toBe(130);
      await page.getByRole('link', { name: 'Revenir à la liste' }).click();
      await page.locator('h1:focus', { hasText: 'Accès aux signalements' }).waitFor();
      await soon(async () => (await page.getByText('Lit tout', { exact: true }).count()) === 2);
      expect(faults).toEqual([]);
    },
    TEST_MS,
  );

  test(
    'neither the password nor a private key leaves the page',
    async () => {
      const scene = await open({ reports: 2 });
      await toMarie(scene);
      await scene.compare('Marie Petit');
      await scene.button('Donner l’accès').click();
      await scene.unlock();
      await scene.heading('C’est fait').waitFor({ timeout: KEY_MS });
      const sent = scene.api.calls.map(({ text }) => text).join('\n');
      expect(sent).not.toContain(PASSWORD);
      // The key opens on the device: the server is not even asked.
      expect(scene.api.calls.map(({ name }) => name)).not.toContain('unlockSession');
      const kept = await scene.page.evaluate<string>(
        'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state])',
      );
      expect(kept).not.toContain(PASSWORD);
    },
    TEST_MS,
  );

  test(
    'the list of reports asks for the password, then tells who waits for access',
    async () => {
      const scene = await open({ reports: 5, mariesReports: 1, path: '/inbox/signalements' });
      const { api, page, jean, marie, heading, faults } = scene;
      await page.locator('input[autocomplete=current-password]:focus').waitFor();
      await scene.unlock();
      await page.locator('main:focus').waitFor({ timeout: KEY_MS });
      await page.getByText('Marie Petit ne peut pas encore lire 4 signalements.').waitFor();
      await page.getByRole('link', { name: 'Lui donner l’accès : Marie Petit' }).click();
      await heading('Comparez l’empreinte').waitFor();
      expect(page.url()).toBe(`${api.url}/inbox/signalements/acces/${marie.id}`);

      api.reports[0]?.sealedTo.delete(jean.credentials.publicKey);
      await page.getByRole('link', { name: 'Signalements' }).first().click();
      await page.getByText('Vous ne pouvez pas encore lire 1 signalement.').waitFor();
      await page.getByRole('link', { name: 'Comment faire' }).click();
      await heading('Accès aux signalements').waitFor();
      expect(faults).toEqual([]);
    },
    TEST_MS,
  );

  test(
    'by the keyboard alone',
    async () => {
      const scene = await open({ reports: 1 });
      const { page, heading } = scene;
      await page.getByRole('link', { name: 'Donner l’accès : Marie Petit' }).press('Enter');
      await page.locator('h1:focus', { hasText: 'Donner l’accès' }).waitFor();
      await page.getByRole('group', { name: 'Empreinte de Marie Petit' }).waitFor();
      for (let group = 1; group <= 6; group += 1) {
        await page.keyboard.press('Tab');
        expect(await page.locator(':focus').getAttribute('aria-label')).toMatch(new RegExp(`^Groupe ${group} : `));
        await page.keyboard.press('Space');
      }
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.locator('h2:focus', { hasText: 'Donnez l’accès' }).waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.type(PASSWORD);
      await page.keyboard.press('Enter');
      await heading('C’est fait').waitFor({ timeout: KEY_MS });
    },
    TEST_MS,
  );

  test(
    'a group that is different leads away from giving anything',
    async () => {
      const scene = await open();
      const { api, page, button, heading } = scene;
      await toMarie(scene);
      await button('Un groupe est différent').click();
      await page.locator('h2:focus', { hasText: 'Ne donnez pas l’accès' }).waitFor();
      expect(await button('Donner l’accès').count()).toBe(0);
      await button('Comparer de nouveau').click();
      await heading('Comparez l’empreinte').waitFor();
      expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(0);
      expect(api.calls.map(({ name }) => name)).not.toContain('grantKeys');
    },
    TEST_MS,
  );

  test(
    'a key that changed meanwhile gets nothing, and is to be compared again',
    async () => {
      const scene = await open({ reports: 3 });
      const { api, page, marie, button, heading } = scene;
      await toMarie(scene);
      const before = groupsOf(marie);
      await scene.compare('Marie Petit');
      marie.credentials = { ...marie.credentials, publicKey: `${'A'.repeat(42)}E` };
      await button('Donner l’accès').click();
      await scene.unlock();
      await page.getByText('La clé de Marie Petit a changé entre-temps.').waitFor({ timeout: KEY_MS });
      await heading('Comparez l’empreinte').waitFor();
      expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(0);
      const shown = page.getByRole('group', { name: 'Empreinte de Marie Petit' });
      await shown.getByText(groupsOf(marie)[0] ?? '').waitFor();
      expect(await shown.getByText(before[0] ?? '').count()).toBe(0);
      expect(readableBy(api, marie)).toBe(0);
    },
    TEST_MS,
  );

  test(
    'stopped in the middle, it goes on with what is left',
    async () => {
      const scene = await open({ reports: 90 });
      const { api, page, marie, button, heading } = scene;
      const { promise: isHeld, resolve: hold } = Promise.withResolvers<void>();
      const { promise: isStopped, resolve: letGo } = Promise.withResolvers<void>();
      let calls = 0;
      await page.route('**/grants', async (route) => {
        calls += 1;
        if (calls === 2) {
          hold();
          await isStopped;
          return route.abort();
        }
        return route.continue();
      });
      await toMarie(scene);
      await scene.compare('Marie Petit');
      await button('Donner l’accès').click();
      await scene.unlock();
      await isHeld;
      await page.getByText('40 sur 90 signalements').waitFor();
      await button('Arrêter').click();
      letGo();
      await page.getByText('40 signalements sont déjà donnés.', { exact: false }).waitFor();
      expect(readableBy(api, marie)).toBe(40);
      await button('Continuer').click();
      await heading('C’est fait').waitFor({ timeout: KEY_MS });
      expect(readableBy(api, marie)).toBe(90);
    },
    TEST_MS,
  );

  test(
    'a line that is cut is told, and what was given stays given',
    async () => {
      const scene = await open({ reports: 60 });
      const { api, page, marie, context, button, heading } = scene;
      let calls = 0;
      await page.route('**/grants', async (route) => {
        calls += 1;
        if (calls === 2) return route.abort();
        return route.continue();
      });
      await toMarie(scene);
      await scene.compare('Marie Petit');
      await button('Donner l’accès').click();
      await scene.unlock();
      await page.getByRole('alert').getByText('La connexion est coupée').waitFor({ timeout: KEY_MS });
      await page.getByText('40 signalements sont déjà donnés. Vous pouvez continuer.').waitFor();
      await context.unroute('**/grants');
      await button('Continuer').click();
      await heading('C’est fait').waitFor({ timeout: KEY_MS });
      expect(readableBy(api, marie)).toBe(60);
    },
    TEST_MS,
  );

  test(
    'a stored key that is damaged is told, and the others are given',
    async () => {
      const scene = await open({ reports: 3 });
      const { api, page, jean, marie, button, heading } = scene;
      api.reports[0]?.sealedTo.set(jean.credentials.publicKey, 'A'.repeat(107));
      await toMarie(scene);
      await scene.compare('Marie Petit');
      await button('Donner l’accès').click();
      await scene.unlock();
      await heading('C’est fait').waitFor({ timeout: KEY_MS });
      await page.getByText('1 clé enregistrée ne s’ouvre pas', { exact: false }).waitFor();
      expect(readableBy(api, marie)).toBe(2);
    },
    TEST_MS,
  );

  test(
    'a wrong password is told in the panel, and a lock ends it all',
    async () => {
      const scene = await open({ reports: 2 });
      const { page, button, field, heading } = scene;
      await toMarie(scene);
      await scene.compare('Marie Petit');
      await button('Donner l’accès').click();
      await button('Ouvrir les signalements').click();
      await page.getByText('Écrivez votre mot de passe.').waitFor();
      await field('Mot de passe').fill('pas le bon mot');
      await button('Ouvrir les signalements').click();
      await page.getByRole('alert').getByText('Ce mot de passe ne convient pas.').waitFor({ timeout: KEY_MS });
      await page.locator('input[autocomplete=current-password]:focus').waitFor();
      await button('Verrouiller').click();
      await heading('Session verrouillée').waitFor();
      await field('Mot de passe').fill(PASSWORD);
      await button('Déverrouiller').click();
      // The comparison is to be made again; the key is there.
      await heading('Comparez l’empreinte').waitFor({ timeout: KEY_MS });
      await scene.compare('Marie Petit');
      await button('Donner l’accès').click();
      await heading('C’est fait').waitFor({ timeout: KEY_MS });
    },
    TEST_MS,
  );

  test(
    'what a colleague has given shows by itself, though no report has changed',
    async () => {
      const { api, page, jean } = await open({ reports: 3, mariesReports: 3, jeanReads: false });
      const news = { unread: 0, overdue: 0, changedAt: 5 };
      const readings = () => api.calls.filter(({ name }) => name === 'readReportAccess').length;
      const before = readings();
      await soon(() => {
        api.tell('reports', news);
        return readings() > before;
      });
      await page.getByText('Vous ne pouvez pas encore lire 3 signalements').waitFor();
      for (const { sealedTo } of api.reports) sealedTo.set(jean.credentials.publicKey, 'A'.repeat(107));
      api.tell('reports', news);
      await page.getByText('Vous ne pouvez pas encore lire 3 signalements').waitFor({ state: 'detached' });
    },
    TEST_MS,
  );

  test(
    'whoever has nothing to give is told what to do, and so after having tried',
    async () => {
      const scene = await open({ reports: 3, mariesReports: 3, jeanReads: false });
      const { page, api, marie, jean, button, heading } = scene;
      await page.getByText('Vous ne pouvez pas encore lire 3 signalements').waitFor();
      await page.getByText('Vos collègues doivent vous donner l’accès').waitFor();
      // One that neither of them opens: each may hold a part that the other lacks, so both may try.
      const publicKey = toBase64url((await makeKeyPair()).publicKey);
      const paul = api.addAccount({ login: 'paul', credentials: { ...jean.credentials, publicKey } });
      api.reports.push(...(await fakeReports(1, [paul])));
      await page.reload();
      await toMarie(scene);
      await scene.compare('Marie Petit');
      await button('Donner l’accès').click();
      await scene.unlock();
      await heading('C’est fait').waitFor({ timeout: KEY_MS });
      await page.getByText('Il n’y a rien à donner', { exact: false }).waitFor();
      await page.getByText('1 signalement reste fermé', { exact: false }).waitFor();
      expect(readableBy(api, marie)).toBe(3);
      await page.goto(`${api.url}/inbox/signalements/acces/nobody`);
      await page.getByText('Ce collègue n’a plus de compte actif.').waitFor();
    },
    TEST_MS,
  );
});
