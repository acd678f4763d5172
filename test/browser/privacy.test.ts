import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser, inPage, newPage, picture } from '../support/browser-harness.js';
import type { HostPage } from '../support/browser-host-pages.js';
import {
  barHost,
  type HostSite,
  hostileHost,
  plainHost,
  startHostSite,
  strictHost,
} from '../support/browser-host-pages.js';
import { openStage, type Scene, type Stage } from '../support/browser-stage.js';
import { widgetOn } from '../support/browser-widget.js';

describeInBrowser('the widget leaves no trace that it need not', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  }, 60_000);
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  test('nothing is stored and nothing is sent before the panel is opened', async () => {
    const { page, server, widget } = await stage.scene();
    await page.reload();
    await widget.launcher.waitFor();
    expect(await stores(page)).toEqual({ local: [], session: [], cookies: '', databases: [] });
    expect(server.conversations.size).toBe(0);
    await widget.begin();
    await widget.send('un secret');
    await widget.sees('Reçu : un secret');
    const { local, session, cookies, databases } = await stores(page);
    expect({ cookies, databases }).toEqual({ cookies: '', databases: [] });
    expect([...local, ...session].join()).not.toContain('un secret');
  });

  test('« Quitter vite » empties the panel, forgets the token and leaves for the neutral page, in every tab', async () => {
    const { page, widget, server, context } = await stage.scene();
    await context.route('https://www.meteofrance.com/**', (route) => route.fulfill({ body: 'Il fait beau' }));
    await widget.begin();
    await widget.send('vite');
    await widget.sees('Reçu : vite');
    const { page: otherPage } = await newPage(context);
    await otherPage.goto(server.url);
    const other = widgetOn(otherPage);
    await other.open();
    await other.sees('Reçu : vite');

    const { page: thirdPage } = await newPage(context);
    await thirdPage.goto(server.url);
    const third = widgetOn(thirdPage);
    await third.open();
    await third.sees('Reçu : vite');

    await widget.button('Quitter vite').click();
    await page.waitForURL('https://www.meteofrance.com/');
    await other.launcher.waitFor();
    await third.launcher.waitFor();
    expect(await stores(otherPage)).toMatchObject({ local: [], session: [] });
    await page.goBack();
    expect(page.url()).not.toBe(server.url);
    await page.goto(server.url);
    await widget.begin();
    expect(await widget.texts()).toEqual([expect.stringMatching(/^Bonjour/)]);
    // The tabs that were told have not told each other again: the new conversation is left in peace.
    await widget.send('de retour');
    await widget.sees('Reçu : de retour');
    expect((await stores(page)).local.join()).toContain('token');
  });

  test('« Effacer » asks once, removes the conversation here, on the server and in the other tab', async () => {
    const { page, widget, server, context } = await stage.scene();
    await widget.begin();
    await widget.send('à effacer');
    await widget.sees('Reçu : à effacer');
    const { page: otherPage } = await newPage(context);
    await otherPage.goto(server.url);
    const other = widgetOn(otherPage);
    await other.open();
    await other.sees('Reçu : à effacer');

    await widget.openMenu();
    await widget.button('Effacer la conversation').click();
    await widget.button('Non, garder').click();
    expect(server.conversations.size).toBe(1);
    await widget.openMenu();
    await widget.button('Effacer la conversation').click();
    await widget.button('Oui, effacer').click();
    await widget.panel.getByRole('heading', { name: 'Conversation effacée' }).waitFor();
    await other.panel.getByRole('heading', { name: 'Conversation effacée' }).waitFor();
    expect(server.conversations.size).toBe(0);
    expect((await stores(page)).local.join()).not.toContain('session');

    await widget.button('Nouvelle conversation').click();
    await widget.sees(/Je suis un robot/);
    await other.button('Nouvelle conversation').click();
    await other.sees(/Je suis un robot/);
    expect(server.conversations.size).toBe(1);
  });

  test('when it cannot erase, it says so, and nothing is lost', async () => {
    const { widget, server } = await stage.scene();
    await widget.begin();
    server.faults.isUnreachable = true;
    server.dropConnections();
    await widget.openMenu();
    await widget.button('Effacer la conversation').click();
    await widget.button('Oui, effacer').click();
    await widget.panel.getByText(/n’est pas effacée/).waitFor();
    server.faults.isUnreachable = false;
    await widget.button('Oui, effacer').click();
    await widget.button('Nouvelle conversation').waitFor();
    expect(server.conversations.size).toBe(0);
  });

  test('what the bot erases at the reader’s wish leaves the screen', async () => {
    const { widget, server } = await stage.scene();
    await widget.begin();
    await widget.send('effacer mes données');
    await widget.sees('Reçu : effacer mes données');
    server.eraseHistory(server.theConversation().id);
    await widget.sees('C’est effacé.');
    expect(await widget.texts()).toEqual(['C’est effacé.']);
  });

  test('markup in a message stays text; only safe addresses become links', async () => {
    const { widget, server, faults } = await stage.scene();
    await widget.begin();
    const text = '<img src=x onerror=alert(1)> javascript:alert(1) https://exemple.fr/a?b=1. Appelez le 17.';
    server.say(server.theConversation().id, {
      text,
      card: { title: 'Carte', links: [['Piège', 'javascript:alert(1)']] },
    });
    await widget.sees(/onerror/);
    expect(await widget.bubbles.nth(1).textContent()).toContain('<img src=x onerror=alert(1)> javascript:alert(1)');
    const links = await widget.log.locator('a').evaluateAll(inPage('it.map((link) => link.href)'));
    expect(links).toEqual(['https://exemple.fr/a?b=1', 'tel:17']);
    expect(faults).toEqual([]);
  });
});

