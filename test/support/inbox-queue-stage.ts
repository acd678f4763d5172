import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { launchBrowser } from './browser-harness.js';
import { JEAN } from './inbox-queue-builders.js';
import { type FakeInbox, startFakeInbox } from './inbox-queue-fake.js';

const ROOT = join(import.meta.dirname, '..', '..');

/** One browser for a suite; each scene has a server and people of its own. */
export interface InboxStage {
  scene(prepare: (inbox: FakeInbox) => void, path?: string, options?: BrowserContextOptions): Promise<InboxScene>;
  clear(): Promise<void>;
  close(): Promise<void>;
}

export interface InboxScene {
  readonly inbox: FakeInbox;
  readonly context: BrowserContext;
  /** Marie's. */
  readonly page: Page;
  readonly faults: readonly string[];
  /** Jean's page, in a browser profile of his own. */
  openJean(path: string): Promise<Page>;
}

export async function openInboxStage(): Promise<InboxStage> {
  const webRoot = builtInbox();
  const browser: Browser = await launchBrowser();
  const cleanups: (() => Promise<void>)[] = [];

  return {
    async scene(prepare, path = '/inbox', options = {}) {
      const inbox = await startFakeInbox(webRoot);
      cleanups.push(() => inbox.close());
      prepare(inbox);
      const faults: string[] = [];
      const open = async (cookies: readonly string[], address: string): Promise<[BrowserContext, Page]> => {
        const context = await browser.newContext({
          locale: 'fr-FR',
          viewport: { width: 1280, height: 800 },
          ...options,
        });
        cleanups.unshift(() => context.close());
        context.setDefaultTimeout(10_000);
        await context.addCookies(cookies.map((value) => ({ name: 'delegue', value, url: inbox.url })));
        const page = await context.newPage();
        listen(page, faults);
        await page.goto(inbox.url + address);
        return [context, page];
      };
      const [context, page] = await open([], path);
      return { inbox, context, page, faults, openJean: async (address) => (await open([JEAN.id], address))[1] };
    },
    async clear() {
      for (const cleanup of cleanups.splice(0)) await cleanup();
    },
    close: () => browser.close(),
  };
}

/** Chromium tells of refused inline styles and scripts here as well; calls that fail on purpose are not news. */
function listen(page: Page, faults: string[]): void {
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !text.startsWith('Failed to load resource')) faults.push(text);
  });
}

/** The folder with the delegates' page in `inbox/`. Built once for each state of the sources. */
export function builtInbox(): string {
  const hash = createHash('sha256');
  const sources = ['src/web/**/*', 'src/sealing/**/*', 'src/domain/report*.ts'];
  const files = globSync(sources, { cwd: ROOT, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const path of files.map((file) => join(file.parentPath, file.name)).sort())
    hash.update(path).update(readFileSync(path));
  const out = join(tmpdir(), `permanence-inbox-${hash.digest('hex').slice(0, 16)}`);
  if (existsSync(out)) return out;
  const work = mkdtempSync(join(tmpdir(), 'permanence-inbox-'));
  mkdirSync(join(work, 'inbox'), { recursive: true });
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  const config = join('src', 'web', 'inbox', 'vite.config.ts');
  const args = [
    vite,
    'build',
    '--config',
    config,
    '--outDir',
    join(work, 'inbox'),
    '--emptyOutDir',
    '--logLevel',
    'error',
  ];
  // The runner's own NODE_ENV would build something else than what is shipped.
  execFileSync(process.execPath, args, { cwd: ROOT, env: { ...process.env, NODE_ENV: 'production' } });
  // Another process may have been faster; its result is the same.
  if (!existsSync(out)) renameSync(work, out);
  return out;
}
