import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser-harness.js';
import { fakeReports } from '../support/inbox-browser-fake-reports.js';
import {
  type AuthScene,
  type AuthStage,
  NEW_PASSWORD,
  openAuthStage,
  PASSWORD,
  soon,
} from '../support/inbox-browser-stage.js';
import { type AccessScene, groupsOf, openAccessScene, readableBy } from '../support/inbox-report-access-scenes.js';

const TEST_MS = 120_000;
const KEY_MS = 60_000;

describeInBrowser('what becomes of the reports', () => {
  let stage: AuthStage;
  beforeAll(async () => {
    stage = await openAuthStage();
  }, 120_000);
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  /** The key is there: nothing asks for the password. */
  async function giveToMarie({ page, api, marie, ...scene }: AccessScene, reports: number): Promise<void> {
    await page.getByRole('link', { name: 'Donner l’accès : Marie Petit' }).click();
    await scene.compare('Marie Petit');
    await scene.button('Donner l’accès').click();
    await scene.heading('C’est fait').waitFor({ timeout: KEY_MS });
    expect(readableBy(api, marie)).toBe(reports);
  }

  /** By links of the page: a reload would lose the key. */
  async function toAccess({ page, heading }: AuthScene): Promise<void> {
    await page.getByRole('banner').getByRole('button', { name: 'Jean Martin' }).click();
    await page.getByRole('menuitem', { name: 'Mon compte' }).click();
    await page.getByRole('link', { name: 'Voir qui peut lire les signalements' }).click();
    await heading('Accès aux signalements').waitFor();
  }

  async function noteKey({ page, field, button, heading }: AuthScene): Promise<void> {
    await heading('Votre clé de secours').waitFor({ timeout: KEY_MS });
    const groups = await page.locator('main .recovery-key li > span:last-child').allTextContents();
    await button('J’ai noté ma clé').click();
    const asked = Number(/groupe (\d+)/.exec((await page.locator('main').textContent()) ?? '')?.[1]);
    await field(`Groupe ${asked}`).fill(groups[asked - 1] ?? '');
    await button('Vérifier').click();
  }

  async function signIn({ field, button }: AuthScene, password: string): Promise<void> {
    await field('Identifiant').fill('jean.martin');
    await field('Mot de passe').fill(password);
    await button('Se connecter').click();
  }

  const toast = (page: Page, words: string) => page.locator('.toast').getByText(words, { exact: false }).waitFor();

  test(
    'signing in opens them, with nothing more to give',
    async () => {
      const scene = await openAccessScene(stage, { reports: 2, path: '/inbox' });
      await scene.button('Verrouiller').click();
      await scene.button('Ce n’est pas moi').click();
      await signIn(scene, PASSWORD);
      await scene.page.getByRole('switch').first().waitFor({ timeout: KEY_MS });
      await toAccess(scene);
      await giveToMarie(scene, 2);
    },
    TEST_MS,
  );

  test(
    'after a recovery they open as before',
    async () => {
      const scene = await openAccessScene(stage, { reports: 2, path: '/inbox' });
      const { page, api, button, field, heading } = scene;
      await button('Verrouiller').click();
      await button('Ce n’est pas moi').click();
      await button('Mot de passe oublié').click();
      await page.getByText('Les signalements restent lisibles.', { exact: false }).waitFor();
      await page.getByText('Un collègue devra ensuite vous redonner l’accès', { exact: false }).waitFor();
      await field('Identifiant').fill('jean.martin');
      await field('Clé de secours').fill(stage.recoveryKey);
      await button('Continuer').click();
      await heading('Choisissez un nouveau mot de passe').waitFor();
      await field('Nouveau mot de passe').fill(NEW_PASSWORD);
      await button('Continuer').click();
      await noteKey(scene);
      await page.getByRole('switch').first().waitFor({ timeout: KEY_MS });
      expect(readableBy(api, scene.jean)).toBe(2);
      await toAccess(scene);
      await giveToMarie(scene, 2);
    },
    TEST_MS,
  );

  test(
    'a change of password keeps them open, and the new password opens them later',
    async () => {
      const scene = await openAccessScene(stage, { reports: 2, path: '/inbox/compte' });
      const { page, api, button, field, heading, marie } = scene;
      await page.getByText('les signalements restent lisibles', { exact: false }).waitFor();
      await button('Changer le mot de passe').click();
      await field('Mot de passe actuel').fill(PASSWORD);
      await field('Nouveau mot de passe').fill(NEW_PASSWORD);
      await button('Changer le mot de passe').click();
      await toast(page, 'Le mot de passe est changé.');
      await toAccess(scene);
      await giveToMarie(scene, 2);

      const reports = await fakeReports(1, [scene.jean]);
      api.reports.push(...reports);
      await page.goto(`${api.url}/inbox/signalements/acces/${marie.id}`);
      await scene.compare('Marie Petit');
      await button('Donner l’accès').click();
      await field('Mot de passe').fill(NEW_PASSWORD);
      await button('Ouvrir les signalements').click();
      await heading('C’est fait').waitFor({ timeout: KEY_MS });
      expect(readableBy(api, marie)).toBe(3);
    },
    TEST_MS,
  );

  test('suspending says what nobody will open any more, before it is done', async () => {
    const scene = await openAccessScene(stage, {
      reports: 3,
      mariesReports: 3,
      jeanReads: false,
      path: '/inbox/equipe',
    });
    const { page, api, button } = scene;
    await button('Actions pour Marie Petit').click();
    await page.getByRole('menuitem', { name: 'Suspendre le compte' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Suspendre le compte de Marie Petit ?' });
    await dialog.getByText('3 signalements ne s’ouvriront plus pour personne').waitFor();
    await dialog.getByText('Demandez d’abord à Marie Petit de donner l’accès', { exact: false }).waitFor();
    await dialog.getByText('Ses clés seront retirées des signalements', { exact: false }).waitFor();
    await dialog.getByRole('button', { name: 'Suspendre le compte' }).click();
    await toast(page, 'Le compte de Marie Petit est suspendu.');
    await page.goto(`${api.url}/inbox/signalements/acces`);
    await page.getByText('Plus personne ne peut ouvrir 3 signalements').waitFor();
    await page.getByText('Vous êtes seul à pouvoir lire').waitFor();
    expect(readableBy(api, scene.marie)).toBe(3);
  });

  test('suspending somebody whose reports others read loses none, and access is given anew afterwards', async () => {
    const scene = await openAccessScene(stage, { reports: 2, mariesReports: 2, path: '/inbox/equipe' });
    const { page, api, button, marie } = scene;
    await button('Actions pour Marie Petit').click();
    await page.getByRole('menuitem', { name: 'Suspendre le compte' }).click();
    const dialog = page.getByRole('alertdialog');
    await soon(() => api.calls.some(({ name }) => name === 'readReportAccess'));
    await dialog.getByRole('button', { name: 'Suspendre le compte' }).click();
    await toast(page, 'est suspendu');
    expect(await page.getByText(/plus pour personne/).count()).toBe(0);
    expect(readableBy(api, marie)).toBe(0);
    await button('Actions pour Marie Petit').click();
    await page.getByRole('menuitem', { name: 'Rétablir le compte' }).click();
    await toast(page, 'redonnez-lui l’accès');
    await page.getByRole('link', { name: 'Voir qui peut lire les signalements' }).click();
    await page.getByText('Il en manque 2').waitFor();
  });

  test('a link for new keys says what is lost, before it is made', async () => {
    const scene = await openAccessScene(stage, { reports: 4, mariesReports: 1, path: '/inbox/equipe' });
    scene.api.addAccount({ login: 'paul', displayName: 'Paul Roux', credentials: { ...scene.jean.credentials } });
    const { page, api, button } = scene;
    // Only Marie reads this one.
    api.reports.push(...(await fakeReports(1, [scene.marie])));
    await page.reload();
    await button('Actions pour Marie Petit').click();
    await page.getByRole('menuitem', { name: 'Nouveau mot de passe' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Nouveau mot de passe pour Marie Petit ?' });
    await dialog.getByText('1 signalement peut être perdu').waitFor();
    await dialog.getByText('Les signalements d’avant se ferment pour Marie Petit', { exact: false }).waitFor();
    await dialog.getByText('« Mot de passe oublié » suffit', { exact: false }).waitFor();
    await dialog.getByRole('button', { name: 'Garder' }).click();
    expect(api.invitations).toEqual([]);
  });

  test(
    'a link for new keys warns whoever opens it, shows the way that keeps all, and tells what is closed afterwards',
    async () => {
      const scene = await openAccessScene(stage, { reports: 3, mariesReports: 3, path: '/inbox' });
      const { api, page, jean, button, field, heading } = scene;
      const { token } = api.invite({ kind: 'reset', login: 'jean.martin', displayName: 'Jean Martin' });
      api.sessions.clear();
      await page.goto(`${api.url}/inbox/lien#${token}`);
      await page.getByText('Les signalements d’avant vont se fermer').waitFor();
      await page.getByText('seront perdus pour toujours', { exact: false }).waitFor();
      await page.getByRole('link', { name: 'J’ai ma clé de secours' }).click();
      await heading('Connexion').waitFor();

      await page.goto(`${api.url}/inbox/lien#${token}`);
      await field('Nouveau mot de passe').fill(NEW_PASSWORD);
      await button('Continuer').click();
      await noteKey(scene);
      await button('Plus tard').click();
      await toast(page, 'Vous ne pouvez pas encore lire 3 signalements d’avant.');
      expect(readableBy(api, jean)).toBe(0);
      await toAccess(scene);
      await page.getByText('Vous ne pouvez pas encore lire 3 signalements', { exact: true }).waitFor();
      await page.getByText(groupsOf(jean).join(' ')).waitFor();
    },
    TEST_MS,
  );

  test(
    'a new delegate is told what they cannot read yet, and a colleague gives it',
    async () => {
      const scene = await openAccessScene(stage, { reports: 3, mariesReports: 3, path: '/inbox' });
      const { api, page, context, button, field } = scene;
      const { token } = api.invite({ displayName: 'Paul Roux' });
      await context.clearCookies();
      await page.goto(`${api.url}/inbox/lien#${token}`);
      await page
        .getByText('Vos collègues doivent vous donner l’accès aux signalements d’avant.', { exact: false })
        .waitFor();
      await field('Mot de passe').fill(PASSWORD);
      await button('Continuer').click();
      await noteKey(scene);
      await button('Plus tard').click();
      await toast(page, 'Vous ne pouvez pas encore lire 3 signalements d’avant.');
      const paul = api.accounts.get('paul.roux');
      if (!paul) throw new Error('Nobody was enrolled');
      await page.goto(`${api.url}/inbox/compte`);
      await page.getByText('lisez ces six groupes à un collègue', { exact: false }).waitFor();

      const { token: session } = api.openSession(scene.jean);
      await context.addCookies([{ name: 'fake-session', value: session, url: api.url }]);
      await page.goto(`${api.url}/inbox/signalements/acces/${paul.id}`);
      await scene.compare('Paul Roux');
      await button('Donner l’accès').click();
      await scene.unlock();
      await page.getByText('Paul Roux peut maintenant lire 3 signalements sur 3.').waitFor({ timeout: KEY_MS });
      expect(readableBy(api, paul)).toBe(3);
    },
    TEST_MS,
  );
});
