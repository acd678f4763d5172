import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { launchBrowser, newPage } from './browser-harness.js';
import { builtInbox } from './inbox-queue-stage.js';
import { type SettingsServer, startSettingsServer } from './inbox-settings-server.js';

export interface SettingsScene {
  readonly server: SettingsServer;
  readonly context: BrowserContext;
  readonly page: Page;
  /** Uncaught errors and errors of the console, refused inline styles and scripts among them. */
  readonly faults: readonly string[];
}

export interface SettingsStage {
  scene(path: string, options?: SceneOptions): Promise<SettingsScene>;
  clear(): Promise<void>;
  close(): Promise<void>;
}

export interface SceneOptions extends BrowserContextOptions {
  readonly prepare?: (server: SettingsServer) => void;
}

/** The day on which every scene takes place. */
export const TODAY = new Date('2026-11-23T10:00:00+01:00');
export async function openSettingsStage(): Promise<SettingsStage> {
  const webRoot = builtInbox();
  const browser: Browser = await launchBrowser();
  const cleanups: (() => Promise<void>)[] = [];
  return {
    async scene(path, { prepare, ...options } = {}) {
      const server = await startSettingsServer(webRoot);
      cleanups.push(() => server.close());
      prepare?.(server);
      const context = await browser.newContext({ locale: 'fr-FR', viewport: { width: 1280, height: 800 }, ...options });
      cleanups.unshift(() => context.close());
      context.setDefaultTimeout(10_000);
      const { page, faults } = await newPage(context);
      await page.clock.setFixedTime(TODAY);
      await page.goto(server.url + path);
      return { server, context, page, faults };
    },
    async clear() {
      for (const cleanup of cleanups.splice(0)) await cleanup();
    },
    close: () => browser.close(),
  };
}

/**
 * Waits until an expression holds in the page. Playwright's own way evaluates texts within the page, which its policy
 * refuses. @throws Error when it does not hold in time.
 */
export async function until(page: Page, expression: string, timeoutMs = 15_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await page.evaluate<unknown>(expression))) {
    if (Date.now() > end) throw new Error(`Not in time: ${expression}`);
    await page.waitForTimeout(50);
  }
}
