import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe } from '@jest/globals';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { IS_THOROUGH } from './depth.js';

const ROOT = join(import.meta.dirname, '..', '..');
const RESULTS = join(ROOT, 'test', 'results');

/** A suite that needs Chromium; without one it is skipped, and its title says how to run it. */
export function describeInBrowser(title: string, suite: () => void): void {
  if (findChromium()) describe(title, suite);
  else describe.skip(`${title} (skipped: no Chromium; install it or set CHROMIUM_PATH)`, suite);
}

export function findChromium(): string | undefined {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const directories = (process.env.PATH ?? '').split(delimiter);
  const candidates = directories.flatMap((directory) => names.map((name) => join(directory, name)));
  return [process.env.CHROMIUM_PATH ?? '', ...candidates].find((path) => path !== '' && isExecutable(path));
}

export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('No Chromium');
  return chromium.launch({ executablePath });
}

/** The folder with the built widget and pages. Built once for each state of the sources. */
export function builtWeb(): string {
  const out = join(tmpdir(), `permanence-web-${hashSources()}`);
  if (existsSync(out)) return out;
  const work = mkdtempSync(join(tmpdir(), 'permanence-web-'));
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  const config = join('src', 'web', 'vite.config.ts');
  const args = [vite, 'build', '--config', config, '--outDir', work, '--logLevel', 'warn'];
  // The runner's own NODE_ENV would build something else than what is shipped.
  execFileSync(process.execPath, args, { cwd: ROOT, env: { ...process.env, NODE_ENV: 'production' } });
  // Another process may have been faster; its result is the same.
  if (!existsSync(out)) renameSync(work, out);
  return out;
}

/** A page whose uncaught errors and console errors the test can look at. */
export async function newPage(context: BrowserContext): Promise<{ page: Page; faults: string[] }> {
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      faults.push(message.text());
  });
  return { page, faults };
}

interface NamedViewport {
  readonly name: string;
  readonly options: BrowserContextOptions;
}

/** The smallest and a large one. */
export const VIEWPORTS: readonly NamedViewport[] = [320, 1280].flatMap(lightAndDark);
/** The same with a common phone between. */
export const LIVE_VIEWPORTS: readonly NamedViewport[] = [320, 390, 1280].flatMap(lightAndDark);

/** In CI all of them; in an ordinary run the narrowest, in one colour scheme. */
function lightAndDark(width: number): readonly NamedViewport[] {
  const height = { 320: 640, 390: 844 }[width] ?? 800;
  const both = (['light', 'dark'] as const).map((colorScheme) => ({
    name: `${width}-${colorScheme}`,
    options: { viewport: { width, height }, colorScheme, locale: 'fr-FR' },
  }));
  return IS_THOROUGH ? both : both.filter(({ name }) => name === '320-dark');
}

/** What axe-core calls serious or critical on the page, shadow roots included, one line each. */
export async function seriousFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(readFileSync(join(ROOT, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8'));
  const { violations } = await page.evaluate<{ violations: readonly Violation[] }>(
    'axe.run(document, { resultTypes: ["violations"] })',
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join(' | ')}`,
    );
}

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly target: unknown; readonly failureSummary: string }[];
}

/** A function for the page, from the text of an expression over `it`: the tests are compiled without the DOM's types. */
export function inPage<Result>(expression: string): (it: unknown) => Result {
  return new Function('it', `return ${expression}`) as (it: unknown) => Result;
}

/** Leaves a picture in test/results, for people to look at. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(RESULTS, { recursive: true });
  await page.screenshot({ path: join(RESULTS, `${name}.png`), animations: 'disabled' });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function hashSources(): string {
  const hash = createHash('sha256');
  const files = globSync('src/web/**/*', { cwd: ROOT, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const path of files.map((file) => join(file.parentPath, file.name)).sort()) {
    hash.update(path).update(readFileSync(path));
  }
  return hash.digest('hex').slice(0, 16);
}
