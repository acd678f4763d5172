import type { Locator } from 'playwright-core';
import { PAGES } from '../../src/web/inbox/strings.js';
import { type Delegate, type DelegateOptions, type InboxStage, PASSWORD } from './e2e-inbox-stage.js';

/** Keys are derived on the device: on a slow machine that takes seconds. */
const KEY_MS = 30_000;

export type ReportsDelegate = Delegate & ReportsPage;

/** The delegates' pages about reports, as a person finds things on them. */
export interface ReportsPage {
  /** Goes to the list, and gives the password where it is asked for. */
  toList(): Promise<void>;
  /** A report of the list, by anything that its card says. */
  card(words: string | RegExp): Locator;
  /** Opens it from the list. */
  open(words: string | RegExp): Promise<void>;
  /** What the author says, one line each, as it was written. */
  answers(): Promise<readonly string[]>;
  reply(text: string): Promise<void>;
  note(text: string): Promise<void>;
  /** @param status as it is called on the screen. */
  setStatus(status: string, sentence: string): Promise<void>;
}

/** A delegate before the open list of the reports. */
export async function openReportsAs(
  stage: InboxStage,
  name: string,
  options: DelegateOptions = {},
): Promise<ReportsDelegate> {
  const delegate = await stage.delegate(name, options);
  const reports = reportsOn(delegate);
  await reports.toList();
  return { ...delegate, ...reports };
}

export function reportsOn({ page, inbox }: Pick<Delegate, 'page' | 'inbox'>): ReportsPage {
  const { button } = inbox;
  const list = page.getByRole('link', { name: 'Chiffres', exact: true });
  const unlock = button('Ouvrir les signalements');
  const card = (hasText: string | RegExp): Locator => page.locator('.cards > li').filter({ hasText });

  async function isDone(words: string): Promise<void> {
    await page.locator('.notice').getByText(words).waitFor();
  }

  return {
    card,
    async toList() {
      await inbox.goTo(PAGES.reports);
      await list.or(unlock).waitFor();
      if ((await unlock.count()) > 0) {
        await page.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
        await unlock.click();
      }
      await list.waitFor({ timeout: KEY_MS });
    },
    async open(words) {
      await card(words).getByRole('link').first().click();
      await inbox.heading('Ce que dit l’auteur').waitFor();
    },
    answers: () => page.locator('.answers dd .report-text').allTextContents(),
    async reply(text) {
      await page.getByRole('tab', { name: 'Répondre' }).click();
      await page.getByLabel('Votre réponse à l’auteur').fill(text);
      await button('Envoyer la réponse').click();
      await isDone('La réponse est envoyée.');
    },
    async note(text) {
      await page.getByRole('tab', { name: 'Note privée' }).click();
      await page.getByLabel('Votre note').fill(text);
      await button('Ajouter la note').click();
      await isDone('La note est ajoutée.');
    },
    async setStatus(status, sentence) {
      await page.getByRole('tab', { name: 'État' }).click();
      await page.locator('.radio', { hasText: status }).click();
      await page.getByLabel('Une phrase pour l’auteur').fill(sentence);
      await button('Enregistrer l’état').click();
      await isDone(`L’état est maintenant : ${status.toLowerCase()}.`);
    },
  };
}
