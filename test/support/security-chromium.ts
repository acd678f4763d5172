import type { BrowserContextOptions, Page } from 'playwright-core';
import { inPage } from './browser-harness.js';
import type { Visitor, Visitors } from './e2e-browser.js';

/** A page that tells of everything that hostile text could bring about. */
export interface WatchedPage {
  readonly visitor: Visitor;
  readonly page: Page;
  /** The address of every request so far, with its body's absence: only addresses and headers are looked at. */
  readonly requests: readonly string[];
  /** Dialogs, scripts that ran, broken policies, and calls to elsewhere. */
  harm(): Promise<readonly string[]>;
  /** Elements and addresses that no page of ours has. */
  traces(): Promise<readonly string[]>;
  /** By how many pixels the page is wider than its window. */
  overflow(): Promise<number>;
}

/** Runs before any script of the page. */
const LISTEN = `
  window.violations = [];
  addEventListener('securitypolicyviolation', (event) => {
    window.violations.push(event.effectiveDirective + ' ' + event.blockedURI);
  });
`;

/** Through shadow roots as well: the widget lives in one. */
const TRACES = `(() => {
  const all = (root) => [...root.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot ? all(one.shadowRoot) : [])]);
  const isEvil = (one) =>
    one.matches('script:not([src]), iframe, object, embed, base, meta[http-equiv="refresh" i], mglyph, img[src="x"]') ||
    [...one.attributes].some(({ name }) => /^on/i.test(name)) ||
    ['href', 'src', 'action', 'formaction', 'xlink:href'].some((name) => {
      const value = (one.getAttribute(name) ?? '').trim();
      return /^(javascript|vbscript):/i.test(value) || (/^data:/i.test(value) && one.tagName !== 'IMG');
    });
  return all(document).filter(isEvil).map((one) => one.outerHTML.slice(0, 200));
})()`;

export async function openWatched(
  visitors: Visitors,
  url: string,
  options: BrowserContextOptions,
  prepare: (page: Page) => Promise<void> = async () => undefined,
): Promise<WatchedPage> {
  const visitor = await visitors.visit('about:blank', options);
  const { page, context } = visitor;
  const { host } = new URL(url);
  const requests: string[] = [];
  const events: string[] = [];
  await context.addInitScript(LISTEN);
  context.on('request', (request) => {
    requests.push(request.url());
    if (new URL(request.url()).host !== host && !request.url().startsWith('data:'))
      events.push(`called ${request.url()}`);
  });
  page.on('dialog', (dialog) => {
    events.push(`dialog ${dialog.type()}`);
    void dialog.dismiss();
  });
  page.on('popup', () => events.push('a window of its own'));
  page.on('download', () => events.push('a download'));
  await page.goto(url);
  await prepare(page);

  return {
    visitor,
    page,
    requests,
    async harm() {
      const ran = await page.evaluate(inPage<unknown>('window.piege'));
      const violations = await page.evaluate(inPage<string[]>('window.violations'));
      return [
        ...events,
        ...(ran === undefined ? [] : ['a script ran']),
        ...violations,
        ...visitor.faults.filter(isOurs),
      ];
    },
    traces: () => page.evaluate(inPage<string[]>(TRACES)),
    overflow: () =>
      page.evaluate(
        inPage<number>('Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - innerWidth'),
      ),
  };
}

/** Who is not logged in yet is told so by a 401, which Chromium puts into its console. */
function isOurs(fault: string): boolean {
  return !/Failed to load resource: the server responded with a status of 401 .*\/api\/inbox\/session\)/.test(fault);
}
