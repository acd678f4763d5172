import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import {
  describeInBrowser,
  inPage,
  LIVE_VIEWPORTS,
  newPage,
  picture,
  seriousFaults,
} from '../support/browser-harness.js';
import { openStage, type Scene, type Stage } from '../support/browser-stage.js';
import { widgetOn } from '../support/browser-widget.js';

const TAKEN = 'Vous parlez maintenant avec un délégué.';
const BACK = "L'assistant reprend. C'est un robot.";
const JEAN = 'Jean, délégué';

describeInBrowser('a live chat in the widget', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  }, 60_000);
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  interface LiveScene extends Scene {
    readonly id: string;
    say(text: string): void;
  }

  /** A visitor with the panel open. A resident's message gets no answer here. */
  async function live(options: Parameters<Stage['scene']>[0] = {}): Promise<LiveScene> {
    const scene = await stage.scene({ answer: () => [], ...options });
    await scene.widget.begin();
    const { id } = scene.server.theConversation();
    return { ...scene, id, say: (text) => scene.server.say(id, { author: 'delegate', name: JEAN, text }) };
  }

  const speaker = ({ page }: Pick<Scene, 'page'>) => page.locator('permanence-widget .speaker');
  const waitingBar = ({ page }: Pick<Scene, 'page'>) => page.locator('permanence-widget .waiting');

  test.each(LIVE_VIEWPORTS)(
    'every state of it is well drawn, and axe finds nothing serious, at $name',
    async ({ name, options }) => {
      const scene = await live({ context: options });
      const { page, widget, server, id, faults } = scene;
      const check = async (step: string): Promise<void> => {
        await picture(page, `live-${name}-${step}`);
        expect(await seriousFaults(page)).toEqual([]);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
      };
      await widget.send('je veux parler à quelqu’un');
      await widget.settled();
      server.handoff(id, 'initiate');
      server.say(id, { text: 'J’ai prévenu les délégués. Vous pouvez rester ici.', actions: ['Être rappelé'] });
      await waitingBar(scene).waitFor();
      await check('1-waiting');
      server.queue(id, { position: 3, usualWaitMinutes: 8 });
      await waitingBar(scene)
        .getByText(/2\s*personnes avant vous\.\s+Attente habituelle\s*: 8\s*min\./)
        .waitFor();
      await check('2-place');
      server.handoff(id, 'accepted', TAKEN);
      await widget.sees(TAKEN);
      scene.say('Bonjour. Je suis délégué de la police à Planoise. Je lis votre message.');
      scene.say('Pouvez-vous me dire où cela se passe ?');
      await widget.sees('Pouvez-vous me dire où cela se passe ?');
      await widget.send('Devant le 4 rue Picasso');
      await widget.settled();
      server.typing(id, 'delegate', JEAN);
      await widget.sees('Jean, délégué écrit…');
      await check('3-delegate');
      await widget.openMenu();
      await check('4-menu');
      await page.keyboard.press('Escape');
      server.handoff(id, 'completed', BACK);
      server.say(id, { text: 'Que voulez-vous savoir ?', actions: ['Horaires', 'Adresse'] });
      await widget.sees('Que voulez-vous savoir ?');
      await check('5-back');
      await widget.openMenu();
      await widget.button('Très grande').click();
      await page.keyboard.press('Escape');
      server.handoff(id, 'initiate');
      server.queue(id, { position: 1, usualWaitMinutes: 12 });
      await waitingBar(scene).getByText('C’est bientôt votre tour.').waitFor();
      await check('6-large');
      expect(faults).toEqual([]);
    },
    90_000,
  );

  test('the header says who speaks, at once and by name once they have written', async () => {
    const scene = await live();
    const { server, id } = scene;
    expect(await speaker(scene).textContent()).toBe('Assistant (robot)');
    server.handoff(id, 'initiate');
    await waitingBar(scene).waitFor();
    expect(await speaker(scene).textContent()).toBe('Assistant (robot)');
    server.handoff(id, 'accepted', TAKEN);
    await speaker(scene).getByText('Délégué', { exact: true }).waitFor();
    await waitingBar(scene).waitFor({ state: 'detached' });
    scene.say('Bonjour');
    await speaker(scene).getByText(JEAN).waitFor();
    server.say(id, { text: 'En danger, appelez le 17.' });
    await scene.widget.sees(/appelez le/);
    expect(await speaker(scene).textContent()).toBe(JEAN);
    server.handoff(id, 'completed', BACK);
    await speaker(scene).getByText('Assistant (robot)').waitFor();
    server.handoff(id, 'accepted', TAKEN, 'Marie, délégué');
    await speaker(scene).getByText('Marie, délégué').waitFor();
    expect(await scene.widget.panel.getByRole('link', { name: /112/ }).isVisible()).toBe(true);
  });

  test('each change is announced once, politely, without a name before it', async () => {
    const { widget, server, id } = await live();
    server.handoff(id, 'accepted', TAKEN);
    await widget.announcer.getByText(TAKEN, { exact: true }).waitFor();
    server.handoff(id, 'completed', BACK);
    await widget.announcer.getByText(BACK, { exact: true }).waitFor();
    expect(await widget.announcer.getAttribute('aria-live')).toBe('polite');
    expect(await widget.texts()).toEqual([expect.stringMatching(/^Bonjour/), TAKEN, BACK.replaceAll("'", '’')]);
  });

  test('« Revenir à l’assistant » says « menu », once, and keeps the focus in the panel', async () => {
    const scene = await live();
    const { page, server, id, widget } = scene;
    server.handoff(id, 'initiate');
    await widget.button('Revenir à l’assistant').dblclick();
    await widget.sees('menu');
    await widget.settled();
    expect(server.theConversation().posts.map(({ text }) => text)).toEqual(['menu']);
    server.handoff(id, 'completed');
    await waitingBar(scene).waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.shadowRoot.activeElement !== null')).toBe(true);
  });

  test('the same from the menu while a delegate speaks', async () => {
    const { server, id, widget } = await live();
    await widget.openMenu();
    expect(await widget.button('Revenir à l’assistant').count()).toBe(0);
    server.handoff(id, 'accepted', TAKEN);
    await widget.button('Revenir à l’assistant').click();
    await widget.settled();
    expect(server.theConversation().posts.map(({ text }) => text)).toEqual(['menu']);
  });

  test('typing is told once in three seconds, to delegates only, and not off line', async () => {
    const { page, context, server, id, widget } = await live();
    await widget.textBox.pressSequentially('bonjour');
    server.handoff(id, 'accepted', TAKEN);
    await widget.sees(TAKEN);
    expect(server.theConversation().typings).toHaveLength(0);
    const told = page.waitForResponse((response) => response.url().endsWith('/activities'));
    await widget.textBox.pressSequentially(' à vous', { delay: 20 });
    await told;
    expect(server.theConversation().typings).toHaveLength(1);
    const again = page.waitForResponse((response) => response.url().endsWith('/activities'));
    while (server.theConversation().typings.length < 2) await widget.textBox.press('x', { delay: 50 });
    await again;
    const [first = 0, second = 0] = server.theConversation().typings;
    expect(second - first).toBeGreaterThanOrEqual(2_900);
    await context.setOffline(true);
    await widget.panel.getByText(/Connexion coupée/).waitFor();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(`${request.method()} ${request.postData()}`));
    await widget.textBox.fill('hors ligne');
    await page.waitForTimeout(3_100);
    await widget.textBox.press('x');
    expect(requests.filter((request) => request.includes('typing'))).toEqual([]);
    expect(server.theConversation().posts).toEqual([]);
  });

  test.each([
    ['while waiting', 'waiting'],
    ['while a delegate speaks', 'delegate'],
  ])('a reload %s brings the state back', async (_, state) => {
    const scene = await live();
    const { page, server, id, widget } = scene;
    server.handoff(id, 'initiate');
    server.queue(id, { position: 2, usualWaitMinutes: 5 });
    if (state === 'delegate') {
      server.handoff(id, 'accepted', TAKEN);
      scene.say('Je vous lis.');
      await widget.sees('Je vous lis.');
    }
    await waitingBar(scene).waitFor({ state: state === 'waiting' ? 'visible' : 'detached' });
    await page.reload();
    await widget.panel.waitFor();
    if (state === 'waiting') {
      await waitingBar(scene)
        .getByText(/Une personne avant vous\.\s+Attente habituelle\s*: 5\s*min\./)
        .waitFor();
    } else {
      await widget.sees('Je vous lis.');
      expect(await speaker(scene).textContent()).toBe(JEAN);
      expect(await waitingBar(scene).count()).toBe(0);
      expect(await widget.log.locator('.marker').count()).toBe(1);
    }
    expect(await widget.announcer.textContent()).toBe('');
  });

  test('where sockets are blocked, all of it comes by polling', async () => {
    const scene = await stage.scene({ answer: () => [] });
    const { server, widget } = scene;
    server.faults.blocksSockets = true;
    await widget.begin();
    const { id } = server.theConversation();
    server.handoff(id, 'initiate');
    server.queue(id, { position: 2, usualWaitMinutes: 5 });
    await waitingBar(scene).getByText('Une personne avant vous.').waitFor();
    server.handoff(id, 'accepted', TAKEN);
    server.say(id, { author: 'delegate', name: JEAN, text: 'Je vous lis.' });
    await widget.sees('Je vous lis.');
    expect(await speaker(scene).textContent()).toBe(JEAN);
    await widget.textBox.pressSequentially('merci');
    await expectSoon(() => server.theConversation().typings.length === 1, scene.page);
  });

  test('a cut in the middle: what a delegate wrote and did meanwhile comes, in order, once', async () => {
    const scene = await live();
    const { server, id, widget } = scene;
    server.handoff(id, 'accepted', TAKEN);
    scene.say('Un');
    await widget.sees('Un');
    server.faults.isUnreachable = true;
    server.dropConnections();
    await widget.panel.getByText(/Connexion coupée/).waitFor();
    await widget.send('Je suis là');
    scene.say('Deux');
    server.handoff(id, 'completed', BACK);
    server.faults.isUnreachable = false;
    await widget.sees(BACK.replaceAll("'", '’'));
    await widget.settled();
    expect((await widget.texts()).slice(1)).toEqual([TAKEN, 'Un', 'Deux', BACK.replaceAll("'", '’'), 'Je suis là']);
    expect(await speaker(scene).textContent()).toBe('Assistant (robot)');
  });

  describe('unread messages', () => {
    const title = (page: Page): Promise<string> => page.title();

    test('are counted in the title and on the bubble while the panel is closed', async () => {
      const scene = await live();
      const { page, server, id, widget } = scene;
      const plain = await title(page);
      server.handoff(id, 'accepted', TAKEN);
      await widget.sees(TAKEN);
      await widget.close();
      scene.say('Un');
      await page.waitForFunction('document.title.startsWith("(1) ")');
      scene.say('Deux');
      await page.waitForFunction('document.title.startsWith("(2) ")');
      expect(await title(page)).toBe(`(2) ${plain}`);
      await widget.button('Ouvrir la discussion, 2 nouveaux messages').click();
      await page.waitForFunction('!document.title.startsWith("(")');
      expect(await title(page)).toBe(plain);
    });

    test('a title that the site changes meanwhile is left alone', async () => {
      const scene = await live();
      await scene.widget.close();
      scene.say('Un');
      await scene.page.waitForFunction('document.title.startsWith("(1) ")');
      await scene.page.evaluate('document.title = "Autre page"');
      await scene.widget.open();
      await scene.widget.sees('Un');
      expect(await title(scene.page)).toBe('Autre page');
    });

    test('are counted with the panel open in a page that is out of sight', async () => {
      const scene = await live();
      const { page, context } = scene;
      const setHidden = (isHidden: boolean): Promise<unknown> =>
        page.evaluate(`(() => {
          Object.defineProperty(document, 'hidden', { configurable: true, get: () => ${isHidden} });
          document.dispatchEvent(new Event('visibilitychange'));
        })()`);
      await setHidden(true);
      scene.say('Vous êtes là ?');
      await page.waitForFunction('document.title.startsWith("(1) ")');
      await setHidden(false);
      await page.waitForFunction('!document.title.startsWith("(")');
      expect(context.pages()).toHaveLength(1);
    });
  });

  test('two tabs show the same state', async () => {
    const scene = await live();
    const { page: other } = await newPage(scene.context);
    await other.goto(scene.server.url);
    await widgetOn(other).open();
    scene.server.handoff(scene.id, 'accepted', TAKEN);
    scene.say('Bonjour');
    await speaker({ page: other }).getByText(JEAN).waitFor();
    await speaker(scene).getByText(JEAN).waitFor();
  });

  test('in forced colours a delegate’s words still differ, and targets are large', async () => {
    const scene = await live({ context: { viewport: { width: 320, height: 640 }, forcedColors: 'active' } });
    const { server, id, page, widget } = scene;
    scene.say('Bonjour');
    server.handoff(id, 'initiate');
    server.queue(id, { position: 1 });
    const box = await widget.button('Revenir à l’assistant').boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
    expect(await widget.log.locator('.delegate .who').evaluate(inPage('it.textContent'))).toContain(JEAN);
    await picture(page, 'live-forced-colors');
  });
});

/** How far the page, or the conversation, is wider than what shows of it. */
function overflow(page: Page): Promise<number> {
  return page.evaluate<number>(`Math.max(...[document.scrollingElement,
    ...(document.querySelector('permanence-widget')?.shadowRoot?.querySelectorAll('.panel, .log, .body, .menu, .waiting') ?? [])
  ].map((element) => element.scrollWidth - element.clientWidth))`);
}

async function expectSoon(isSo: () => boolean, page: Page): Promise<void> {
  while (!isSo()) await page.evaluate('new Promise(requestAnimationFrame)');
}
