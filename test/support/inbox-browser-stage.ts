import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { runArgon2 } from '../../src/web/inbox/crypto/argon2.js';
import { enrol } from '../../src/web/inbox/crypto/credentials.js';
import { launchBrowser, newPage } from './browser-harness.js';
import { FAKE_KDF, type FakeAccount } from './inbox-browser-fake-accounts.js';
import { type FakeApi, startFakeApi } from './inbox-browser-fake-api.js';
import { builtInbox } from './inbox-queue-stage.js';

export { soon } from './soon.js';

export const PASSWORD = 'correct cheval batterie agrafe';
export const NEW_PASSWORD = 'sept lapins gris au jardin';

/** One browser for a suite; each scene has a server of its own. */
export interface AuthStage {
  /** The recovery key of every account that `prepare` makes by `jean`. */
  readonly recoveryKey: string;
  scene(options?: SceneOptions): Promise<AuthScene>;
  clear(): Promise<void>;
  close(): Promise<void>;
}

export interface SceneOptions extends BrowserContextOptions {
  readonly path?: string;
  readonly prepare?: (api: FakeApi, jean: () => FakeAccount) => void;
  /** Jean has a session already. */
  readonly isIn?: boolean;
}

export interface AuthScene {
  readonly api: FakeApi;
  readonly context: BrowserContext;
  readonly page: Page;
  /** Uncaught errors and errors of the console: what the policy refused is among them. */
  readonly faults: readonly string[];
  readonly field: (label: string | RegExp) => Locator;
  readonly button: (name: string | RegExp) => Locator;
  readonly heading: (name: string | RegExp) => Locator;
  /** Another tab of the same browser. */
  openTab(path: string): Promise<Page>;
}

export async function openAuthStage(): Promise<AuthStage> {
  const webRoot = builtInbox();
  const browser: Browser = await launchBrowser();
  const { credentials, recoveryGroups } = await enrol({ argon2: runArgon2 }, { password: PASSWORD, kdf: FAKE_KDF });
  const cleanups: (() => Promise<void>)[] = [];

  return {
    recoveryKey: recoveryGroups.join(' '),
    async scene({ path = '/inbox', prepare, isIn = false, ...options } = {}) {
      const api = await startFakeApi(webRoot);
      const makeJean = (): FakeAccount =>
        api.accounts.get('jean.martin') ??
        api.addAccount({ login: 'jean.martin', displayName: 'Jean Martin', credentials });
      prepare?.(api, makeJean);
      const context = await browser.newContext({ locale: 'fr-FR', viewport: { width: 1280, height: 800 }, ...options });
      cleanups.push(
        () => context.close(),
        () => api.close(),
      );
      context.setDefaultTimeout(15_000);
      if (isIn) {
        const { token } = api.openSession(makeJean());
        await context.addCookies([{ name: 'fake-session', value: token, url: api.url }]);
      }
      const { page, faults } = await newPage(context);
      await page.goto(api.url + path);
      return {
        api,
        context,
        page,
        faults,
        field: (label) => page.getByLabel(label, { exact: true }),
        button: (name) => page.getByRole('button', { name, exact: true }),
        heading: (name) => page.getByRole('heading', { name, exact: true }),
        async openTab(address) {
          const tab = await context.newPage();
          await tab.goto(api.url + address);
          return tab;
        },
      };
    },
    async clear() {
      for (const cleanup of cleanups.splice(0)) await cleanup();
    },
    close: () => browser.close(),
  };
}
