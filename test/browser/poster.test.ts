import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PDFDocument } from '@cantoo/pdf-lib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import express from 'express';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { loadCalendarTexts } from '../../src/content/calendar.js';
import { loadDateWords } from '../../src/content/load-date-words.js';
import { loadFacts } from '../../src/content/load-facts.js';
import type { Facts } from '../../src/domain/facts.js';
import type { PosterSources } from '../../src/http/poster.js';
import { createPosterRouter } from '../../src/http/poster-routes.js';
import { securityHeaders } from '../../src/http/security-headers.js';
import {
  describeInBrowser,
  inPage,
  launchBrowser,
  newPage,
  picture,
  seriousFaults,
} from '../support/browser-harness.js';
import { type Modules, readQr } from '../support/read-qr.js';

const ROOT = new URL('../../', import.meta.url);
const CORPUS = new URL('corpus/fr/', ROOT);
const PAGES = new URL('src/web/pages/', ROOT);
const FACTS = loadFacts(CORPUS, { sectorEmails: {} });
const WHOLE: PosterSources = {
  facts: FACTS,
  dates: loadDateWords(CORPUS),
  names: loadCalendarTexts(CORPUS).summaries,
  controller: 'démonstration (le responsable n’est pas encore désigné)',
  publicUrl: 'https://permanence.exemple.fr',
  telegram: { username: 'PermanencePlanoiseBot' },
  now: new Date('2026-11-23T09:00:00Z'),
};
/** As long as names of places and addresses are in practice, and longer. */
const LONG: Partial<PosterSources> = {
  publicUrl: 'https://assistant-de-la-permanence.tranquillite-publique.exemple.fr',
  telegram: { username: 'PermanenceDesDeleguesPlanoiseBot' },
  controller:
    'Direction départementale de la sécurité publique du département, service de la tranquillité et de la cohésion',
  facts: withLongFacts(FACTS),
};
/** In millimetres. */
const A4 = { width: 210, height: 297 };
const MM_PER_POINT = 25.4 / 72;