describeInBrowser('the widget on other people’s sites', () => {
  let stage: Stage;
  let site: HostSite | undefined;
  beforeAll(async () => {
    stage = await openStage();
  }, 60_000);
  afterEach(async () => {
    await stage.clear();
    await site?.close();
    site = undefined;
  });
  afterAll(() => stage.close());

  async function visit(host: (server: string) => HostPage): Promise<Scene> {
    return stage.scene({
      async start(server: string) {
        site = await startHostSite(host(server));
        return site.url;
      },
    });
  }

  test('it works under a strict content security policy', async () => {
    const { page, widget, faults } = await visit(strictHost);
    await widget.begin();
    await widget.send('bonjour');
    await widget.sees('Reçu : bonjour');
    await picture(page, 'host-strict');
    expect(faults).toEqual([]);
    expect(await widget.panel.evaluate(inPage('getComputedStyle(it).position'))).toBe('fixed');
  });

  test('it looks and works the same beside hostile styles', async () => {
    const hostile = await visit(hostileHost);
    await hostile.widget.begin();
    await hostile.widget.send('bonjour');
    await hostile.widget.sees('Reçu : bonjour');
    await picture(hostile.page, 'host-hostile');
    // Measured once it has come in.
    const looks =
      inPage<unknown>(`Promise.all(it.getAnimations().map(({ finished }) => finished)).then(() => ((style, box) => [
      ...['color', 'fontSize', 'letterSpacing', 'direction', 'textTransform', 'lineHeight', 'fontFamily', 'visibility', 'opacity']
        .map((name) => style[name]),
      box.width, box.height, innerWidth - box.right, innerHeight - box.bottom,
    ])(getComputedStyle(it), it.getBoundingClientRect()))`);
    const seen = await hostile.widget.panel.evaluate(looks);
    await stage.clear();
    await site?.close();
    const plain = await visit(plainHost);
    await plain.widget.begin();
    expect(seen).toEqual(await plain.widget.panel.evaluate(looks));
  });

  test('the site sets title, colour, side and way out; text on its colour stays readable', async () => {
    const { page, widget, context, server } = await visit((address) =>
      plainHost(
        address,
        `data-title="Mairie" data-accent="#ffcc00" data-position="left" data-quit-url="${address}neutre"`,
      ),
    );
    await widget.begin();
    await picture(page, 'host-accent');
    await widget.panel.getByRole('heading', { name: 'Mairie' }).waitFor();
    expect(await widget.panel.locator('.header').evaluate(inPage('getComputedStyle(it).color'))).toBe('rgb(0, 0, 0)');
    expect((await widget.panel.boundingBox())?.x).toBeLessThan(40);
    await context.route('**/neutre', (route) => route.fulfill({ body: 'Rien' }));
    await widget.button('Quitter vite').click();
    await page.waitForURL(`${server.url}neutre`);
  });

  test('the bubble stays above a bar at the bottom, and comes down when it goes', async () => {
    const { page, widget } = await visit(barHost);
    const bottom = async (): Promise<number> => {
      const box = await widget.launcher.boundingBox();
      return (page.viewportSize()?.height ?? 0) - (box?.y ?? 0) - (box?.height ?? 0);
    };
    await page.waitForFunction(`${launcherBottom} === 106`);
    expect(await bottom()).toBe(106);
    await page.getByRole('button', { name: 'Refuser' }).click();
    await page.waitForFunction(`${launcherBottom} === 16`);
  });

  test('any element of the page may open it; closing gives the focus back to that element', async () => {
    const { page, widget } = await stage.scene();
    const opener = page.getByRole('button', { name: 'Poser une question' });
    await opener.click();
    await widget.bubbles.first().waitFor();
    await page.keyboard.press('Escape');
    await widget.launcher.waitFor();
    expect(await opener.evaluate(inPage('it === document.activeElement'))).toBe(true);
  });

  test('on a phone, the composer stays above the keyboard', async () => {
    const { page, widget } = await stage.scene({
      context: { viewport: { width: 375, height: 700 }, hasTouch: true, isMobile: true },
    });
    await widget.begin();
    await page.evaluate(`Object.defineProperties(visualViewport, { height: { value: 380 }, offsetTop: { value: 60 } });
      visualViewport.dispatchEvent(new Event('resize'))`);
    const box = await widget.textBox.boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(440);
    expect((await widget.panel.boundingBox())?.y).toBe(60);
  });
});

const launcherBottom = `(innerHeight - document.querySelector('permanence-widget').shadowRoot
  .querySelector('.launcher').getBoundingClientRect().bottom)`;

interface Stores {
  readonly local: readonly string[];
  readonly session: readonly string[];
  readonly cookies: string;
  readonly databases: readonly unknown[];
}

async function stores(page: Page): Promise<Stores> {
  return page.evaluate<Stores>(`(async () => ({
    local: Object.entries(localStorage).map(String),
    session: Object.entries(sessionStorage).map(String),
    cookies: document.cookie,
    databases: await indexedDB.databases(),
  }))()`);
}
