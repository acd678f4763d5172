import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { type DemoDelegate, enrolDemoDelegate } from '../../src/demo/demo-delegate.js';
import { describeInBrowser, picture } from '../support/browser-harness.js';
import { type ChatClient, openChat } from '../support/chat-client.js';
import { openVisitors, type Visitors } from '../support/e2e-browser.js';
import { keptSession } from '../support/e2e-session.js';
import { openWatched, type WatchedPage } from '../support/security-chromium.js';
import { ASKING, openWaiting } from '../support/security-conversations.js';
import { editedFacts } from '../support/security-day.js';
import { openSite, type Site } from '../support/security-site.js';
import { cut, HOSTILE, HOSTILE_CONTROLS } from '../support/security-words.js';

const PASSWORD = 'quatre mots pour essayer';
const NARROW = { viewport: { width: 320, height: 640 } };
const MARK = 'window.piege=1';
const ALL = [...HOSTILE, ...HOSTILE_CONTROLS];
const LABELS = HOSTILE.slice(0, 10).map((text) => cut(text, 40));
const NAME = '<img src=x onerror="window.piege=1">';

describeInBrowser('hostile texts on the pages of the real server, at 320 px', () => {
  let site: Site;
  let visitors: Visitors;
  let coordinator: DemoDelegate;
  let chat: ChatClient;
  let blocked: ChatClient;
  beforeAll(async () => {
    site = await openSite();
    visitors = await openVisitors();
    const person = { login: 'anne.marie', displayName: NAME, password: PASSWORD };
    coordinator = await enrolDemoDelegate(site.url, person, site.setupToken);
    ({ chat, blocked } = await fill(site, coordinator));
  }, 60_000);
  afterAll(async () => {
    await visitors.close();
    await site.close();
  });

  test('the inbox: nothing runs, nothing is called, nothing is wider than the screen', async () => {
    const inbox = await openWatched(visitors, `${site.url}/inbox`, NARROW, signIn);
    const { page } = inbox;
    const id = chat.conversationId;
    await look(inbox, 'file', () => words(page, MARK).first().waitFor());
    await page.goto(`${site.url}/inbox/c/${id}`);
    await look(inbox, 'conversation', () => words(page, MARK).nth(8).waitFor());
    await page.getByRole('button', { name: 'Détails' }).click();
    await look(inbox, 'détails', () => words(page, `Note ${MARK}`).first().waitFor());
    await page.goto(`${site.url}/inbox/c/${blocked.conversationId}`);
    await look(inbox, 'bloquée', () => words(page, MARK).first().waitFor());
    for (const [path, text] of [
      ['/inbox/passees', MARK],
      ['/inbox/equipe', MARK],
      ['/inbox/journal', MARK],
      ['/inbox/alarme', 'Mon alarme'],
      ['/inbox/semaine', 'Semaine'],
    ] as const) {
      await page.goto(site.url + path);
      await look(inbox, path, () => words(page, text).first().waitFor());
    }
    await page.goto(`${site.url}/inbox/recherche`);
    await page.getByLabel('Mot à chercher').fill('piege');
    await page.keyboard.press('Enter');
    await look(inbox, 'recherche', () => words(page, MARK).first().waitFor());
    for (const path of ['/inbox/informations', '/inbox/horaires', '/inbox/compte']) {
      await page.goto(site.url + path);
      await look(inbox, path, () => page.getByRole('textbox').first().waitFor());
    }
    expect(inbox.requests.filter((url) => /piege|script|mechant/i.test(url))).toEqual([]);
    expect(
      inbox.requests
        .filter((url) => url.includes('?'))
        .every((url) => /\/events\?|\/weekly|\?before=|\?after=/.test(url)),
    ).toBe(true);
  }, 60_000);

  test('the page of a link: the name that the coordinator gave is text', async () => {
    const token = await coordinator.invite(NAME, 'delegate');
    const link = await openWatched(visitors, `${site.url}/inbox/lien#${token}`, NARROW);
    await look(link, 'lien', () => link.page.getByRole('button').first().waitFor());
    expect(link.page.url()).not.toContain(token);
    expect(link.requests.filter((url) => url.includes(token))).toEqual([]);
  });

  test('the widget: what delegates and their names say is text as well', async () => {
    const widget = await openWatched(visitors, `${site.url}/`, NARROW);
    const { page, visitor } = widget;
    await visitor.widget.begin();
    await visitor.widget.send(ASKING);
    await visitor.widget.settled();
    const { conversationId: id } = await keptSession(page);
    await coordinator.call('POST', `/conversations/${id}/take`);
    for (const text of ALL.filter((one) => !/[^\P{Cc}\n\t\r]/u.test(one) && one.isWellFormed()))
      await coordinator.reply(id, text);
    await coordinator.call('POST', `/conversations/${id}/typing`);
    await coordinator.reply(id, 'La fin');
    await visitor.widget.send(HOSTILE[0] ?? '');
    await look(widget, 'widget', () => visitor.widget.sees('La fin'));
    expect((await visitor.widget.texts()).filter((text) => text.includes(MARK)).length).toBeGreaterThan(8);
    expect(widget.requests.filter((url) => /piege|script|mechant/i.test(url))).toEqual([]);
  });

  async function look(watched: WatchedPage, place: string, shown: () => Promise<void>): Promise<void> {
    await shown();
    const [harm, traces, overflow] = [await watched.harm(), await watched.traces(), await watched.overflow()];
    if (overflow > 0) await picture(watched.page, `security-${place.replace(/\W/g, '')}`);
    expect({ place, harm, traces, overflow: Math.max(0, overflow) }).toEqual({
      place,
      harm: [],
      traces: [],
      overflow: 0,
    });
  }
});

