import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { describeInBrowser, inPage } from '../support/browser-harness.js';
import { type Desk, openDesk } from '../support/desk.js';
import { openVisitors, type Visitor, type Visitors } from '../support/e2e-browser.js';
import { keptSession, onServer, storedValues, writtenTexts } from '../support/e2e-session.js';

/** A Tuesday: the permanence is tomorrow. */
const NOW = '2026-11-24T09:00:00Z';
const WELCOME = /^Bonjour, je suis un robot/;
const ACKNOWLEDGED_MS = 3_000;
/** What is left of a conversation that was erased. */
const ERASED = [/^C’est fait\. La conversation est effacée/, /^Un signalement déjà envoyé/].map((text) =>
  expect.stringMatching(text),
);
const NEUTRAL_PAGE = 'https://www.meteofrance.com/';

describeInBrowser('the widget on the page of the real server', () => {
  let desk: Desk;
  let visitors: Visitors;
  beforeAll(async () => {
    [desk, visitors] = await Promise.all([openDesk({ now: NOW }), openVisitors()]);
  }, 60_000);
  afterEach(() => visitors.clear());
  afterAll(async () => {
    await visitors.close();
    await desk.close();
  });

  async function begin(): Promise<Visitor> {
    const visitor = await visitors.visit(desk.url);
    await visitor.widget.begin();
    await visitor.widget.sees(WELCOME);
    return visitor;
  }

  test('« c’est ouvert demain ? » gets yes, the day, the place, and a file for the calendar', async () => {
    const { page, widget, faults } = await begin();
    await widget.send('c’est ouvert demain ?');
    await widget.sees(/^Oui\. Il y a une permanence des délégués demain/);
    await widget.sees(/mercredi 25 novembre/);
    await widget.sees(/7\/9 rue Picasso/);

    const calendar = widget.log.getByRole('link', { name: 'Ajouter à mon agenda' });
    const address = await calendar.evaluate(inPage<string>('it.href'));
    expect(new URL(address).origin).toBe(desk.url);
    const file = await fetch(address);
    expect(file.headers.get('content-type')).toMatch(/^text\/calendar/);
    expect(await file.text()).toMatch(/DTSTART[^\r\n]*:20261125/);
    const [download] = await Promise.all([page.waitForEvent('download'), calendar.click()]);
    expect(download.suggestedFilename()).toMatch(/\.ics$/);
    expect(faults).toEqual([]);
  });

  test('buttons are pressed one after the other; the place comes with its plan', async () => {
    const { context, widget, faults } = await begin();
    await widget.button('Horaires').click();
    await widget.sees(/^La prochaine permanence des délégués/);
    await widget.button('Voir l’adresse').click();
    await widget.sees(/^La permanence a lieu ici.*7\/9 rue Picasso/);
    await context.route('https://www.openstreetmap.org/**', (route) => route.fulfill({ body: 'Un plan' }));
    const [plan] = await Promise.all([
      context.waitForEvent('page'),
      widget.log.getByRole('link', { name: 'Voir le plan' }).click(),
    ]);
    await plan.waitForURL('https://www.openstreetmap.org/search?query=7%20rue%20Picasso**');
    expect(await plan.evaluate('[opener, document.referrer]')).toEqual([null, '']);
    expect(faults).toEqual([]);
  });

  test('danger: the numbers come at once, each can be called, and nobody is said to be alerted', async () => {
    const { widget, faults } = await begin();
    await widget.send('au secours, un homme me menace avec un couteau');
    await widget.sees(/je n’ai prévenu personne/);
    expect((await widget.texts())[2]).toMatch(/^Appelez tout de suite le 17 ou le 112/);
    const links = await widget.log.locator('a').evaluateAll(inPage<string[]>('it.map((link) => link.href)'));
    expect(links).toEqual(expect.arrayContaining(['tel:17', 'tel:112', 'sms:114']));
    expect(faults).toEqual([]);
  });

  test('a reload and a second tab keep the conversation', async () => {
    const { page, widget, openTab, faults } = await begin();
    await widget.send('où se trouve la permanence ?');
    await widget.sees(/^La permanence a lieu ici/);
    await widget.settled();
    const before = await widget.texts();
    await page.reload();
    await widget.sees(/^La permanence a lieu ici/);
    expect(await widget.texts()).toEqual(before);

    const second = await openTab(desk.url);
    await second.widget.open();
    await second.widget.sees(/^La permanence a lieu ici/);
    expect(await second.widget.texts()).toEqual(before);
    await second.widget.send('merci beaucoup');
    await widget.sees('merci beaucoup');
    expect(await writtenTexts(desk.url, await keptSession(page))).toEqual([
      'où se trouve la permanence ?',
      'merci beaucoup',
    ]);
    expect(faults).toEqual([]);
  });

  test('« Effacer » empties the panel, and the server has nothing any more', async () => {
    const { page, widget, faults } = await begin();
    const session = await keptSession(page);
    await widget.send('bonjour');
    await widget.settled();
    expect(await writtenTexts(desk.url, session)).toEqual(['bonjour']);
    await widget.openMenu();
    await widget.button('Effacer la conversation').click();
    await widget.button('Oui, effacer').click();
    await widget.panel.getByRole('heading', { name: 'Conversation effacée' }).waitFor();
    expect(await onServer(desk.url, session)).toEqual({ status: 404, activities: [] });
    expect((await storedValues(page)).join()).not.toContain(session.conversationId);

    await widget.button('Nouvelle conversation').click();
    await widget.sees(WELCOME);
    expect(await widget.texts()).toHaveLength(1);
    expect(faults).toEqual([]);
  });

  async function eraseByWords({ widget }: Visitor): Promise<void> {
    await widget.send('où se trouve la permanence ?');
    await widget.sees(/^La permanence a lieu ici/);
    await widget.send('effacez mes données');
    await widget.button('Oui, tout effacer').click();
    await widget.sees(/^Un signalement déjà envoyé/);
  }

  test('asked in words and confirmed, the deletion empties the server, and a reload shows nothing else', async () => {
    const visitor = await begin();
    const { page, widget, faults } = visitor;
    const session = await keptSession(page);
    await eraseByWords(visitor);
    const { activities } = await onServer(desk.url, session);
    expect(activities.map(({ type, text, name }) => text ?? name ?? type)).toEqual([
      'conversation.erased',
      expect.stringMatching(/^C'est fait/),
      expect.stringMatching(/^Un signalement déjà envoyé/),
    ]);
    await page.reload();
    await widget.sees(/^Un signalement déjà envoyé/);
    expect(await widget.texts()).toEqual(ERASED);
    expect(faults).toEqual([]);
  });

  test('the deletion empties the screen at once, the request for it included', async () => {
    const visitor = await begin();
    await eraseByWords(visitor);
    await visitor.widget.log.locator('.delivery').waitFor({ state: 'detached', timeout: ACKNOWLEDGED_MS });
    expect(await visitor.widget.texts()).toEqual(ERASED);
  });

  test('« Quitter vite » leaves at once, and nothing of the conversation stays in the browser', async () => {
    const { page, context, widget, faults } = await begin();
    await context.route(`${NEUTRAL_PAGE}**`, (route) =>
      route.fulfill({ body: 'Il fait beau', contentType: 'text/html; charset=utf-8' }),
    );
    await widget.send('je veux partir');
    await widget.settled();
    await widget.button('Quitter vite').click();
    await page.waitForURL(NEUTRAL_PAGE);
    await page.goBack();
    expect(page.url()).toBe('about:blank');
    await page.goto(`${desk.url}/accessibilite`);
    expect(await storedValues(page)).toEqual([]);
    await page.goto(desk.url);
    await widget.begin();
    expect(await widget.texts()).toEqual([expect.stringMatching(WELCOME)]);
    expect(faults).toEqual([]);
  });

  test('every link of the public pages and of the menu leads somewhere', async () => {
    const { page, widget, context, faults } = await begin();
    await widget.openMenu();
    const [privacy] = await Promise.all([
      context.waitForEvent('page'),
      widget.panel.getByRole('link', { name: /Confidentialité/ }).click(),
    ]);
    await privacy.getByRole('heading', { level: 1, name: /Confidentialité/ }).waitFor();
    for (const path of ['/', '/confidentialite', '/accessibilite']) {
      await page.goto(desk.url + path);
      const links = await page.locator('a').evaluateAll(inPage<string[]>('it.map((link) => link.href)'));
      const own = [...new Set(links.filter((link) => link.startsWith(desk.url)))];
      const statuses = await Promise.all(own.map(async (link) => [link, (await fetch(link)).status]));
      expect(statuses).toEqual(own.map((link) => [link, 200]));
    }
    expect(faults).toEqual([]);
  });
});
