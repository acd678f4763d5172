import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { Answer } from './browser-fake-desk.js';
import { type FakeServer, startFakeServer } from './browser-fake-server.js';
import { builtWeb, launchBrowser, newPage } from './browser-harness.js';
import { type WidgetPage, widgetOn } from './browser-widget.js';

/** A browser for a whole suite; a server of its own for each scene. */
export interface Stage {
  /** One visitor before a fresh server, the demonstration page loaded unless `path` says otherwise. */
  scene(options?: SceneOptions): Promise<Scene>;
  /** Ends the scenes of one test. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export interface SceneOptions {
  readonly context?: BrowserContextOptions;
  readonly answer?: Answer;
  /** The page to begin on, from the server's address. */
  readonly start?: (server: string) => string | Promise<string>;
}

export interface Scene {
  readonly server: FakeServer;
  readonly context: BrowserContext;
  readonly page: Page;
  readonly widget: WidgetPage;
  /** Uncaught errors and console errors so far. */
  readonly faults: readonly string[];
}

export async function openStage(): Promise<Stage> {
  const webRoot = builtWeb();
  const browser: Browser = await launchBrowser();
  const cleanups: (() => Promise<void>)[] = [];

  return {
    async scene({ context: contextOptions, answer, start = (server: string) => server } = {}) {
      const server = await startFakeServer(webRoot, answer);
      const context = await browser.newContext({ locale: 'fr-FR', ...contextOptions });
      cleanups.push(
        () => context.close(),
        () => server.close(),
      );
      const { page, faults } = await newPage(context);
      await page.goto(await start(server.url));
      const widget = widgetOn(page);
      await widget.launcher.waitFor();
      return { server, context, page, widget, faults };
    },
    async clear() {
      for (const cleanup of cleanups.splice(0)) await cleanup();
    },
    close: () => browser.close(),
  };
}
