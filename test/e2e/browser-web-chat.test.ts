import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { describeInBrowser } from '../support/browser-harness.js';
import { type Desk, openDesk } from '../support/desk.js';
import { openVisitors, type Visitor, type Visitors } from '../support/e2e-browser.js';
import { startWebChatSite, type WebChatPage, type WebChatSite, webChatOn } from './pages/web-chat-page.js';

/** A Tuesday: the permanence is tomorrow. */
const NOW = '2026-11-24T09:00:00Z';
/** Much less than the five seconds after which Web Chat gives dots up by itself. */
const DOTS_MS = 2_000;
const PLAN = 'https://www.openstreetmap.org/';

describeInBrowser('botframework-webchat, unmodified, on another origin', () => {
  let desk: Desk;
  let site: WebChatSite;
  let visitors: Visitors;
  beforeAll(async () => {
    desk = await openDesk({ now: NOW });
    [site, visitors] = await Promise.all([startWebChatSite(desk.url), openVisitors()]);
  }, 60_000);
  afterEach(() => visitors.clear());
  afterAll(async () => {
    await visitors.close();
    await site.close();
    await desk.close();
  });

  async function visit(options: Parameters<WebChatSite['address']>[0]): Promise<Visitor & { chat: WebChatPage }> {
    const visitor = await visitors.visit(site.address(options));
    const chat = webChatOn(visitor.page);
    await chat.sees(/je suis un robot/);
    return { ...visitor, chat };
  }

  test.each([
    { transport: 'WebSocket', isPolling: false, streams: 1 },
    { transport: 'polling', isPolling: true, streams: 0 },
  ])('a question gets its answer, and a button its own, by $transport', async ({ isPolling, streams }) => {
    const { chat, sockets, faults } = await visit({ bundle: 'webchat-minimal.js', isPolling });
    expect(await chat.suggestions()).toEqual(['Horaires', 'Adresse', 'Signaler', 'Parler à un délégué']);
    await chat.ask('c ouvert demain ?');
    await chat.sees(/^Oui\. Il y a une permanence des délégués demain/);
    await chat.press("Voir l'adresse");
    await chat.sees(/^La permanence a lieu ici.*7\/9 rue Picasso/);
    expect(await chat.deliveries()).toEqual(['sent', 'sent']);
    expect(sockets).toHaveLength(streams);
    expect(faults.filter((fault) => !fault.includes('No renderer for attachment'))).toEqual([]);
  });

  test('a card shows its link, which opens the plan', async () => {
    const { chat, context, faults } = await visit({ bundle: 'webchat.js', isPolling: false });
    await context.route(`${PLAN}**`, (route) => route.fulfill({ body: 'Un plan' }));
    await chat.press('Adresse');
    await chat.sees('Maison de Services au Public');
    const [plan] = await Promise.all([context.waitForEvent('page'), chat.cardButton('Voir le plan').click()]);
    await plan.waitForURL(`${PLAN}search?query=7%20rue%20Picasso**`);
    expect(await chat.deliveries()).toEqual(['sent']);
    expect(faults).toEqual([]);
  });

  test('the typing dots go when the answer has come', async () => {
    const { chat } = await visit({ bundle: 'webchat-minimal.js', isPolling: false });
    await chat.ask('c ouvert demain ?');
    await chat.sees(/^Oui/);
    await chat.typingDots.waitFor({ state: 'detached', timeout: DOTS_MS });
  });
});
