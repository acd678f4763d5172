import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser-harness.js';
import { holdClock, holdUntilAllCall, hurry, letClockGo } from '../support/e2e-inbox-hold.js';
import { JEAN, ME } from '../support/inbox-queue-builders.js';
import type { FakeInbox } from '../support/inbox-queue-fake.js';
import { TALK } from '../support/inbox-queue-scenes.js';
import { type InboxStage, openInboxStage } from '../support/inbox-queue-stage.js';
import { soon } from '../support/soon.js';

const composer = (page: Page) => page.getByLabel('Votre réponse');
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const log = (page: Page) => page.getByRole('log', { name: 'Messages de la conversation' });
/** What was just done; read aloud elsewhere as well. */
const outcome = (page: Page, text: string | RegExp) => page.locator('.outcome').getByText(text);
const repliesTo = ({ world }: FakeInbox) =>
  (world.conversations.get('c1')?.messages ?? []).filter(({ author }) => author === 'delegate').map(({ text }) => text);

const sendNow = async (page: Page): Promise<void> => {
  await button(page, 'Envoyer').click();
  await hurry(page);
};
/** Waits until the composer holds exactly this. */
const holds = (page: Page, text: string) => soon(async () => (await composer(page).inputValue()) === text);

const oneWaits = ({ world }: FakeInbox): void => void world.add({ id: 'c1' }, TALK);
const mine = ({ world }: FakeInbox): void =>
  void world.add({ id: 'c1', status: 'assigned', holder: ME, waitingSince: undefined as never }, TALK);