describeInBrowser('the poster', () => {
  let browser: Browser;
  let server: Server;
  let url: string;
  let sources: PosterSources = WHOLE;

  beforeAll(async () => {
    browser = await launchBrowser();
    const app = express().use(
      securityHeaders(),
      createPosterRouter({ webDir: PAGES, sources: () => sources }),
      express.static(PAGES.pathname, { index: false }),
    );
    server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    server.closeAllConnections();
    server.close();
  });

  async function open(
    overrides: Partial<PosterSources> = {},
    options: BrowserContextOptions = {},
  ): Promise<{ page: Page; faults: string[]; requests: string[]; close(): Promise<void> }> {
    sources = { ...WHOLE, ...overrides };
    const context = await browser.newContext({ locale: 'fr-FR', ...options });
    const { page, faults } = await newPage(context);
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(`${url}/affiche`);
    return { page, faults, requests, close: () => context.close() };
  }

  test.each<[string, Partial<PosterSources>]>([
    ['whole', {}],
    ['with long names', LONG],
    ['without a bot', { telegram: undefined }],
    ['without an address', { publicUrl: undefined }],
    ['without either', { telegram: undefined, publicUrl: undefined }],
  ])('%s, it prints on exactly one page A4', async (name, overrides) => {
    const { page, close } = await open(overrides);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const printed = await PDFDocument.load(pdf);
    const sizes = printed.getPages().map((one) => one.getSize());
    expect(sizes).toHaveLength(1);
    expect((sizes[0]?.width ?? 0) * MM_PER_POINT).toBeCloseTo(A4.width, 0);
    expect((sizes[0]?.height ?? 0) * MM_PER_POINT).toBeCloseTo(A4.height, 0);
    // What a browser's own margins leave of the page.
    const narrow = await PDFDocument.load(await page.pdf({ format: 'A4' }));
    expect(narrow.getPageCount()).toBe(1);
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 688, height: 1032 });
    await picture(page, `poster-print-${name.replaceAll(' ', '-')}`);
    expect(await page.locator('.operator').isVisible()).toBe(false);
    await close();
  });

  test.each([
    { width: 320, height: 640 },
    { width: 1280, height: 800 },
  ])('at $width px it is read without scrolling sideways, by anybody, and asks nothing of others', async (viewport) => {
    const { page, faults, requests, close } = await open({}, { viewport });
    await picture(page, `poster-${viewport.width}`);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    expect(await seriousFaults(page)).toEqual([]);
    expect(await page.getByRole('img').count()).toBe(2);
    const code = page.getByRole('img', { name: 'https://t.me/PermanencePlanoiseBot?start=affiche' });
    expect((await code.boundingBox())?.width).toBeGreaterThan(180);
    expect(requests.filter((request) => !request.startsWith(url))).toEqual([]);
    expect(faults).toEqual([]);
    await page.evaluate('window.scrollTo(0, document.body.scrollHeight)');
    await picture(page, `poster-${viewport.width}-end`);
    await close();
  });

  test('what a camera sees of its codes, on a dark screen too, leads where it says', async () => {
    const { page, close } = await open({}, { colorScheme: 'dark', viewport: { width: 900, height: 1200 } });
    const read: string[] = [];
    for (const code of await page.getByRole('img').all()) read.push(readQr(await seen(page, await code.screenshot())));
    expect(read).toEqual(['https://t.me/PermanencePlanoiseBot?start=affiche', 'https://permanence.exemple.fr/']);
    await close();
  });

  test('what the operator has to do stands first on the screen', async () => {
    const { page, close } = await open({ telegram: undefined, publicUrl: undefined });
    await picture(page, 'poster-operator');
    expect(await page.getByText('TELEGRAM_TOKEN').isVisible()).toBe(true);
    expect(await page.getByText('PUBLIC_URL').isVisible()).toBe(true);
    expect(await page.locator('body').evaluate(inPage('it.firstElementChild.className'))).toBe('operator');
    await close();
  });
});

/** The modules of a code from its picture: where the first finder ends tells how large one is. */
async function seen(page: Page, png: Buffer): Promise<Modules> {
  const rows = await page.evaluate<boolean[][]>(`(async () => {
    const bytes = Uint8Array.from(atob(${JSON.stringify(png.toString('base64'))}), (one) => one.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const pen = canvas.getContext('2d');
    pen.drawImage(image, 0, 0);
    const { data } = pen.getImageData(0, 0, image.width, image.height);
    return Array.from({ length: image.height }, (_, y) =>
      Array.from({ length: image.width }, (_, x) => data[4 * (y * image.width + x)] < 128));
  })()`);
  const top = rows.findIndex((row) => row.includes(true));
  const first = rows[top] ?? [];
  const left = first.indexOf(true);
  const right = first.lastIndexOf(true) + 1;
  // The top edge of a finder is seven modules long.
  const finder = first.indexOf(false, left) - left;
  const count = 4 * Math.round(((right - left) / (finder / 7) - 17) / 4) + 17;
  const step = (right - left) / count;
  const middle = (index: number) => Math.floor((index + 0.5) * step);
  return Array.from({ length: count }, (_, y) =>
    Array.from({ length: count }, (_, x) => rows[top + middle(y)]?.[left + middle(x)] ?? false),
  );
}

function withLongFacts(facts: Facts): Facts {
  return {
    ...facts,
    places: facts.places.map((place) => ({
      ...place,
      name: 'Maison de Services au Public et de la Citoyenneté Simone-Veil',
      street: '127 bis avenue du Maréchal-de-Lattre-de-Tassigny, bâtiment C',
      postcode: '25000',
    })),
    permanences: facts.permanences.map((permanence) => ({
      ...permanence,
      rule: { kind: 'weekly', weekday: 3, everyWeeks: 3, anchor: '2026-11-25' },
      slot: { hours: { from: '13:30', to: '17:45' } },
    })),
  };
}
