import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { findChromium } from './browser-harness.js';
import { type WidgetPage, widgetOn } from './browser-widget.js';

/** A name that no server allows, and that leads to this machine. */
export const STRANGE_HOST = 'autre.exemple';

/** Whatever the browser or a page may want of the internet, no name leads out of this machine. */
const RESOLVER_RULES = `MAP ${STRANGE_HOST} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1`;
const ARGUMENTS = [
  `--host-resolver-rules=${RESOLVER_RULES}`,
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-pings',
];

const WAIT_MS = 12_000;

/** One browser for a whole suite; each visitor has storage of their own. */
export interface Visitors {
  /** A new person who loads the page. */
  visit(url: string, options?: BrowserContextOptions): Promise<Visitor>;
  /** Sends everybody home, after each test. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export interface Visitor extends Tab {
  readonly context: BrowserContext;
  /** Another tab of the same person. */
  openTab(url: string): Promise<Tab>;
  /** Every uncaught error, console error and violation of a security policy in this person's tabs so far. */
  readonly faults: readonly string[];
  /** The addresses of the WebSockets opened so far. */
  readonly sockets: readonly string[];
}

export interface Tab {
  readonly page: Page;
  readonly widget: WidgetPage;
}

export async function openVisitors(): Promise<Visitors> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('No Chromium');
  const browser: Browser = await chromium.launch({ executablePath, args: ARGUMENTS });
  const contexts: BrowserContext[] = [];

  return {
    async visit(url, options) {
      const context = await browser.newContext({ locale: 'fr-FR', ...options });
      contexts.push(context);
      // Shorter than a test's own limit: its message says what was waited for.
      context.setDefaultTimeout(WAIT_MS);
      const faults: string[] = [];
      const sockets: string[] = [];
      const openTab = async (address: string): Promise<Tab> => {
        const page = await context.newPage();
        listen(page, faults, sockets);
        await page.goto(address);
        return { page, widget: widgetOn(page) };
      };
      return { context, faults, sockets, openTab, ...(await openTab(url)) };
    },
    async clear() {
      await Promise.all(contexts.splice(0).map((context) => context.close()));
    },
    close: () => browser.close(),
  };
}

function listen(page: Page, faults: string[], sockets: string[]): void {
  page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    // Chromium also reports what a security policy refused as an error of the console.
    if (message.type() === 'error') faults.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('websocket', (socket) => sockets.push(socket.url()));
}
