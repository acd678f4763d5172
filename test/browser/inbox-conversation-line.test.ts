import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser-harness.js';
import { hurry, pressIfThere } from '../support/e2e-inbox-hold.js';
import { ME } from '../support/inbox-queue-builders.js';
import type { FakeInbox } from '../support/inbox-queue-fake.js';
import { TALK } from '../support/inbox-queue-scenes.js';
import { type InboxStage, openInboxStage } from '../support/inbox-queue-stage.js';
import { soon } from '../support/soon.js';

const composer = (page: Page) => page.getByLabel('Votre réponse');
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const log = (page: Page) => page.getByRole('log', { name: 'Messages de la conversation' });
const mine = ({ world }: FakeInbox): void =>
  void world.add({ id: 'c1', status: 'assigned', holder: ME, waitingSince: undefined as never }, TALK);
const repliesTo = ({ world }: FakeInbox) =>
  (world.conversations.get('c1')?.messages ?? []).filter(({ author }) => author === 'delegate').map(({ text }) => text);

describeInBrowser('a line that breaks, and a session that ends', () => {
  let stage: InboxStage;
  beforeAll(async () => {
    stage = await openInboxStage();
  }, 120_000);
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  test('a cut is shown with its seconds, heals by itself, and nothing is lost or doubled', async () => {
    const { page, inbox } = await stage.scene(mine, '/inbox/c/c1');
    await composer(page).fill('Je vérifie');
    inbox.faults.isUnreachable = true;
    inbox.dropConnections();
    await button(page, 'Envoyer').click();
    await hurry(page);
    await page.getByText('Pas encore parti').waitFor();
    const notice = page.locator('.line-cut-title');
    const seconds = async () => Number(/coupée depuis (\d+)\ss$/.exec((await notice.textContent()) ?? '')?.[1]);
    const first = await seconds();
    expect(first).toBeGreaterThanOrEqual(2);
    await soon(async () => (await seconds()) > first);
    inbox.world.say('c1', { text: 'Vous êtes là ?' });
    inbox.faults.isUnreachable = false;
    // The page may have tried by itself by now.
    await pressIfThere(button(page, 'Essayer maintenant'));
    await log(page).getByText('Vous êtes là ?').waitFor();
    await log(page).getByText('Enregistré').waitFor();
    await notice.waitFor({ state: 'detached' });
    expect(repliesTo(inbox)).toEqual(['Je vérifie']);
    expect(await log(page).getByText('Vous êtes là ?').count()).toBe(1);
  });

  test('an answer that was lost on the way does not make two replies', async () => {
    const { page, inbox } = await stage.scene(mine, '/inbox/c/c1');
    inbox.faults.lostAnswers = 1;
    await composer(page).fill('Bonjour');
    await button(page, 'Envoyer').click();
    await hurry(page);
    await log(page).getByText('Enregistré').waitFor();
    expect(repliesTo(inbox)).toEqual(['Bonjour']);
    expect(await log(page).getByText('Bonjour', { exact: true }).count()).toBe(1);
  });

  test('the device that says it has no network is believed at once, and when it is back too', async () => {
    const { page, context, inbox } = await stage.scene(mine, '/inbox/c/c1');
    await composer(page).waitFor();
    await context.setOffline(true);
    await page.locator('.line-cut-title').waitFor();
    inbox.world.say('c1', { text: 'Allô' });
    await context.setOffline(false);
    await log(page).getByText('Allô').waitFor();
    await page.locator('.line-cut-title').waitFor({ state: 'detached' });
  });

  test('new cards come and go without a reload, and are read aloud', async () => {
    const { page, inbox } = await stage.scene(() => undefined);
    await page.getByText('Personne n’attend.').waitFor();
    inbox.world.add({ id: 'c2', pseudonym: 'Résident M5P3' }, TALK);
    await page.getByRole('link', { name: /Résident M5P3/ }).waitFor();
    await page
      .locator('[aria-live=polite]', { hasText: 'Résident M5P3 attend un délégué.' })
      .waitFor({ state: 'attached' });
    inbox.world.change('c2', { emergencyAt: Date.now() });
    await page
      .locator('[aria-live=assertive]', { hasText: 'Danger signalé : Résident M5P3.' })
      .waitFor({ state: 'attached' });
    inbox.world.change('c2', { list: 'past', emergencyAt: undefined as never });
    await page.getByRole('link', { name: /Résident M5P3/ }).waitFor({ state: 'detached' });
  });

  test('a locked session hides what was said at once', async () => {
    const { page, inbox } = await stage.scene(mine, '/inbox/c/c1');
    await log(page).waitFor();
    await inbox.until(() => inbox.followed().includes('c1'));
    inbox.endSession('locked');
    await log(page).waitFor({ state: 'detached' });
    expect(await page.getByText('Mon voisin fait du bruit').count()).toBe(0);
  });

  test('two tabs of one delegate show the same', async () => {
    const { page, inbox, context } = await stage.scene(mine, '/inbox/c/c1');
    const second = await context.newPage();
    await second.goto(`${inbox.url}/inbox/c/c1`);
    await composer(second).waitFor();
    await composer(page).fill('Bonjour');
    await button(page, 'Envoyer').click();
    await hurry(page);
    await log(second).getByText('Bonjour', { exact: true }).waitFor();
  });
});
