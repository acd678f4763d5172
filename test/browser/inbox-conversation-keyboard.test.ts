import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser, inPage } from '../support/browser-harness.js';
import { holdClock, letClockGo } from '../support/e2e-inbox-hold.js';
import { ME } from '../support/inbox-queue-builders.js';
import { fillDesk, TALK } from '../support/inbox-queue-scenes.js';
import { type InboxStage, openInboxStage } from '../support/inbox-queue-stage.js';

const focused = (page: Page): Promise<string> =>
  page.evaluate(
    inPage<string>(
      '(document.activeElement.textContent || document.activeElement.id || document.activeElement.tagName).trim()',
    ),
  );
const composer = (page: Page) => page.getByLabel('Votre réponse');
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

describeInBrowser('by the keyboard alone', () => {
  let stage: InboxStage;
  beforeAll(async () => {
    stage = await openInboxStage();
  }, 120_000);
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  test('the queue is walked, a conversation taken, answered and given back', async () => {
    const { page, inbox } = await stage.scene(({ world }) => world.add({ id: 'c1' }, TALK));
    await page.getByRole('link', { name: /Résident B7K2/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Prendre', exact: true }).waitFor();
    await page.locator('h1:focus', { hasText: 'Résident B7K2' }).waitFor();
    await tabTo(page, 'Prendre');
    await page.keyboard.press('Enter');
    await composer(page).waitFor();
    await page.locator('textarea:focus').waitFor();
    await page.keyboard.type('Bonjour,');
    await page.keyboard.press('Enter');
    await page.keyboard.type('je vous écoute.');
    expect(await composer(page).inputValue()).toBe('Bonjour,\nje vous écoute.');
    await holdClock(page);
    await page.keyboard.press('Control+Enter');
    await page.getByText('Envoi dans').waitFor();
    expect(await page.evaluate(inPage<string>('document.activeElement.tagName'))).toBe('TEXTAREA');
    await letClockGo(page);
    await tabTo(page, 'Rendre au robot');
    await page.keyboard.press('Enter');
    await page.locator('.outcome', { hasText: 'Conversation rendue au robot.' }).waitFor();
    expect(inbox.world.conversations.get('c1')?.card.status).toBe('bot');
  });

  test('« / » opens the replies: typed to be found, Enter inserts, placeholders stay', async () => {
    const { page } = await stage.scene(
      ({ world }) => world.add({ id: 'c1', status: 'assigned', holder: ME, waitingSince: undefined as never }, TALK),
      '/inbox/c/c1',
    );
    await composer(page).focus();
    await page.keyboard.type('Bonjour. 24/11 ');
    await page.keyboard.press('Enter');
    await page.keyboard.type('/');
    await page.getByRole('dialog', { name: 'Réponses prêtes' }).waitFor();
    await page.getByRole('option').first().waitFor();
    await page.keyboard.type('rendez');
    await page.getByRole('option', { name: /Remercier/ }).waitFor({ state: 'detached' });
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await composer(page).inputValue()).toBe('Bonjour. 24/11 \nPouvez-vous passer le [jour] à [heure] ?');
    await page.locator('textarea:focus').waitFor();
  });

  test('single keys move, take, note and help, are quiet while one types, and can be turned off', async () => {
    const { page } = await stage.scene(fillDesk);
    await page.getByText('Résident K3M8').waitFor();
    await page.keyboard.press('j');
    await heading(page, 'Résident K3M8').waitFor();
    await page.keyboard.press('j');
    await heading(page, 'Résident B7K2').waitFor();
    await page.keyboard.press('k');
    await heading(page, 'Résident K3M8').waitFor();
    await page.keyboard.press('j');
    await page.getByText('Ce résident attend').waitFor();
    await page.keyboard.press('t');
    await composer(page).waitFor();
    await page.locator('textarea:focus').waitFor();
    await page.keyboard.type('jkn?');
    expect(await composer(page).inputValue()).toBe('jkn?');
    await page.getByRole('button', { name: 'Détails', exact: true }).focus();
    await page.keyboard.press('n');
    await page.locator('#note:focus').waitFor();
    await page.getByRole('button', { name: 'Détails', exact: true }).focus();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Raccourcis du clavier' }).waitFor();
    await page.getByText('Utiliser les raccourcis').click();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Détails', exact: true }).focus();
    await page.keyboard.press('?');
    await page.keyboard.press('j');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await heading(page, 'Résident B7K2').waitFor();
  });
});

/** Presses Tab until the button has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab');
    if ((await focused(page)) === name) return;
  }
  throw new Error(`Tab never reached « ${name} »`);
}