/** Where they can be seen: a narrow page hides the column that it has no room for. */
function words(page: Page, text: string): Locator {
  return page.getByRole('main').getByText(text).filter({ visible: true });
}

async function signIn(page: Page): Promise<void> {
  await page.getByLabel('Identifiant').fill('anne.marie');
  await page.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page.locator('.card').first().waitFor();
}

/** Hostile texts in every field that pages show. */
async function fill(site: Site, { call, invite, note, reply }: DemoDelegate) {
  const chat = await openChat(site.url);
  for (const text of ALL) await chat.post(text, randomUUID());
  await chat.send(ASKING);
  const id = chat.conversationId;
  await call('POST', `/conversations/${id}/take`);
  for (const text of HOSTILE.slice(0, 12)) {
    await reply(id, text);
    await note(id, `Note ${text}`.replace(`Note <script>${MARK}`, `Note ${MARK}<script>`).slice(0, 2000));
  }
  await call('PUT', `/conversations/${id}/labels`, { labels: LABELS, priority: 'high' });
  await call('PUT', `/conversations/${id}/draft`, { text: ALL.join('\n').slice(0, 4000) });
  await chat.post(`${MARK} ${HOSTILE[1]}`, randomUUID());
  for (const text of HOSTILE) await invite(cut(text, 60), 'delegate');
  await call('POST', '/alarm/subscriptions', {
    endpoint: 'https://fcm.googleapis.com/<script>',
    keys: { p256dh: 'AAAA', auth: 'AAAA' },
  });
  await changeSettings(call);
  const blocked = await openWaiting(site, `${MARK} ${HOSTILE[1]}`);
  await call('POST', `/conversations/${blocked.conversationId}/block`, {
    reason: ALL.slice(0, 4).join(' ').slice(0, 300),
  });
  const closed = await openWaiting(site);
  await closed.send(`${MARK} ${HOSTILE[2]}`);
  await call('POST', `/conversations/${closed.conversationId}/close`);
  return { chat, blocked };
}

async function changeSettings(call: DemoDelegate['call']): Promise<void> {
  const { hours } = (await call('GET', '/opening-hours')) as { hours: object };
  const exceptions = HOSTILE.slice(0, 9).map((text, n) => {
    const day = `2030-01-0${n + 1}`;
    return { from: day, to: day, slots: [], reason: cut(text, 100) };
  });
  await call('PUT', '/opening-hours', { hours: { ...hours, exceptions } });
  for (const [version, text] of HOSTILE.slice(0, 6).entries()) {
    const { facts } = (await call('GET', '/facts')) as { facts: never };
    await call('PUT', '/facts', {
      facts: editedFacts(facts, { factsText: text, factsEmail: 'x@exemple.fr' }),
      version,
    });
  }
}
