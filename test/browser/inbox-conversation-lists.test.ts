import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { describeInBrowser } from '../support/browser-harness.js';
import { fillDesk, TALK } from '../support/inbox-queue-scenes.js';
import { type InboxStage, openInboxStage } from '../support/inbox-queue-stage.js';

describeInBrowser('the queue, what is past, and search', () => {
  let stage: InboxStage;
  beforeAll(async () => {
    stage = await openInboxStage();
  }, 120_000);
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  test('a list with headings: dangers, waits, what is to do, mine, the others', async () => {
    const { page } = await stage.scene(fillDesk);
    await page.getByText('Résident K3M8').waitFor();
    const headings = await page.locator('.queue-part > h2').allTextContents();
    expect(headings.map((text) => text.replace(/ \(\d+\)/, ''))).toEqual([
      'Danger signalé',
      'Quelqu’un attend',
      'À rappeler, à revoir',
      'Mes conversations',
      'Chez les collègues, mises de côté',
    ]);
    await page.getByRole('button', { name: 'Voir la première' }).click();
    await page.getByText('Les numéros 17 et 112 ont été montrés au résident.').waitFor();
    await page.getByRole('button', { name: 'Vu', exact: true }).click();
    await page.locator('.outcome', { hasText: 'Noté comme vu.' }).waitFor();
    expect(await page.locator('.banner').count()).toBe(0);
    expect(await page.locator('.queue-part > h2').first().textContent()).toContain('Quelqu’un attend');
  });

  test('a call-back to make shows whom to call, and « Fait » settles it', async () => {
    const { page } = await stage.scene(fillDesk, '/inbox/c/callback');
    await page.locator('.now').getByText('Rappel à faire').waitFor();
    expect(
      await page
        .locator('.now')
        .getByRole('link', { name: /06.12.34.56.78/ })
        .getAttribute('href'),
    ).toBe('tel:+33612345678');
    await page.locator('.now').getByRole('button', { name: 'Fait', exact: true }).click();
    await page.locator('.now').getByText('L’assistant (robot) répond à ce résident.').waitFor();
  });

  test('nobody waits: it says so, and how the alarm is set', async () => {
    const { page } = await stage.scene(() => undefined);
    await page.getByText('Personne n’attend.').waitFor();
    await page.getByText('Votre alarme est réglée : e-mail.').waitFor();
    expect(await page.getByRole('link', { name: 'Vérifier mon alarme' }).getAttribute('href')).toBe('/inbox/alarme');
  });

  test('past conversations come page by page', async () => {
    const { page } = await stage.scene(({ world }) => {
      for (let n = 1; n <= 5; n++) {
        world.add(
          {
            id: `p${n}`,
            pseudonym: `Résident P${n}`,
            status: 'closed',
            list: 'past',
            waitingSince: undefined as never,
          },
          TALK,
        );
      }
    }, '/inbox/passees');
    await page.getByText('Résident P2').waitFor();
    expect(await page.locator('.card').count()).toBe(2);
    await page.getByRole('button', { name: 'Voir les suivantes' }).click();
    await page.getByText('Résident P4').waitFor();
    await page.getByRole('button', { name: 'Voir les suivantes' }).click();
    await page.getByText('Il n’y en a pas d’autres.').waitFor();
    await page.getByText('Résident P5').click();
    await page.getByText('Cette conversation est terminée.').waitFor();
    await page.getByRole('button', { name: 'Rouvrir et prendre' }).click();
    await page.getByLabel('Votre réponse').waitFor();
  });

  test('search looks for a word, and never puts it in an address', async () => {
    const { page, inbox } = await stage.scene(fillDesk, '/inbox/recherche');
    const addresses: string[] = [];
    page.on('request', (request) => addresses.push(request.url()));
    await page.getByLabel('Mot à chercher').fill('bagarre');
    await page.keyboard.press('Enter');
    await page.getByText('1 message trouvé.').first().waitFor();
    expect(await page.locator('.card').count()).toBe(1);
    await page.getByLabel('Mot à chercher').fill('introuvable');
    await page.keyboard.press('Enter');
    await page.getByText('Aucune conversation ne contient ce mot.').first().waitFor();
    expect(addresses.join(' ')).not.toMatch(/bagarre|introuvable/);
    expect(inbox.calls.filter(({ path }) => path === '/search').length).toBe(2);
  });
});
