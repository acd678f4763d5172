import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { describeInBrowser } from '../support/browser-harness.js';
import type { FakeApi } from '../support/inbox-browser-fake-api.js';
import {
  type AuthScene,
  type AuthStage,
  NEW_PASSWORD,
  openAuthStage,
  PASSWORD,
} from '../support/inbox-browser-stage.js';
import { soon } from '../support/soon.js';

describeInBrowser('the pages of accounts', () => {
  let stage: AuthStage;
  beforeAll(async () => {
    stage = await openAuthStage();
  }, 120_000);
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  const account = (isCoordinator = false) =>
    stage.scene({
      path: '/inbox/compte',
      isIn: true,
      prepare: (_, jean) => {
        jean().role = isCoordinator ? 'coordinator' : 'delegate';
      },
    });

  async function team(prepare?: (api: FakeApi) => void): Promise<AuthScene> {
    return stage.scene({
      path: '/inbox/equipe',
      isIn: true,
      prepare: (api, jean) => {
        const own = jean();
        own.role = 'coordinator';
        api.addAccount({ login: 'marie', displayName: 'Marie Petit', credentials: own.credentials });
        prepare?.(api);
      },
    });
  }

  test('a name and an address for the alarm are kept', async () => {
    const { api, page, field, button, faults } = await account();
    await field('Adresse e-mail d’alarme').fill('jean');
    await button('Enregistrer').click();
    await page.getByText('Cette adresse n’a pas la bonne forme.').waitFor();
    await field('Adresse e-mail d’alarme').fill('jean@exemple.fr');
    await field('Nom affiché').fill('Jean M.');
    await button('Enregistrer').click();
    await page.getByText('C’est enregistré.').waitFor();
    expect(api.accounts.get('jean.martin')).toMatchObject({ displayName: 'Jean M.', email: 'jean@exemple.fr' });
    await page.getByRole('banner').getByRole('button', { name: 'Jean M.' }).waitFor();
    await field('Adresse e-mail d’alarme').fill('');
    await button('Enregistrer').click();
    expect(faults).toEqual([]);
  });

  test('what is not saved is asked about before it is left', async () => {
    const { api, page, field, button } = await account();
    await field('Nom affiché').fill('Quelqu’un');
    await page.getByRole('link', { name: 'File' }).first().click();
    await page.getByRole('alertdialog', { name: 'Quitter sans enregistrer ?' }).waitFor();
    await button('Rester sur la page').click();
    expect(page.url()).toBe(`${api.url}/inbox/compte`);
    await page.getByRole('link', { name: 'File' }).first().click();
    await button('Quitter sans enregistrer').click();
    await page.waitForURL(`${api.url}/inbox`);
  });

  test('the password is changed with the old one, and the key goes with it', async () => {
    const { api, page, field, button } = await account();
    const before = api.accounts.get('jean.martin')?.credentials;
    await button('Changer le mot de passe').click();
    await field('Mot de passe actuel').fill('ce n’est pas lui');
    await field('Nouveau mot de passe').fill(NEW_PASSWORD);
    await button('Changer le mot de passe').click();
    await page.getByRole('alert').getByText('ne convient pas').waitFor();
    await field('Mot de passe actuel').fill(PASSWORD);
    await button('Changer le mot de passe').click();
    await page.getByText('Le mot de passe est changé.').waitFor();
    const after = api.accounts.get('jean.martin')?.credentials;
    expect(after?.authKey).not.toBe(before?.authKey);
    expect(after?.publicKey).toBe(before?.publicKey);
    expect(after?.recoveryWrappedPrivateKey).toBe(before?.recoveryWrappedPrivateKey);

    await button('Verrouiller').click();
    await field('Mot de passe').fill(NEW_PASSWORD);
    await button('Déverrouiller').click();
    await page.getByRole('heading', { name: 'Mon compte' }).waitFor();
    expect(await page.getByText('votre clé privée ne s’ouvre pas').count()).toBe(0);
  }, 60_000);

  test('the code is taken away with the password only', async () => {
    const scene = await stage.scene({
      path: '/inbox/compte',
      isIn: true,
      prepare: (_, jean) => {
        jean().hasSecondFactor = true;
      },
    });
    const { api, page } = scene;
    await scene.button('Retirer le code').click();
    const dialog = page.getByRole('dialog', { name: 'Retirer le code ?' });
    await dialog.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Retirer le code', exact: true }).click();
    await page.getByText('Le code est retiré.').waitFor();
    expect(api.accounts.get('jean.martin')?.hasSecondFactor).toBe(false);
  }, 30_000);

  test('another device is disconnected', async () => {
    const scene = await stage.scene({
      path: '/inbox/compte',
      isIn: true,
      prepare: (api, jean) => {
        api.openSession(jean(), 'Safari sur iPhone');
      },
    });
    await scene.button('Déconnecter Safari sur iPhone').click();
    await scene.page.getByText('Appareil déconnecté.').waitFor();
    await scene.page.getByText('Aucun autre appareil n’est connecté.').waitFor();
    expect(scene.api.sessions.size).toBe(1);
  });

  test('a colleague is invited by a link to copy', async () => {
    const { api, page, field, button, context, faults } = await team();
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await button('Inviter un collègue').click();
    await button('Créer le lien').click();
    await page.getByText('Écrivez son nom.').waitFor();
    await field('Son nom').fill('Paul Roux');
    await page.getByText('Répond aussi aux résidents.', { exact: false }).click();
    await button('Créer le lien').click();
    await page.getByRole('dialog', { name: 'Le lien est prêt' }).waitFor();
    await button('Copier le lien').click();
    await page.getByText('Lien copié.').waitFor();
    const [invitation] = api.invitations;
    expect(invitation).toMatchObject({ displayName: 'Paul Roux', role: 'coordinator' });
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(`${api.url}/inbox/lien#${invitation?.token}`);
    await button('Terminé').click();
    await page.getByText('Paul Roux').waitFor();
    await button('Annuler le lien de Paul Roux').click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Annuler le lien' }).click();
    await page.getByText('Aucun lien en attente.').waitFor();
    expect(faults).toEqual([]);
  });

  test('suspending an account is confirmed first: its keys go with it', async () => {
    const { api, page, button } = await team();
    const marie = api.accounts.get('marie');
    await button('Actions pour Marie Petit').click();
    await page.getByRole('menuitem', { name: 'Suspendre le compte' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Suspendre le compte de Marie Petit ?' });
    await dialog.getByText('Ce qui a été lu ne peut pas être oublié.').waitFor();
    await dialog.getByRole('button', { name: 'Garder' }).click();
    expect(marie?.isDisabled).toBe(false);
    await button('Actions pour Marie Petit').click();
    await page.getByRole('menuitem', { name: 'Suspendre le compte' }).click();
    await dialog.getByRole('button', { name: 'Suspendre le compte' }).click();
    await page.getByText('Le compte de Marie Petit est suspendu.').waitFor();
    await page.getByText('Suspendu', { exact: true }).waitFor();
    expect(marie?.isDisabled).toBe(true);
    expect(await button('Annuler').count()).toBe(0);
    await button('Actions pour Marie Petit').click();
    await page.getByRole('menuitem', { name: 'Rétablir le compte' }).click();
    await page.getByText('redonnez-lui l’accès', { exact: false }).waitFor();
    expect(marie?.isDisabled).toBe(false);
  });

  test('a new password is confirmed first, and makes a link', async () => {
    const { api, page, button } = await team();
    await button('Actions pour Marie Petit').click();
    await page.getByRole('menuitem', { name: 'Nouveau mot de passe' }).click();
    await page.getByRole('alertdialog', { name: 'Nouveau mot de passe pour Marie Petit ?' }).waitFor();
    await button('Créer le lien').click();
    await page.getByRole('dialog', { name: 'Le lien est prêt' }).waitFor();
    expect(api.invitations).toMatchObject([{ kind: 'reset', login: 'marie' }]);
  });

  test('one’s own account has no actions: nobody shuts themselves out', async () => {
    const { page, button } = await team();
    await page.getByRole('heading', { name: 'Jean Martin (vous)' }).waitFor();
    expect(await button('Actions pour Jean Martin').count()).toBe(0);
  });

  test('a delegate is told that the team’s page is not theirs', async () => {
    const { page } = await stage.scene({ path: '/inbox/equipe', isIn: true });
    await page.getByRole('heading', { name: 'Page réservée' }).waitFor();
    expect(await page.getByRole('navigation').getByRole('link', { name: 'Équipe' }).count()).toBe(0);
  });

  test('links, « back » and titles follow the pages, and the heading takes the focus', async () => {
    const { page, api } = await account(true);
    await page.getByRole('heading', { name: 'Mon compte' }).waitFor();
    await soon(async () => (await page.title()) === 'Mon compte · Permanence');
    await page.getByRole('link', { name: 'Équipe' }).first().click();
    await page.locator('h1:focus', { hasText: 'Équipe' }).waitFor();
    await soon(async () => (await page.title()) === 'Équipe · Permanence');
    expect(page.url()).toBe(`${api.url}/inbox/equipe`);
    await page.goBack();
    await page.locator('h1:focus', { hasText: 'Mon compte' }).waitFor();
    await page.goto(`${api.url}/inbox/nulle-part`);
    await page.getByRole('heading', { name: 'Page introuvable' }).waitFor();
  });

  test('availability is switched, and said', async () => {
    const { page, api } = await account();
    await page.getByText('Je suis disponible').click();
    await page.getByText('Vous n’êtes plus disponible.').waitFor();
    expect(api.accounts.get('jean.martin')?.isAvailable).toBe(false);
  });
});