describeInBrowser('taking and answering', () => {
  let stage: InboxStage;
  beforeAll(async () => {
    stage = await openInboxStage();
  }, 120_000);
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  test('from the queue to the first answer', async () => {
    const { page, inbox, faults } = await stage.scene(oneWaits);
    await page.getByText('Une personne attend.').waitFor();
    await page.getByRole('link', { name: /Résident B7K2/ }).click();
    await page.getByText('Ce résident attend depuis 3 min.').waitFor();
    await button(page, 'Prendre').click();
    await composer(page).waitFor();
    expect(
      await composer(page).evaluate(
        (it) => it === (it as { ownerDocument: { activeElement: unknown } }).ownerDocument.activeElement,
      ),
    ).toBe(true);
    await holdClock(page);
    await composer(page).fill('Bonjour, je vous écoute.');
    await composer(page).press('Control+Enter');
    await log(page).getByText('Envoi dans').waitFor();
    expect(repliesTo(inbox)).toEqual([]);
    await button(page, 'Envoyer maintenant').click();
    await letClockGo(page);
    await log(page).getByText('Enregistré, pas encore remis.').waitFor();
    expect(repliesTo(inbox)).toEqual(['Bonjour, je vous écoute.']);
    inbox.world.say('c1', { text: 'Merci' });
    await log(page).getByText('Merci').waitFor();
    await button(page, 'Rendre au robot').click();
    await outcome(page, 'Conversation rendue au robot.').waitFor();
    await button(page, 'Annuler').click();
    await composer(page).waitFor();
    expect(faults).toEqual([]);
  });

  test('two press « Prendre » together: the other one sees who was faster', async () => {
    const { page, inbox, openJean } = await stage.scene(oneWaits, '/inbox/c/c1');
    const jean = await openJean('/inbox/c/c1');
    await Promise.all([button(page, 'Prendre').waitFor(), button(jean, 'Prendre').waitFor()]);
    await holdUntilAllCall([page, jean], '**/take');
    await Promise.all([button(page, 'Prendre').click(), button(jean, 'Prendre').click()]);
    const [winner, loser, name] = (await inboxHolder(inbox)) === ME.id ? [page, jean, 'Marie'] : [jean, page, 'Jean'];
    await outcome(loser, `${name} vient de prendre cette conversation.`).waitFor();
    await loser.getByText(`${name} s’en occupe.`).waitFor();
    await composer(winner).waitFor();
    expect(await composer(loser).count()).toBe(0);
  });

  test('both write: the second is stopped, and reads what the colleague wrote before sending', async () => {
    const { page, inbox } = await stage.scene(mine, '/inbox/c/c1');
    await composer(page).fill('Je peux passer demain.');
    await holdClock(page);
    await button(page, 'Envoyer').click();
    await log(page).getByText('Envoi dans').waitFor();
    inbox.world.say('c1', { author: 'delegate', by: JEAN, text: 'Je passe ce soir.' });
    await page.getByText('Jean a répondu. Relisez avant d’envoyer.').waitFor();
    await page.locator('.guard-quote', { hasText: 'Je passe ce soir.' }).waitFor();
    await holds(page, 'Je peux passer demain.');
    expect(repliesTo(inbox)).toEqual(['Je passe ce soir.']);
    await sendNow(page);
    await log(page).getByText('Enregistré').waitFor();
    expect(repliesTo(inbox)).toEqual(['Je passe ce soir.', 'Je peux passer demain.']);
  });

  test('the server’s guard stops it when the page had not heard of the colleague', async () => {
    const { page, inbox } = await stage.scene(mine, '/inbox/c/c1');
    await composer(page).fill('Je peux passer demain.');
    inbox.mute();
    inbox.world.say('c1', { author: 'delegate', by: JEAN, text: 'Je passe ce soir.' });
    await sendNow(page);
    await page.getByText('Un collègue a répondu. Relisez avant d’envoyer.').waitFor();
    await holds(page, 'Je peux passer demain.');
    inbox.unmute();
    await page.getByText('Jean a répondu. Relisez avant d’envoyer.').waitFor();
  });

  test('« Annuler l’envoi » brings the text back; after five seconds it leaves by itself', async () => {
    const { page, inbox } = await stage.scene(mine, '/inbox/c/c1');
    await composer(page).fill('Bonjour');
    await holdClock(page);
    await button(page, 'Envoyer').click();
    await inbox.until(() => inbox.calls.some(({ path, body }) => path.endsWith('/draft') && body.text === 'Bonjour'));
    await button(page, 'Annuler l’envoi').click();
    await holds(page, 'Bonjour');
    expect(repliesTo(inbox)).toEqual([]);
    await letClockGo(page);
    await button(page, 'Envoyer').click();
    await log(page).getByText('Enregistré').waitFor();
    expect(repliesTo(inbox)).toEqual(['Bonjour']);
  });

  test('a page that is closed at once has sent what was held, once', async () => {
    const { page, inbox, context } = await stage.scene(mine, '/inbox/c/c1');
    await composer(page).fill('Bonjour');
    await holdClock(page);
    await button(page, 'Envoyer').click();
    await log(page).getByText('Envoi dans').waitFor();
    expect(repliesTo(inbox)).toEqual([]);
    await page.close({ runBeforeUnload: true });
    await inbox.until(() => repliesTo(inbox).length > 0);
    const again = await context.newPage();
    await again.goto(`${inbox.url}/inbox/c/c1`);
    await composer(again).waitFor();
    expect(await composer(again).inputValue()).toBe('');
    expect(repliesTo(inbox)).toEqual(['Bonjour']);
  });

  test('a draft comes back after a reload, and on another device', async () => {
    const { page, inbox, context } = await stage.scene(mine, '/inbox/c/c1');
    await composer(page).fill('Je vérifie avec le bailleur');
    await page.reload();
    await composer(page).waitFor();
    await inbox.until(() => inbox.world.drafts.get('marie c1') !== undefined);
    await holds(page, 'Je vérifie avec le bailleur');
    const phone = await context.newPage();
    await phone.goto(`${inbox.url}/inbox/c/c1`);
    await composer(phone).waitFor();
    await holds(phone, 'Je vérifie avec le bailleur');
  });

  test('a refusal says why in words, and « Réessayer » sends it', async () => {
    const { page, inbox } = await stage.scene(mine, '/inbox/c/c1');
    inbox.faults.refusedReplies = 1;
    await composer(page).fill('Bonjour');
    await sendNow(page);
    await page.getByText('La session est verrouillée').waitFor();
    await button(page, 'Réessayer').click();
    await log(page).getByText('Enregistré').waitFor();
    expect(repliesTo(inbox)).toEqual(['Bonjour']);
  });

  test('every other action works and can be undone', async () => {
    const { page, inbox } = await stage.scene(mine, '/inbox/c/c1');
    const choose = async (name: string | RegExp): Promise<void> => {
      await button(page, 'Autres actions').click();
      await page.getByRole('menuitem', { name }).click();
    };
    await choose(/Transférer/);
    await page.getByRole('button', { name: /^Jean/ }).click();
    await outcome(page, 'Conversation proposée à Jean.').waitFor();
    await button(page, 'Annuler').click();
    await composer(page).waitFor();
    await choose(/demain à 10 h/);
    await outcome(page, /elle reviendra .* à 10\sh\s00/).waitFor();
    await button(page, 'Annuler').click();
    await composer(page).waitFor();
    await choose(/choisir le jour/);
    await page.getByLabel('Heure').fill('09:30');
    await button(page, 'Mettre de côté').click();
    await outcome(page, /elle reviendra .* à 9\sh\s30/).waitFor();
    await button(page, 'Remettre dans la file').click();
    await button(page, 'Prendre').click();
    await choose(/Bloquer/);
    await page.getByRole('dialog').getByRole('button', { name: 'Bloquer', exact: true }).click();
    await page.getByText('Écrivez le motif en quelques mots.').waitFor();
    await page.getByLabel(/Motif/).fill('Insultes répétées');
    await page.getByRole('dialog').getByRole('button', { name: 'Bloquer', exact: true }).click();
    await page.getByText('Vous avez bloqué cette conversation.').waitFor();
    await page.getByText('Insultes répétées').waitFor();
    await button(page, 'Annuler').click();
    await button(page, 'Rouvrir et prendre').click();
    await choose(/Terminer/);
    await page.getByText('Cette conversation est terminée.').waitFor();
    expect(inbox.world.conversations.get('c1')?.card.status).toBe('closed');
  });

  test('notes, labels, call-backs and the transcript', async () => {
    const { page, inbox } = await stage.scene(({ world }) => {
      world.add({ id: 'c1' }, TALK, {
        callbacks: [{ id: 'cb', phone: '+33612345678', moment: 'quand vous voulez', requestedAt: Date.now() }],
      });
    }, '/inbox/c/c1');
    await button(page, 'Détails').click();
    expect(
      await page
        .getByRole('link', { name: /06.12.34.56.78/ })
        .last()
        .getAttribute('href'),
    ).toBe('tel:+33612345678');
    await button(page, 'Fait').click();
    await page.getByText('Fait par Marie').waitFor();
    await button(page, 'À refaire').click();
    await button(page, 'Fait').waitFor();
    await page.getByLabel('Nouvelle note').fill('A déjà appelé en mars');
    await button(page, 'Ajouter la note').click();
    await page.locator('.note', { hasText: 'A déjà appelé en mars' }).waitFor();
    await page.getByText('Voisinage', { exact: true }).click();
    await page.getByLabel('Autre étiquette').fill('Parking');
    await button(page, 'Ajouter').click();
    await page.locator('.card .label', { hasText: 'Parking' }).waitFor({ state: 'attached' });
    await page.getByText('Prioritaire', { exact: true }).click();
    await page.locator('.card .fact', { hasText: 'Prioritaire' }).first().waitFor({ state: 'attached' });
    expect(inbox.world.conversations.get('c1')?.card).toMatchObject({
      labels: ['Voisinage', 'Parking'],
      priority: 'high',
    });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      button(page, 'Télécharger la conversation').click(),
    ]);
    expect(download.suggestedFilename()).toBe('conversation-B7K2.txt');
  });

  test('earlier messages on demand, the end in view, and news that do not move the reader', async () => {
    const { page, inbox } = await stage.scene(({ world }) => {
      world.add(
        { id: 'c1' },
        Array.from({ length: 60 }, (_, index) => ({ text: `Message ${index + 1}.` })),
      );
    }, '/inbox/c/c1');
    await log(page).getByText('Message 60.').waitFor();
    await soon(async () => (await log(page).evaluate(distanceToEnd)) < 2);
    await log(page).evaluate((it) => ((it as { scrollTop: number }).scrollTop = 0));
    await button(page, 'Aller à la fin').waitFor();
    await button(page, 'Voir les messages d’avant').click();
    await log(page).getByText('Message 1.', { exact: true }).waitFor();
    await log(page).getByText('Début de la conversation').waitFor();
    inbox.world.say('c1', { text: 'Encore moi' });
    await button(page, 'Nouveaux messages').click();
    await soon(async () => (await log(page).evaluate(distanceToEnd)) < 2);
  });

  test('typing is shown both ways', async () => {
    const { page, inbox } = await stage.scene(mine, '/inbox/c/c1');
    await composer(page).waitFor();
    await inbox.until(() => inbox.followed().includes('c1'));
    // Such words go by themselves: they are waited for before there is a reason for them.
    const shown = ['Le résident écrit…', 'Jean écrit…'].map((words) => log(page).getByText(words).waitFor());
    inbox.typing('c1', 'resident');
    inbox.typing('c1', JEAN);
    await Promise.all(shown);
    await composer(page).pressSequentially('Oui');
    await inbox.until(() => inbox.calls.some(({ path }) => path.endsWith('/typing')));
  });
});

async function inboxHolder(inbox: FakeInbox): Promise<string | undefined> {
  await inbox.until(() => inbox.world.conversations.get('c1')?.card.holder !== undefined);
  return inbox.world.conversations.get('c1')?.card.holder?.id;
}

function distanceToEnd(it: unknown): number {
  const box = it as { scrollHeight: number; scrollTop: number; clientHeight: number };
  return box.scrollHeight - box.scrollTop - box.clientHeight;
}
