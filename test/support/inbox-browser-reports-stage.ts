import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import type { ReportAnswer } from '../../src/domain/report-answers.js';
import { runArgon2 } from '../../src/web/inbox/crypto/argon2.js';
import { enrol } from '../../src/web/inbox/crypto/credentials.js';
import { launchBrowser, newPage } from './browser-harness.js';
import { FAKE_KDF } from './inbox-browser-fake-accounts.js';
import { type FakeApi, startFakeApi } from './inbox-browser-fake-api.js';
import { makeReportWorld, type ReportWorld } from './inbox-browser-reports.js';
import { PASSWORD } from './inbox-browser-stage.js';
import { builtInbox } from './inbox-queue-stage.js';

/** One browser for a suite; each scene has reports, a server and people of its own. */
export interface ReportStage {
  scene(options?: ReportSceneOptions): Promise<ReportScene>;
  clear(): Promise<void>;
  close(): Promise<void>;
}

export interface ReportSceneOptions extends BrowserContextOptions {
  readonly path?: string;
  /** Before the page is opened. */
  readonly prepare?: (world: ReportWorld) => Promise<void>;
}

export interface ReportScene {
  readonly api: FakeApi;
  readonly world: ReportWorld;
  readonly context: BrowserContext;
  /** Jean's. */
  readonly page: Page;
  readonly faults: readonly string[];
  readonly jeanId: string;
  readonly button: (name: string | RegExp) => Locator;
  readonly heading: (name: string | RegExp) => Locator;
  /** Gives the password, which opens the reports. */
  unlock(page?: Page): Promise<void>;
  /** Goes there as by a bookmark, which forgets the key, and unlocks. */
  visit(path: string): Promise<void>;
  /** Tells every page that reports have changed, as the stream does. */
  tellChange(): Promise<void>;
}

const KEY_MS = 30_000;

export async function openReportStage(): Promise<ReportStage> {
  const webRoot = builtInbox();
  const browser: Browser = await launchBrowser();
  const { credentials } = await enrol({ argon2: runArgon2 }, { password: PASSWORD, kdf: FAKE_KDF });
  const cleanups: (() => Promise<unknown>)[] = [];

  return {
    async scene({ path = '/inbox/signalements', prepare, ...options } = {}) {
      const world = await makeReportWorld();
      const api = await startFakeApi(webRoot, world.handlers);
      const jean = api.addAccount({ login: 'jean.martin', displayName: 'Jean Martin', credentials });
      await world.enrol({ id: jean.id, displayName: jean.displayName, publicKey: credentials.publicKey });
      await prepare?.(world);
      const context = await browser.newContext({ locale: 'fr-FR', viewport: { width: 1280, height: 800 }, ...options });
      cleanups.push(
        () => context.close(),
        () => api.close(),
        () => world.close(),
      );
      context.setDefaultTimeout(15_000);
      const { token } = api.openSession(jean);
      await context.addCookies([{ name: 'fake-session', value: token, url: api.url }]);
      const { page, faults } = await newPage(context);
      const unlock = async (on: Page = page): Promise<void> => {
        await on.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
        await on.getByRole('button', { name: 'Ouvrir les signalements' }).click();
        await on.getByLabel('Mot de passe', { exact: true }).waitFor({ state: 'detached', timeout: KEY_MS });
      };
      await page.goto(api.url + path);
      return {
        api,
        world,
        context,
        page,
        faults,
        jeanId: jean.id,
        button: (name) => page.getByRole('button', { name, exact: true }),
        heading: (name) => page.getByRole('heading', { name, exact: true }),
        unlock,
        async visit(address) {
          await page.goto(api.url + address);
          await unlock();
        },
        async tellChange() {
          const all = await world.reports.desk.list();
          const overdue = await world.reports.desk.listOverdue();
          const unread = all.filter(({ readings }) => readings.length === 0).length;
          api.tell('reports', { unread, overdue: overdue.length, changedAt: Date.now() });
        },
      };
    },
    async clear() {
      for (const cleanup of cleanups.splice(0)) await cleanup();
    },
    close: () => browser.close(),
  };
}

/** A whole report, with something in it that should not be shared. */
export const RODEO: readonly ReportAnswer[] = [
  { step: 'category', category: 'traffic' },
  { step: 'where', text: 'Rue de Picardie, devant le 12 rue de Picardie' },
  {
    step: 'when',
    moment: { text: 'hier soir vers 22h', words: 'dimanche 22 novembre, vers 22 h', from: '2026-11-22', time: '22:00' },
  },
  {
    step: 'what',
    text: 'Des motos passent à toute vitesse. Karim Benali, mon voisin, a été renversé.\nLe scooter est immatriculé AB-123-CD.',
  },
  { step: 'more', text: 'Ils ont filmé. Appelez Mme Durand au 06 12 34 56 78.' },
  {
    step: 'contact',
    contact: { kind: 'named', firstName: 'Sonia', phone: '07 11 22 33 44', email: 'sonia@exemple.fr' },
  },
];

export const NOISE: readonly ReportAnswer[] = [
  { step: 'category', category: 'noise' },
  { step: 'where', text: 'Place Cassin' },
  { step: 'when', moment: { text: 'tous les soirs', isRecurring: true } },
  { step: 'what', text: 'De la musique jusqu’à trois heures du matin.' },
  { step: 'more', isSkipped: true },
  { step: 'contact', contact: { kind: 'anonymous' } },
];
