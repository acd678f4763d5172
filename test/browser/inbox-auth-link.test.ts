import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { describeInBrowser } from '../support/browser-harness.js';
import { RIGHT_CODE } from '../support/inbox-browser-fake-accounts.js';
import {
  type AuthScene,
  type AuthStage,
  NEW_PASSWORD,
  openAuthStage,
  PASSWORD,
} from '../support/inbox-browser-stage.js';

describeInBrowser('a link of the delegates’ page', () => {
  let stage: AuthStage;
  beforeAll(async () => {
    stage = await openAuthStage();
  }, 120_000);
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  /** From the form to the account; returns the recovery key that was shown. */
  async function noteKey({ page, field, button, heading }: AuthScene): Promise<readonly string[]> {
    await heading('Votre clé de secours').waitFor();
    const groups = await page.locator('main .recovery-key li > span:last-child').allTextContents();
    await button('J’ai noté ma clé').click();
    const asked = Number(/groupe (\d+)/.exec((await page.locator('main').textContent()) ?? '')?.[1]);
    await field(`Groupe ${asked}`).fill((groups[asked - 1] ?? '').toLowerCase());
    await button('Vérifier').click();
    return groups;
  }

  async function fillForm({ field, button }: AuthScene, password = PASSWORD): Promise<void> {
    await field('Mot de passe').fill(password);
    await button('Continuer').click();
  }

  test('makes an account: name, password, recovery key, code, queue', async () => {
    const scene = await stage.scene({
      path: '/inbox/lien',
      prepare: (api) => api.invite({ kind: 'setup', role: 'coordinator' }),
    });
    const { api, page, field, button, heading, faults } = scene;
    const token = api.invitations[0]?.token ?? '';
    await page.goto(`${api.url}/inbox/lien#${token}`);
    await heading('Bienvenue').waitFor();
    expect(page.url()).toBe(`${api.url}/inbox/lien`);

    await field('Nom affiché').fill('Élodie N’Guyen');
    expect(await field('Identifiant').inputValue()).toBe('elodie.n.guyen');
    await fillForm(scene);
    expect(await noteKey(scene)).toHaveLength(13);

    await heading('Un code en plus du mot de passe').waitFor();
    expect(api.accounts.get('elodie.n.guyen')).toMatchObject({ displayName: 'Élodie N’Guyen', role: 'coordinator' });
    await button('Activer le code').click();
    await page.getByRole('img', { name: 'Carré à photographier (code QR)' }).waitFor();
    await field('Code à six chiffres').fill('000000');
    await button('Activer').click();
    await page.getByRole('alert').getByText('Ce code à six chiffres ne convient pas').waitFor();
    await field('Code à six chiffres').fill(RIGHT_CODE);
    await button('Activer').click();
    await page.getByRole('navigation').getByRole('link', { name: 'File' }).first().waitFor();
    expect(page.url()).toBe(`${api.url}/inbox`);
    expect(api.accounts.get('elodie.n.guyen')?.hasSecondFactor).toBe(true);
    expect(faults).toEqual([]);
  }, 60_000);

  test('sends neither the password nor the recovery key', async () => {
    const scene = await stage.scene({ path: '/inbox/lien', prepare: (api) => api.invite({ displayName: 'Marie' }) });
    await openLink(scene);
    await fillForm(scene);
    const groups = await noteKey(scene);
    await scene.button('Plus tard').click();
    await scene.page.getByRole('navigation').first().waitFor();
    const sent = scene.api.calls.map(({ text }) => text).join('\n');
    expect(sent).not.toContain(PASSWORD);
    for (const group of groups) expect(sent).not.toContain(group);
    const kept = await scene.page.evaluate<string>(
      'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, history.state])',
    );
    expect(kept).not.toContain(PASSWORD);
    expect(kept).not.toContain(groups[0]);
  }, 60_000);

  test('that the account is ready is said until the reader goes elsewhere', async () => {
    const scene = await stage.scene({ path: '/inbox/lien', prepare: (api) => api.invite({ displayName: 'Marie' }) });
    const { page, button, heading } = scene;
    await openLink(scene);
    await fillForm(scene);
    await noteKey(scene);
    await button('Plus tard').waitFor();
    await page.clock.pauseAt(Date.now() + 60_000);
    await button('Plus tard').click();
    const words = page.getByText('Votre compte est prêt.');
    await words.waitFor();
    await page.getByRole('link', { name: 'Mon alarme' }).first().click();
    await heading('Mon alarme').waitFor();
    await words.waitFor({ state: 'detached' });
  }, 60_000);

  test('a group that is not right is refused, and the key can be seen again', async () => {
    const scene = await stage.scene({ path: '/inbox/lien', prepare: (api) => api.invite({ displayName: 'Marie' }) });
    const { page, button, heading } = scene;
    await openLink(scene);
    await fillForm(scene);
    await button('J’ai noté ma clé').click();
    await page.getByLabel(/^Groupe \d+$/).fill('00000');
    await button('Vérifier').click();
    await page.getByText('Ce n’est pas ce groupe.').waitFor();
    await page
      .getByLabel(/^Groupe \d+$/)
      .and(page.locator(':focus'))
      .waitFor();
    expect(scene.api.accounts.size).toBe(0);
    await button('Revoir la clé').click();
    await heading('Votre clé de secours').waitFor();
  }, 60_000);

  test('a login that is taken is asked for again, and the keys are kept', async () => {
    const scene = await stage.scene({
      path: '/inbox/lien',
      prepare: (api, jean) => {
        jean();
        api.invite({ displayName: 'Jean Martin' });
      },
    });
    const { api, page, field, button, heading } = scene;
    await openLink(scene);
    await fillForm(scene, NEW_PASSWORD);
    await noteKey(scene);
    await heading('Choisissez un autre identifiant').waitFor();
    await page.getByRole('alert').getByText('Cet identifiant est déjà pris').waitFor();
    await field('Identifiant').fill('jean.martin2');
    await button('Créer le compte').click();
    await heading('Un code en plus du mot de passe').waitFor();
    expect(api.accounts.has('jean.martin2')).toBe(true);
  }, 60_000);

  test('an answer lost on the way does not shut out whoever was just enrolled', async () => {
    const scene = await stage.scene({ path: '/inbox/lien', prepare: (api) => api.invite({ displayName: 'Marie' }) });
    await scene.page.route('**/invitations/accept', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await openLink(scene);
    await fillForm(scene);
    await noteKey(scene);
    await scene.page.getByRole('alert').getByText('La connexion est coupée').waitFor();
    await scene.page.unroute('**/invitations/accept');
    await scene.button('Vérifier').click();
    await scene.heading('Un code en plus du mot de passe').waitFor();
    expect(scene.api.calls.map(({ name }) => name)).toEqual(expect.arrayContaining(['acceptInvitation', 'logIn']));
  }, 60_000);

  test('an answer lost on the way, with a second factor: the new password is there, and says so', async () => {
    const scene = await stage.scene({
      path: '/inbox/lien',
      prepare: (api, jean) => {
        const { login, displayName } = Object.assign(jean(), { hasSecondFactor: true });
        api.invite({ kind: 'reset', login, displayName });
      },
    });
    await scene.page.route('**/invitations/accept', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await openLink(scene);
    await scene.field('Nouveau mot de passe').fill(NEW_PASSWORD);
    await scene.button('Continuer').click();
    await noteKey(scene);
    await scene.page.getByRole('alert').getByText('La connexion est coupée').waitFor();
    await scene.page.unroute('**/invitations/accept');
    await scene.button('Vérifier').click();
    await scene.page.getByText('Votre nouveau mot de passe est enregistré : connectez-vous.').waitFor();
    await scene.button('Aller à la connexion').click();
    await scene.heading('Connexion').waitFor();
    await scene.field('Identifiant').fill('jean.martin');
    await scene.field('Mot de passe').fill(NEW_PASSWORD);
    await scene.button('Se connecter').click();
    await scene.heading('Votre code').waitFor();
  }, 60_000);

  test('for a new password asks for the password only', async () => {
    const scene = await stage.scene({
      path: '/inbox/lien',
      prepare: (api, jean) => {
        const { login, displayName } = jean();
        api.invite({ kind: 'reset', login, displayName });
      },
    });
    await openLink(scene);
    await scene.heading('Nouveau mot de passe').waitFor();
    expect(await scene.field('Nom affiché').count()).toBe(0);
    expect(await scene.field('Identifiant').getAttribute('readonly')).not.toBeNull();
    await scene.field('Nouveau mot de passe').fill(NEW_PASSWORD);
    await scene.button('Continuer').click();
    await noteKey(scene);
    await scene.heading('Un code en plus du mot de passe').waitFor();
  }, 60_000);

  test.each([
    ['#', 'Ce lien n’est pas complet.'],
    ['#abc', 'Ce lien n’est pas complet.'],
    [`#${'A'.repeat(43)}`, 'Ce lien n’est plus valable.'],
  ])('that is %s says so, with a way out', async (hash, words) => {
    const { page, api } = await stage.scene({ path: `/inbox/lien${hash}` });
    await page.getByText(words).waitFor();
    await page.getByRole('link', { name: 'Aller à la connexion' }).click();
    await page.getByRole('heading', { name: 'Connexion' }).waitFor();
    expect(page.url()).toBe(`${api.url}/inbox`);
  });

  test.each([
    ['court', 'trop court'],
    ['motdepasse2026', 'trop facile à deviner'],
  ])('refuses the password « %s »', async (password, words) => {
    const scene = await stage.scene({ path: '/inbox/lien', prepare: (api) => api.invite({ displayName: 'Marie' }) });
    await openLink(scene);
    await fillForm(scene, password);
    await scene.page.locator('.field-error').getByText(words).waitFor();
    await scene.page.locator('input[autocomplete=new-password]:focus').waitFor();
  });

  test('the printed sheet has the key and nothing else', async () => {
    const scene = await stage.scene({ path: '/inbox/lien', prepare: (api) => api.invite({ displayName: 'Marie' }) });
    await openLink(scene);
    await fillForm(scene);
    await scene.heading('Votre clé de secours').waitFor();
    await scene.page.emulateMedia({ media: 'print' });
    expect(await scene.page.locator('.print-sheet .recovery-key li:visible').count()).toBe(13);
    expect(await scene.page.locator('main').isVisible()).toBe(false);
    expect(await scene.page.locator('.print-sheet').textContent()).toContain('Identifiant : marie');
  }, 60_000);

  async function openLink({ api, page, field }: AuthScene): Promise<void> {
    await page.goto(`${api.url}/inbox/lien#${api.invitations[0]?.token}`);
    await field(/^(Mot de passe|Nouveau mot de passe)$/).waitFor();
  }
});
