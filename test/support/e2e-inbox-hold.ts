import type { Locator, Page, Route } from 'playwright-core';
import { inPage } from './browser-harness.js';

/**
 * The clock of the page stands still, in every tab of the same browser profile: a reply is held as long as the test
 * wants, however slow the machine. Timers go on.
 */
export async function holdClock(page: Page): Promise<void> {
  await page.clock.setFixedTime(Date.now());
}

/** It goes on: what is held leaves within five seconds. */
export async function letClockGo(page: Page): Promise<void> {
  await page.clock.setSystemTime(Date.now());
}

/**
 * Presses « Envoyer maintenant » where it is there. It may be gone by now: the five seconds were over before, or the send
 * guard has put the text back. Either way nothing is held any more.
 */
export async function hurry(page: Page): Promise<void> {
  await pressIfThere(page.getByRole('button', { name: 'Envoyer maintenant', exact: true }));
}

/** Presses what may go at any moment, without waiting for it. */
export async function pressIfThere(button: Locator): Promise<void> {
  await button.evaluateAll(inPage<void>('it.forEach((one) => one.click())'));
}

/** The next call to `path` of each page waits for those of the others, so that none of them is the first by accident. */
export async function holdUntilAllCall(pages: readonly Page[], path: string): Promise<void> {
  let missing = pages.length;
  const { promise, resolve } = Promise.withResolvers<void>();
  const hold = async (route: Route): Promise<void> => {
    missing -= 1;
    if (missing === 0) resolve();
    await promise;
    await route.continue();
  };
  await Promise.all(pages.map((page) => page.route(path, hold, { times: 1 })));
}
