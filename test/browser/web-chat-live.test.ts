import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { startWebChatSite, type WebChatPage, type WebChatSite, webChatOn } from '../e2e/pages/web-chat-page.js';
import { describeInBrowser, launchBrowser, newPage, picture } from '../support/browser-harness.js';
import { ACCEPTED, COMPLETED, INITIATE } from '../support/directline-desk.js';
import { createManualClock, type DirectLineServer, startDirectLineServer } from '../support/directline-server.js';
import { soon } from '../support/soon.js';

describeInBrowser('a live chat in botframework-webchat, unmodified', () => {
  let browser: Browser;
  let server: DirectLineServer;
  let site: WebChatSite;
  beforeAll(async () => {
    browser = await launchBrowser();
  }, 60_000);
  beforeEach(async () => {
    server = await startDirectLineServer({ clock: createManualClock(new Date()) });
    site = await startWebChatSite(server.url);
  });
  afterEach(async () => {
    await site.close();
    await server.stop();
  });
  afterAll(() => browser.close());

  /** The conversation that the page has just opened. */
  async function opened(chat: WebChatPage): Promise<string> {
    await chat.ask('Bonjour');
    await chat.sees('Vous avez écrit : Bonjour');
    const [id] = await chat.log
      .page()
      .evaluate<string[]>('store.getState().activities.map(({ conversation }) => conversation.id)');
    if (id === undefined) throw new Error('Web Chat has no conversation');
    return id;
  }

  test.each([
    ['WebSocket', false],
    ['polling', true],
  ])('events are silent, words are shown in order, by %s', async (transport, isPolling) => {
    const { page, faults } = await newPage(await browser.newContext({ locale: 'fr-FR' }));
    await page.goto(site.address({ bundle: 'webchat-minimal.js', isPolling }));
    const chat = webChatOn(page);
    await chat.sees(/je suis un robot/);
    const id = await opened(chat);
    await server.desk.change(id, 'waiting', INITIATE, 'Un délégué va venir.');
    await chat.sees('Un délégué va venir.');
    for (let position = 3; position > 0; position--) {
      server.bot.wakeUps.notify(id, { kind: 'queue', position, usualWaitMinutes: 4 });
    }
    await server.desk.change(id, 'assigned', ACCEPTED, 'Vous parlez maintenant avec un délégué.');
    server.bot.wakeUps.notify(id, { kind: 'typing', author: 'delegate', delegateId: 'd-1', name: 'Jean' });
    await server.desk.say(id, 'Je vous lis.');
    await chat.sees('Je vous lis.');
    await chat.ask('Merci');
    // Shown at once, and stored some time later.
    await soon(async () => (await chat.deliveries()).join() === 'sent,sent');
    await server.desk.change(id, 'bot', COMPLETED, 'L’assistant reprend.');
    await chat.sees('L’assistant reprend.');
    await picture(page, `web-chat-live-${transport}`);
    expect(await chat.log.locator('.webchat__bubble__content').allInnerTexts()).toEqual([
      expect.stringMatching(/je suis un robot/),
      'Bonjour',
      'Vous avez écrit : Bonjour',
      'Un délégué va venir.',
      'Vous parlez maintenant avec un délégué.',
      'Je vous lis.',
      'Merci',
      'L’assistant reprend.',
    ]);
    expect(await chat.deliveries()).toEqual(['sent', 'sent']);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
