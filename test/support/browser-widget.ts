import type { Locator, Page } from 'playwright-core';

/** The widget as a person finds it: by roles and words. */
export interface WidgetPage {
  readonly page: Page;
  readonly launcher: Locator;
  readonly panel: Locator;
  readonly log: Locator;
  readonly textBox: Locator;
  readonly menuButton: Locator;
  /** The bubbles in the log, in order. */
  readonly bubbles: Locator;
  /** What a screen reader is told by itself. */
  readonly announcer: Locator;
  button(name: string | RegExp): Locator;
  open(): Promise<void>;
  close(): Promise<void>;
  /** Opens the panel and waits for the first message. */
  begin(): Promise<void>;
  send(text: string): Promise<void>;
  /** Waits until the text is in the log. */
  sees(text: string | RegExp): Promise<void>;
  /** Waits until nothing is on its way any more. */
  settled(): Promise<void>;
  /** The texts of the bubbles, in order, with plain spaces. */
  texts(): Promise<readonly string[]>;
  openMenu(): Promise<void>;
}

export function widgetOn(page: Page): WidgetPage {
  const host = page.locator('permanence-widget');
  const panel = host.getByRole('dialog');
  const log = host.getByRole('log');
  const textBox = host.getByRole('textbox', { name: 'Votre message' });
  const launcher = host.getByRole('button', { name: /Ouvrir la discussion/ });
  const menuButton = host.getByRole('button', { name: 'Menu', exact: true });
  const bubbles = log.locator('.words');

  async function open(): Promise<void> {
    await launcher.click();
    await panel.waitFor();
  }

  return {
    page,
    launcher,
    panel,
    log,
    textBox,
    menuButton,
    bubbles,
    announcer: host.locator('.root > [role=status]'),
    button: (name) => host.getByRole('button', { name, exact: typeof name === 'string' }),
    open,
    async close() {
      await host.getByRole('button', { name: 'Fermer la discussion' }).click();
      await launcher.waitFor();
    },
    async begin() {
      await open();
      await bubbles.first().waitFor();
    },
    async send(text) {
      await textBox.fill(text);
      await textBox.press('Enter');
    },
    sees: (text) => log.getByText(text).last().waitFor(),
    settled: async () => {
      await log.locator('.delivery').first().waitFor({ state: 'detached' });
    },
    texts: async () => (await bubbles.allTextContents()).map((text) => text.replaceAll('\u00a0', ' ')),
    async openMenu() {
      await menuButton.click();
      await host.locator('.menu').waitFor();
    },
  };
}
