import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser, LIVE_VIEWPORTS, picture, seriousFaults } from '../support/browser-harness.js';
import { type AuthStage, openAuthStage, PASSWORD } from '../support/inbox-browser-stage.js';

describeInBrowser('the pages around accounts can be used by everybody', () => {
  let stage: AuthStage;
  beforeAll(async () => {
    stage = await openAuthStage();
  }, 120_000);
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  async function check(page: Page, name: string): Promise<void> {
    await page.evaluate('document.fonts.ready');
    await picture(page, `inbox-auth-${name}`);
    expect(await seriousFaults(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await smallTargets(page)).toEqual([]);
  }

  test.each(LIVE_VIEWPORTS)(
    'an invitation at $name',
    async ({ name, options }) => {
      const { api, page, field, button, heading, faults } = await stage.scene({
        ...options,
        path: '/inbox/lien',
        prepare: (fake) => fake.invite({ displayName: 'Marie-Françoise Petit' }),
      });
      await check(page, `${name}-01-no-link`);
      await page.goto(`${api.url}/inbox/lien#${api.invitations[0]?.token}`);
      await field('Mot de passe').fill('motdepasse2026');
      await button('Continuer').click();
      await check(page, `${name}-02-form`);
      await field('Mot de passe').fill(PASSWORD);
      await button('Continuer').click();
      await heading('Votre clé de secours').waitFor();
      await check(page, `${name}-03-key`);
      const groups = await page.locator('main .recovery-key li > span:last-child').allTextContents();
      await button('J’ai noté ma clé').click();
      await page.getByLabel(/^Groupe \d+$/).fill('00000');
      await button('Vérifier').click();
      await check(page, `${name}-04-group`);
      const asked = Number(/groupe (\d+)/.exec((await page.locator('main').textContent()) ?? '')?.[1]);
      await field(`Groupe ${asked}`).fill(groups[asked - 1] ?? '');
      await button('Vérifier').click();
      await button('Activer le code').waitFor();
      await check(page, `${name}-05-offer`);
      await button('Activer le code').click();
      await page.getByRole('img', { name: /code QR/ }).waitFor();
      await check(page, `${name}-06-factor`);
      expect(faults).toEqual([]);
    },
    90_000,
  );

  test.each(LIVE_VIEWPORTS)(
    'signing in, and inside, at $name',
    async ({ name, options }) => {
      const { page, field, button, heading, api, faults } = await stage.scene({
        ...options,
        prepare: (fake, jean) => {
          const own = jean();
          Object.assign(own, { role: 'coordinator', email: 'jean.martin@exemple.fr' });
          const { credentials } = own;
          fake.addAccount({
            login: 'marie.petit',
            displayName: 'Marie-Françoise Petit',
            credentials,
            isDisabled: true,
          });
          fake.openSession(own, 'Safari sur iPhone');
          fake.invite({ displayName: 'Paul Roux' });
        },
      });
      await heading('Connexion').waitFor();
      await check(page, `${name}-10-sign-in`);
      await field('Identifiant').fill('jean.martin');
      await field('Mot de passe').fill('pas le bon');
      await button('Se connecter').click();
      await page.getByRole('alert').getByText('ne convient pas').waitFor();
      await check(page, `${name}-11-wrong`);
      await button('Mot de passe oublié').click();
      await field('Clé de secours').fill('ABCDE FGHJK');
      await button('Continuer').click();
      await check(page, `${name}-12-recover`);
      await button('Revenir à la connexion').click();
      await field('Mot de passe').fill(PASSWORD);
      await button('Se connecter').click();
      await page.getByRole('switch').first().waitFor();
      await check(page, `${name}-13-queue`);
      await page.goto(`${api.url}/inbox/compte`);
      await page.getByText('Safari sur iPhone').waitFor();
      await check(page, `${name}-14-account`);
      await page
        .locator('.content')
        .evaluate((content: { scrollTo(x: number, y: number): void }) => content.scrollTo(0, 900));
      await check(page, `${name}-15-account-more`);
      await page.goto(`${api.url}/inbox/equipe`);
      await button('Actions pour Marie-Françoise Petit').waitFor();
      await check(page, `${name}-16-team`);
      await button('Actions pour Marie-Françoise Petit').click();
      await page.getByRole('menuitem').first().waitFor();
      await check(page, `${name}-17-menu`);
      await page.keyboard.press('Escape');
      await button('Inviter un collègue').click();
      await field('Son nom').fill('Paul');
      await check(page, `${name}-18-invite`);
      await button('Créer le lien').click();
      await page.getByRole('dialog', { name: 'Le lien est prêt' }).waitFor();
      await check(page, `${name}-19-link`);
      await button('Terminé').click();
      if ((options.viewport?.width ?? 0) < 1000) {
        await page.getByRole('button', { name: 'Menu' }).click();
        await page.getByRole('dialog', { name: 'Menu' }).waitFor();
        await check(page, `${name}-20-drawer`);
      }
      await button('Verrouiller').click();
      await heading('Session verrouillée').waitFor();
      await check(page, `${name}-21-locked`);
      expect(faults).toEqual([]);
    },
    120_000,
  );

  test('letters twice as large lose nothing', async () => {
    const { page, heading } = await stage.scene({ path: '/inbox/compte', isIn: true });
    await heading('Mon compte').waitFor();
    await page.evaluate('document.documentElement.style.fontSize = "200%"');
    await picture(page, 'inbox-auth-200-percent');
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  });

  test('forced colours keep what is on apart from what is off', async () => {
    const { page, heading } = await stage.scene({ path: '/inbox/compte', isIn: true, forcedColors: 'active' });
    await heading('Mon compte').waitFor();
    await picture(page, 'inbox-auth-forced-colors');
    const colours = await page.evaluate<string[]>(
      `['.switch-track', '.switch-thumb'].map((part) => getComputedStyle(document.querySelector(part)).backgroundColor)`,
    );
    expect(new Set(colours).size).toBe(2);
  });
});

/** How far something is wider than what shows of it. */
function overflow(page: Page): Promise<number> {
  return page.evaluate<number>(`Math.max(...[document.scrollingElement,
    ...document.querySelectorAll('.content, .dialog, .lone, .header, .phone-bar')
  ].map((element) => element.scrollWidth - element.clientWidth))`);
}

/** What is to be pressed and is smaller than a thumb, but for links within a sentence. */
function smallTargets(page: Page): Promise<readonly string[]> {
  return page.evaluate<string[]>(`[...document.querySelectorAll(
    'button:not([tabindex="-1"]), input:not(.visually-hidden):not([type=checkbox]):not([type=radio]), textarea, [role=menuitem], .switch, .radio, nav a')]
    .filter((element) => element.checkVisibility() && !element.closest('.visually-hidden, [data-react-aria-hidden]'))
    .filter((element) => { const box = element.getBoundingClientRect(); return box.width > 1 && (box.width < 44 || box.height < 44); })
    .map((element) => element.outerHTML.slice(0, 120))`);
}
