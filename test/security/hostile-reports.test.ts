import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type DemoDelegate, enrolDemoDelegate } from '../../src/demo/demo-delegate.js';
import type { ReportAnswer } from '../../src/domain/report-answers.js';
import { describeInBrowser, picture } from '../support/browser-harness.js';
import { openVisitors, type Visitors } from '../support/e2e-browser.js';
import { openWatched, type WatchedPage } from '../support/security-chromium.js';
import { openReports, storeReport } from '../support/security-report-site.js';
import { openSite, type Site } from '../support/security-site.js';
import { cut, HOSTILE, HOSTILE_CONTROLS } from '../support/security-words.js';

const PASSWORD = 'quatre mots pour essayer';
const NARROW = { viewport: { width: 320, height: 640 } };
const MARK = 'window.piege=1';
const ALL = [...HOSTILE, ...HOSTILE_CONTROLS];
const SENT_BY_DELEGATE = ALL.filter((one) => !/[^\P{Cc}\n\t\r]/u.test(one) && one.isWellFormed());
/** Moves the cursor, turns the direction of what follows, or is not seen. */
const UNSEEN = /[^\P{Cc}\r\n]|[\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/u;
/** Ends a wait on a slow machine, where keys take seconds to derive. */
const LONG_MS = 60_000;

/** Five hostile texts in one report, wherever its author writes words of their own. */
function answersOf(texts: readonly string[]): readonly ReportAnswer[] {
  const [where = '', when = '', what = '', more = '', firstName = ''] = texts.map((text) => cut(text, 2000));
  return [
    { step: 'category', category: 'other' },
    { step: 'where', text: where },
    { step: 'when', moment: { text: when, words: when } },
    { step: 'what', text: what },
    { step: 'more', text: more },
    { step: 'contact', contact: { kind: 'named', firstName: cut(firstName, 60), phone: '0743174319' } },
  ];
}

describeInBrowser('hostile texts in reports, on the pages of the real server at 320 px', () => {
  let site: Site;
  let visitors: Visitors;
  let delegate: DemoDelegate;
  let receipt: string;
  let first: string;
  beforeAll(async () => {
    site = await openSite();
    visitors = await openVisitors();
    const person = { login: 'anne.marie', displayName: 'Anne', password: PASSWORD };
    delegate = await enrolDemoDelegate(site.url, person, site.setupToken);
    ({ id: first, receipt } = await fill());
  }, LONG_MS);
  afterAll(async () => {
    await visitors.close();
    await site.close();
  });

  /** Every hostile text in every place where an author writes; then in every place where a delegate does. */
  async function fill(): Promise<{ readonly id: string; readonly receipt: string }> {
    const { storage, reports } = await openReports(site);
    const places = 5;
    const stored = [];
    for (let at = 0; at < ALL.length; at += 1) {
      const texts = Array.from({ length: places }, (_, place) => ALL[(at + place * 7) % ALL.length] ?? '');
      stored.push(await storeReport({ reports }, answersOf(texts)));
    }
    const [one] = stored;
    if (!one) throw new Error('No report was stored');
    for (const text of SENT_BY_DELEGATE) {
      await delegate.reports.write(one.id, { kind: 'reply', text: cut(text, 2000) });
      await delegate.reports.write(one.id, { kind: 'note', text: cut(text, 2000) });
    }
    await delegate.reports.write(one.id, { kind: 'status', status: 'in-progress', text: HOSTILE[1] ?? '' });
    await storage.close();
    return one;
  }

  test('the delegate: nothing runs, nothing is called, nothing is wider than the screen', async () => {
    const inbox = await openWatched(visitors, `${site.url}/inbox/signalements`, NARROW, signIn);
    const { page } = inbox;
    await look(inbox, 'liste', () => seen(page, MARK));
    await page.goto(`${site.url}/inbox/s/${first}`);
    await unlock(page);
    await look(inbox, 'signalement', () => seen(page, MARK));
    const said = await page.locator('.report-text').allTextContents();
    // As they were written: what a page takes away, it would take away from an honest author as well.
    for (const text of [HOSTILE[0], HOSTILE[1]]) expect(said).toContain(text);
    await page.getByRole('link', { name: 'Masquer des passages pour partager' }).or(button(page, 'Masquer')).click();
    await look(inbox, 'masquer', () => seen(page, MARK));
    const shared = await download(page, 'Télécharger le texte');
    expect(shared).toContain(HOSTILE[0]);
    expect(shared.slice(1)).not.toMatch(UNSEEN);
    expect(linesOf(shared).filter((line) => /piege|mechant|Set-Cookie|calc|faux|DROP/.test(line))).toEqual([]);
    await page.goto(`${site.url}/inbox/signalements/chiffres`);
    await unlock(page);
    await look(inbox, 'chiffres', () => page.getByRole('table').waitFor());
    const counted = await download(page, 'Télécharger');
    expect(counted).toContain(String(ALL.length));
    expect(counted).not.toMatch(/piege|mechant|calc/);
    expect(inbox.requests.filter((url) => /piege|script|mechant/i.test(url))).toEqual([]);
  }, 120_000);

  test(
    'the author: what delegates answer is text in the widget as well',
    async () => {
      const widget = await openWatched(visitors, `${site.url}/`, NARROW);
      const { visitor } = widget;
      await visitor.widget.begin();
      await visitor.widget.send('suivre mon signalement');
      await visitor.widget.settled();
      await visitor.widget.send(receipt);
      await visitor.widget.settled();
      await look(widget, 'suivi', () => visitor.widget.sees(MARK));
      expect((await visitor.widget.texts()).join('\n')).toContain(HOSTILE[1]);
      expect(widget.requests.filter((url) => /piege|script|mechant/i.test(url))).toEqual([]);
    },
    LONG_MS,
  );

  async function look(watched: WatchedPage, place: string, shown: () => Promise<void>): Promise<void> {
    await shown();
    const harm = (await watched.harm()).filter((event) => event !== 'a download');
    const [traces, overflow] = [await watched.traces(), await watched.overflow()];
    if (overflow > 0) await picture(watched.page, `security-report-${place}`);
    expect({ place, harm, traces, overflow: Math.max(0, overflow) }).toEqual({
      place,
      harm: [],
      traces: [],
      overflow: 0,
    });
  }
});

const button = (page: Page, name: string) => page.getByRole('button', { name });

const seen = (page: Page, text: string): Promise<void> =>
  page.getByRole('main').getByText(text).filter({ visible: true }).first().waitFor({ timeout: LONG_MS });

/** The document's own lines: what people wrote is indented under them. */
const linesOf = (text: string): readonly string[] => text.split('\r\n').filter((line) => !line.startsWith('    '));

async function download(page: Page, name: string): Promise<string> {
  const coming = page.waitForEvent('download');
  await button(page, name).click();
  return readFileSync(await (await coming).path(), 'utf8');
}

async function signIn(page: Page): Promise<void> {
  await page.getByLabel('Identifiant').fill('anne.marie');
  await page.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
  await button(page, 'Se connecter').click();
  await unlock(page);
}

/** Keys are in memory only: a page that was loaded anew asks for the password. */
async function unlock(page: Page): Promise<void> {
  const open = button(page, 'Ouvrir les signalements').or(button(page, 'Ouvrir le signalement'));
  await open
    .or(page.getByRole('main').getByText(MARK).first())
    .or(page.getByRole('table'))
    .first()
    .waitFor({ timeout: LONG_MS });
  if ((await open.count()) === 0) return;
  await page.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
  await open.click();
}
