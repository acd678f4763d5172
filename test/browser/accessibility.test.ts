import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser, inPage, picture, seriousFaults, VIEWPORTS } from '../support/browser-harness.js';
import { openStage, type Stage } from '../support/browser-stage.js';
import { soon } from '../support/soon.js';

describeInBrowser('the widget is usable by everybody', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  }, 60_000);
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  async function check(page: Page, name: string): Promise<void> {
    await picture(page, name);
    expect(await seriousFaults(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  }

  test.each(VIEWPORTS)(
    'axe finds nothing serious, and nothing overflows, at $name',
    async ({ name, options }) => {
      const { page, widget, server, context, faults } = await stage.scene({
        context: options,
        answer: () => [
          { text: 'Oui. La prochaine permanence a lieu demain, mercredi 25 novembre, l’après-midi.' },
          {
            text: 'En cas de danger, appelez le 17 ou le 112.',
            actions: ['Voir l’adresse', 'Parler à un délégué'],
            card: {
              title: 'Le lieu',
              text: '7/9 rue Picasso',
              links: [['Voir le plan', 'https://www.openstreetmap.org/']],
            },
          },
        ],
      });
      await check(page, `widget-${name}-1-closed`);
      await widget.begin();
      await check(page, `widget-${name}-2-welcome`);
      await widget.send('c ouvert demain ?');
      await widget.sees(/appelez le 17/);
      await widget.settled();
      server.say(server.theConversation().id, { author: 'system', text: 'Un délégué vous répond.' });
      server.say(server.theConversation().id, {
        author: 'delegate',
        name: 'Jean, délégué',
        text: 'Bonjour, je vous lis.',
      });
      await widget.sees('Bonjour, je vous lis.');
      server.typing(server.theConversation().id, 'delegate');
      await widget.sees('Délégué écrit…');
      await check(page, `widget-${name}-3-talk`);
      await widget.openMenu();
      await check(page, `widget-${name}-4-menu`);
      await widget.button('Très grande').click();
      await page.keyboard.press('Escape');
      await check(page, `widget-${name}-5-large`);
      await widget.openMenu();
      await widget.button('Effacer la conversation').click();
      await check(page, `widget-${name}-6-erase`);
      await widget.button('Non, garder').click();
      server.faults.refusals = { status: 400, times: 1 };
      await widget.send('Un message refusé');
      await widget.button('Renvoyer').waitFor();
      await check(page, `widget-${name}-7-failed`);
      await context.setOffline(true);
      await widget.panel.getByText(/Connexion coupée depuis/).waitFor();
      await widget.send('Un message écrit hors ligne');
      await widget.sees('En attente de connexion');
      await check(page, `widget-${name}-8-offline`);
      await context.setOffline(false);
      await widget.openMenu();
      await widget.button('Effacer la conversation').click();
      await widget.button('Oui, effacer').click();
      await widget.button('Nouvelle conversation').waitFor();
      await check(page, `widget-${name}-9-erased`);
      expect(faults).toEqual([]);
    },
    90_000,
  );

  test.each(['', 'confidentialite', 'accessibilite'])(
    'axe finds nothing serious on the page /%s',
    async (path) => {
      for (const { name, options } of VIEWPORTS) {
        const { page } = await stage.scene({ context: options });
        await page.goto(new URL(path, page.url()).href);
        await check(page, `page-${path || 'demo'}-${name}`);
        await stage.clear();
      }
    },
    60_000,
  );

  test('everything works by the keyboard alone, and nothing traps it', async () => {
    const { page, widget } = await stage.scene();
    const press = async (...keys: string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await widget.launcher.focus();
    await press('Enter');
    await widget.bubbles.first().waitFor();
    expect(await focused(page)).toBe('Votre message');

    await page.keyboard.type('bonjour');
    await press('Shift+Enter');
    await page.keyboard.type('à tous');
    await press('Enter');
    await widget.sees(/Reçu\s: bonjour\s+à tous/);
    expect(await focused(page)).toBe('Votre message');

    await widget.menuButton.focus();
    await press('Enter');
    await widget.button('Effacer la conversation').waitFor();
    await press('Escape');
    expect(await focused(page)).toBe('Menu');
    expect(await widget.panel.isVisible()).toBe(true);

    const stops: string[] = [];
    for (let tabs = 0; tabs < 14; tabs++) {
      await press('Tab');
      stops.push(await focused(page));
    }
    expect(stops).toEqual(
      expect.arrayContaining(['Appeler le 17, police', 'Conversation', 'Votre message', 'Envoyer']),
    );
    expect(stops).toContain('');

    await widget.textBox.focus();
    await press('Escape');
    await widget.launcher.waitFor();
    expect(await focused(page)).toBe('Ouvrir la discussion');
  });

  test('suggested answers are buttons under the last message only, and the focus stays in the conversation', async () => {
    const { page, widget } = await stage.scene();
    await widget.begin();
    await widget.button('Adresse').press('Enter');
    await widget.sees('Reçu : Adresse');
    expect(await widget.button('Horaires').count()).toBe(0);
    expect(await focused(page)).toBe('Conversation');
  });

  test('each new message is announced once, with its author; history is not', async () => {
    const { page, widget, server } = await stage.scene();
    await widget.begin();
    await widget.send('bonjour');
    await widget.announcer.getByText('Assistant (robot) : Reçu : bonjour').waitFor();
    server.say(server.theConversation().id, { author: 'delegate', name: 'Jean, délégué', text: 'Je prends la suite.' });
    await widget.announcer.getByText('Jean, délégué : Je prends la suite.').waitFor();
    expect(await widget.announcer.getByText('Reçu : bonjour').count()).toBe(0);
    await page.reload();
    await widget.sees('Je prends la suite.');
    expect(await widget.announcer.textContent()).toBe('');
  });

  test('the Enter key that confirms an input method’s choice does not send', async () => {
    const { page, widget, server } = await stage.scene();
    await widget.begin();
    await widget.textBox.fill('へいわ');
    const keys = await page.context().newCDPSession(page);
    await widget.textBox.focus();
    await keys.send('Input.imeSetComposition', { text: '平', selectionStart: 1, selectionEnd: 1 });
    await page.keyboard.press('Enter');
    await keys.send('Input.insertText', { text: '平和' });
    expect(server.theConversation().posts).toEqual([]);
    await widget.textBox.press('Enter');
    await widget.sees(/Reçu\s: /);
    expect(server.theConversation().posts).toHaveLength(1);
  });

  test('a reader who went back up is told of new messages, and not moved', async () => {
    const { page, widget, server } = await stage.scene({ context: { viewport: { width: 320, height: 480 } } });
    await widget.begin();
    const { id } = server.theConversation();
    for (let count = 1; count <= 12; count++) server.say(id, { text: `Message ${count}` });
    await widget.sees('Message 12');
    await page.reload();
    await widget.open();
    await widget.sees('Message 12');
    // Until the page has noticed, it may go to the end by itself, as it does when it opens.
    const goUp = `new Promise((done) => {
      it.scrollTop = 0;
      requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => done(it.scrollTop === 0))));
    })`;
    await soon(() => widget.log.evaluate(inPage<Promise<boolean>>(goUp)));
    server.say(id, { text: 'Le dernier' });
    await widget.button('Nouveaux messages').waitFor();
    expect(await widget.log.evaluate(inPage('it.scrollTop'))).toBe(0);
    await widget.button('Nouveaux messages').click();
    await widget.button('Nouveaux messages').waitFor({ state: 'detached' });
    expect(await widget.bubbles.last().isVisible()).toBe(true);
  });

  test('an answer longer than the panel is shown from its beginning', async () => {
    const { page, widget } = await stage.scene({
      context: { viewport: { width: 320, height: 480 } },
      answer: () =>
        ['Appelez tout de suite le 17.', 'A\nb\nc\nd\ne', 'F\ng\nh\ni\nj', 'La fin'].map((text) => ({ text })),
    });
    await widget.begin();
    await widget.send('au secours');
    await widget.button('Lire la suite').waitFor();
    await picture(page, 'widget-long-answer');
    const log = await widget.log.boundingBox();
    const beginning = await widget.log.getByText('Appelez tout de suite').boundingBox();
    expect(beginning?.y).toBeGreaterThanOrEqual(log?.y ?? Number.POSITIVE_INFINITY);
    for (let pages = 0; pages < 6 && (await widget.button('Lire la suite').isVisible()); pages++) {
      await widget.button('Lire la suite').click();
    }
    const end = await widget.bubbles.last().boundingBox();
    expect((end?.y ?? 0) + (end?.height ?? 0)).toBeLessThanOrEqual((log?.y ?? 0) + (log?.height ?? 0));
  });

  test('targets are at least 44 px', async () => {
    const { widget } = await stage.scene({ context: { viewport: { width: 320, height: 640 } } });
    await widget.begin();
    await widget.openMenu();
    const targets = widget.panel.locator('button:not(.scrim), .strip a, .menu a, textarea');
    const boxes = await Promise.all((await targets.all()).map((target) => target.boundingBox()));
    expect(boxes.length).toBeGreaterThan(10);
    for (const box of boxes) {
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
    }
  });

  test('zoomed to 200 %, all of it can be reached', async () => {
    const { page, widget } = await stage.scene({
      context: { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
    });
    await widget.begin();
    await picture(page, 'widget-zoom-200');
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    for (const part of [widget.textBox, widget.button('Envoyer'), widget.menuButton, widget.log]) {
      const box = await part.boundingBox();
      expect(box?.y).toBeGreaterThanOrEqual(0);
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(400);
    }
    expect((await widget.log.boundingBox())?.height).toBeGreaterThan(100);
  });

  test('forced colours and reduced motion are respected', async () => {
    const { page, widget } = await stage.scene({ context: { forcedColors: 'active', reducedMotion: 'reduce' } });
    await widget.begin();
    await picture(page, 'widget-forced-colors');
    expect(await widget.panel.evaluate(inPage('getComputedStyle(it).animationName'))).toBe('none');
    expect(await widget.bubbles.first().locator('..').evaluate(inPage('getComputedStyle(it).borderTopStyle'))).toBe(
      'solid',
    );
  });
});

/** How far the page, or the conversation, is wider than what shows of it. */
async function overflow(page: Page): Promise<number> {
  return page.evaluate<number>(`Math.max(...[document.scrollingElement,
    ...(document.querySelector('permanence-widget')?.shadowRoot?.querySelectorAll('.panel, .log, .body, .menu') ?? [])
  ].map((element) => element.scrollWidth - element.clientWidth))`);
}

/** The accessible name of what has the focus within the widget; empty when it is elsewhere. */
async function focused(page: Page): Promise<string> {
  return page.evaluate<string>(`(() => {
    const element = document.querySelector('permanence-widget').shadowRoot.activeElement;
    return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
  })()`);
}
