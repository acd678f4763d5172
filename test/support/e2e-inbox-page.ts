import type { Locator, Page } from 'playwright-core';
import { PAGES } from '../../src/web/inbox/strings.js';
import { inPage } from './browser-harness.js';
import { holdClock, hurry, letClockGo } from './e2e-inbox-hold.js';

/** The delegates' page as a person finds things on it: by roles, labels and words. */
export interface InboxPage {
  readonly page: Page;
  /** « Votre réponse au résident » */
  readonly composer: Locator;
  /** The messages of the conversation that is open. */
  readonly log: Locator;
  /** The bar above every page while somebody calls. */
  readonly alarm: Locator;
  /** What the last action came to. */
  readonly outcome: Locator;
  /** Says since when the line is cut. */
  readonly lineCut: Locator;
  readonly dialog: Locator;
  /** « Danger signalé … », above the conversation. */
  readonly danger: Locator;
  button(name: string | RegExp): Locator;
  link(name: string | RegExp): Locator;
  heading(name: string | RegExp): Locator;
  /** The conversation in the queue. */
  card(pseudonym: string): Locator;
  signIn(login: string, password: string): Promise<void>;
  signOut(name: string): Promise<void>;
  /** By the navigation. */
  goTo(page: string): Promise<void>;
  open(pseudonym: string): Promise<void>;
  take(): Promise<void>;
  giveBack(): Promise<void>;
  /** « Autres actions » */
  choose(action: string | RegExp): Promise<void>;
  /** Writes and presses « Envoyer »: it leaves after five seconds. */
  send(text: string): Promise<void>;
  /** Presses « Envoyer maintenant » where it is still there. */
  hurry(): Promise<void>;
  /** Sends without the five seconds. */
  sendNow(text: string): Promise<void>;
  /** What is sent from now on is held until it is hurried, taken back, or the clock is let go. */
  holdClock(): Promise<void>;
  letClockGo(): Promise<void>;
  /** Waits until the text is in the conversation. */
  sees(text: string | RegExp): Promise<void>;
  /** Waits until nothing is on its way any more. */
  settled(): Promise<void>;
  /** Waits until the composer holds exactly this. */
  holds(text: string): Promise<void>;
  /** What the bubbles say, in order, as it was written. */
  texts(): Promise<readonly string[]>;
}

/** Keys are derived on the device: on a slow machine that takes seconds. */
const KEY_MS = 30_000;

export function inboxOn(page: Page): InboxPage {
  const isExact = (name: string | RegExp): boolean => typeof name === 'string';
  const button = (name: string | RegExp): Locator => page.getByRole('button', { name, exact: isExact(name) });
  const link = (name: string | RegExp): Locator => page.getByRole('link', { name, exact: isExact(name) });
  const heading = (name: string | RegExp): Locator => page.getByRole('heading', { name, exact: isExact(name) });
  const composer = page.getByRole('textbox', { name: 'Votre réponse au résident' });
  const log = page.getByRole('log', { name: 'Messages de la conversation' });
  const navigation = page.getByRole('navigation', { name: 'Navigation' }).filter({ visible: true });

  async function send(text: string): Promise<void> {
    await composer.fill(text);
    await button('Envoyer').click();
    await log.getByText(text).last().waitFor();
  }

  return {
    page,
    composer,
    log,
    alarm: page.getByRole('region', { name: 'Alarme' }),
    outcome: page.locator('.outcome'),
    lineCut: page.locator('.line-cut'),
    dialog: page.getByRole('dialog'),
    danger: page.getByRole('heading', { level: 2, name: /^Danger signalé [^(]/ }),
    button,
    link,
    heading,
    card: (pseudonym) => page.getByRole('link', { name: pseudonym }),
    async signIn(login, password) {
      await page.getByRole('textbox', { name: 'Identifiant' }).fill(login);
      await page.getByLabel('Mot de passe', { exact: true }).fill(password);
      await button('Se connecter').click();
      await heading(PAGES.queue).waitFor({ timeout: KEY_MS });
    },
    async signOut(name) {
      await button(name).click();
      await page.getByRole('menuitem', { name: 'Se déconnecter' }).click();
      await heading('Connexion').waitFor();
    },
    async goTo(name) {
      await navigation.getByRole('link', { name }).click();
      await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
    },
    async open(pseudonym) {
      await page.getByRole('link', { name: pseudonym }).click();
      await page.getByRole('heading', { level: 1, name: pseudonym }).waitFor();
      await log.waitFor();
    },
    async take() {
      await button('Prendre').click();
      await composer.waitFor();
    },
    async giveBack() {
      await button('Rendre au robot').click();
      await page.locator('.outcome').getByText('Conversation rendue au robot.').waitFor();
    },
    async choose(action) {
      await button('Autres actions').click();
      await page.getByRole('menuitem', { name: action }).click();
    },
    send,
    hurry: () => hurry(page),
    async sendNow(text) {
      await send(text);
      await hurry(page);
    },
    holdClock: () => holdClock(page),
    letClockGo: () => letClockGo(page),
    sees: (text) => log.getByText(text).last().waitFor(),
    async settled() {
      await log.locator('.outgoing').first().waitFor({ state: 'detached' });
    },
    async holds(text) {
      await composer.waitFor();
      const isSame = inPage<boolean>('it[0].value === it[1]');
      await page.waitForFunction(isSame, [await composer.elementHandle(), text]);
    },
    texts: async () => (await log.locator('.bubble-body > .bubble-text').allTextContents()).map(plain),
  };
}

/** As it was written: without what typesetting puts in for the screen. */
export function plain(text: string): string {
  return text.replaceAll(/[\u00a0\u202f]/g, ' ').replaceAll('’', "'");
}
