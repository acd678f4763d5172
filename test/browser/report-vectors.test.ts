import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { describeInBrowser, launchBrowser } from '../support/browser-harness.js';
import { VECTORS } from '../support/inbox-browser-vectors.js';
import { HPKE_VECTORS } from '../support/report-hpke-vectors.js';
import { OPENED_REPORT, SEALED_REPORT, type SealedReport } from '../support/report-vectors.js';
import { expectedOfHpke, openReport, refusals, sealReport } from '../support/report-vectors-run.js';

const ROOT = join(import.meta.dirname, '..', '..');
const WHOLE = { events: SEALED_REPORT.events.map(() => 'ok'), isComplete: true };

describeInBrowser('what seals and opens reports, in Chromium', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    const script = bundle();
    browser = await launchBrowser();
    page = await browser.newPage();
    // A secure context, without which there is no WebCrypto.
    await page.route('http://localhost/', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
    );
    await page.goto('http://localhost/');
    await page.addScriptTag({ content: script });
  }, 60_000);
  afterAll(() => browser?.close());

  /** Calls what report-vectors-run.ts exports; what goes in and comes out is JSON. */
  const inChromium = <Result>(name: string, ...values: readonly unknown[]): Promise<Result> =>
    page.evaluate<Result>(`vectors.${name}(${values.map((value) => JSON.stringify(value)).join()})`);

  test.each(HPKE_VECTORS)('$name: every byte of it', async (vector) => {
    expect(await inChromium('runHpkeVector', vector)).toEqual(expectedOfHpke(vector));
  });

  test.each(VECTORS)('Argon2id down to the private key: $#', async (vector) => {
    const { authKey, privateKey } = vector;
    expect(await inChromium('runPasswordVector', vector)).toEqual({ authKey, privateKey });
  });

  test('a report that was sealed once by other means opens, wholly', async () => {
    expect(await inChromium('openReport', SEALED_REPORT)).toEqual({ ...OPENED_REPORT, chain: WHOLE });
  });

  test('what Node seals opens in Chromium', async () => {
    const sealed = await sealReport(SEALED_REPORT, OPENED_REPORT);
    const opened = await openReport(sealed);
    expect(opened.chain).toEqual(WHOLE);
    expect(await inChromium('openReport', sealed)).toEqual(opened);
  });

  test('what Chromium seals opens in Node', async () => {
    const sealed = await inChromium<SealedReport>('sealReport', SEALED_REPORT, OPENED_REPORT);
    expect(sealed.sealedKey).not.toBe(SEALED_REPORT.sealedKey);
    const opened = await openReport(sealed);
    expect(opened).toMatchObject({ dataKey: OPENED_REPORT.dataKey, reply: OPENED_REPORT.reply, chain: WHOLE });
    expect(await inChromium('openReport', sealed)).toEqual(opened);
  });

  test('refuses what Node refuses, by the same name', async () => {
    const found = await inChromium<readonly string[]>('refusals', SEALED_REPORT);
    expect(found).toEqual(['cannot-open', 'cannot-open', 'malformed', 'cannot-open', 'unfit-key', 'not-a-receipt']);
    expect(await refusals(SEALED_REPORT)).toEqual(found);
  });
});

function bundle(): string {
  const out = mkdtempSync(join(tmpdir(), 'permanence-vectors-'));
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  const config = join('test', 'support', 'report-bundle.vite.ts');
  const args = [vite, 'build', '--config', config, '--outDir', out, '--emptyOutDir', '--logLevel', 'error'];
  execFileSync(process.execPath, args, { cwd: ROOT, env: { ...process.env, NODE_ENV: 'production' } });
  const script = readFileSync(join(out, 'vectors.js'), 'utf8');
  rmSync(out, { recursive: true });
  return script;
}
