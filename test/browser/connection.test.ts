import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { FakeServer } from '../support/browser-fake-server.js';
import { describeInBrowser, newPage } from '../support/browser-harness.js';
import { openStage, type Stage } from '../support/browser-stage.js';
import { widgetOn } from '../support/browser-widget.js';

describeInBrowser('the widget on a poor line', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  }, 60_000);
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  /** How often each text was stored, and that each was posted under one id. */
  function stored(server: FakeServer): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { type, text, from } of server.theConversation().activities) {
      if (type === 'message' && (from as { role: string }).role === 'user') {
        counts[String(text)] = (counts[String(text)] ?? 0) + 1;
      }
    }
    return counts;
  }

  test('what is written off line is sent once, in order, when the line is back', async () => {
    const { widget, server, context } = await stage.scene();
    await widget.begin();
    await context.setOffline(true);
    await widget.panel.getByText(/Connexion coupée depuis \d+ s/).waitFor();
    await widget.send('un');
    await widget.send('deux');
    await widget.sees('En attente de connexion');
    await context.setOffline(false);
    await widget.sees('Reçu : deux');
    await widget.settled();
    expect(server.theConversation().posts.map(({ text }) => text)).toEqual(['un', 'deux']);
    expect(await widget.texts()).toEqual([expect.stringMatching(/^Bonjour/), 'un', 'Reçu : un', 'deux', 'Reçu : deux']);
    expect(await widget.panel.getByText(/Connexion coupée/).count()).toBe(0);
  });

  test('within the first second the cut is told without a number', async () => {
    const { page, widget, context } = await stage.scene();
    await widget.begin();
    await page.clock.setFixedTime(Date.now());
    await context.setOffline(true);
    const notice = widget.panel.getByText(/^Connexion coupée/);
    await notice.waitFor();
    expect(await notice.textContent()).toBe('Connexion coupée');
  });

  test('it survives a reload before the line is back', async () => {
    const { page, widget, server, context } = await stage.scene();
    await widget.begin();
    server.faults.isUnreachable = true;
    server.dropConnections();
    await widget.panel.getByText(/Connexion coupée/).waitFor();
    await widget.send('gardez-moi');
    await widget.sees('En attente de connexion');
    server.faults.isUnreachable = false;
    server.faults.sessionStatus = 500;
    await page.reload();
    await widget.sees('gardez-moi');
    server.faults.sessionStatus = 0;
    await widget.sees('Reçu : gardez-moi');
    expect(stored(server)).toEqual({ 'gardez-moi': 1 });
    expect(await page.evaluate('JSON.stringify(sessionStorage)')).not.toContain('gardez-moi');
    await context.close();
  });

  test('a tab copied with its unsent message does not send it twice', async () => {
    const { page, widget, server, context } = await stage.scene();
    await widget.begin();
    server.faults.refusals = { status: 503, times: 3 };
    await widget.send('une seule fois');
    await widget.button('Renvoyer').waitFor();
    const kept = await page.evaluate<string>('JSON.stringify({ ...sessionStorage })');
    const { page: copy } = await newPage(context);
    await copy.addInitScript(
      `for (const [name, value] of Object.entries(${kept})) sessionStorage.setItem(name, value)`,
    );
    await copy.goto(server.url);
    const other = widgetOn(copy);
    await other.button('Renvoyer').click();
    await other.sees('Reçu : une seule fois');
    await widget.sees('Reçu : une seule fois');
    await widget.settled();
    expect(stored(server)).toEqual({ 'une seule fois': 1 });
    expect((await widget.texts()).filter((text) => text === 'une seule fois')).toHaveLength(1);
    expect((await other.texts()).filter((text) => text === 'une seule fois')).toHaveLength(1);
  });

  test('a lost acknowledgement does not double the message', async () => {
    const { widget, server } = await stage.scene();
    await widget.begin();
    server.faults.lostAcknowledgements = 1;
    await widget.send('perdu ?');
    await widget.sees('Reçu : perdu ?');
    await widget.settled();
    server.faults.mutesSockets = true;
    server.faults.lostAcknowledgements = 1;
    await widget.send('encore ?');
    await widget.sees('Reçu : encore ?');
    await widget.settled();
    expect(stored(server)).toEqual({ 'perdu ?': 1, 'encore ?': 1 });
    expect((await widget.texts()).filter((text) => text === 'encore ?')).toHaveLength(1);
  });

  test('a message that the server refuses offers « Renvoyer », under the same id', async () => {
    const { widget, server } = await stage.scene();
    await widget.begin();
    server.faults.refusals = { status: 400, times: 1 };
    await widget.send('refusé');
    await widget.sees('Message non envoyé.');
    await widget.announcer.getByText('Message non envoyé.').waitFor();
    await widget.send('celui-ci passe');
    await widget.sees('Reçu : celui-ci passe');
    await widget.button('Renvoyer').click();
    await widget.sees('Reçu : refusé');
    await widget.settled();
    expect(stored(server)).toEqual({ 'celui-ci passe': 1, refusé: 1 });
  });

  test('a cut is shown with its duration; what was said meanwhile comes, in order', async () => {
    const { widget, server } = await stage.scene();
    await widget.begin();
    server.faults.isUnreachable = true;
    server.dropConnections();
    await widget.panel.getByText(/Connexion coupée depuis [1-9]\d* s/).waitFor();
    const { id } = server.theConversation();
    for (const text of ['Premier', 'Deuxième', 'Troisième']) server.say(id, { author: 'delegate', text });
    server.faults.isUnreachable = false;
    await widget.sees('Troisième');
    expect((await widget.texts()).slice(1)).toEqual(['Premier', 'Deuxième', 'Troisième']);
    await widget.panel.getByText(/Connexion coupée/).waitFor({ state: 'detached' });
  });

  test('where sockets are blocked, it polls', async () => {
    const { widget, server } = await stage.scene();
    server.faults.blocksSockets = true;
    await widget.open();
    await widget.sees(/Je suis un robot/);
    await widget.send('par sondage');
    await widget.sees('Reçu : par sondage');
    server.say(server.theConversation().id, { author: 'delegate', text: 'Et moi aussi' });
    await widget.sees('Et moi aussi');
  });

  test('a socket that is open and brings nothing is noticed', async () => {
    const { widget, server } = await stage.scene();
    await widget.begin();
    server.faults.mutesSockets = true;
    await widget.send('il y a quelqu’un ?');
    await widget.sees('Envoyé');
    await widget.sees('Reçu : il y a quelqu’un ?');
    server.faults.mutesSockets = false;
  });

  test('an expired token is renewed, and the conversation goes on', async () => {
    const { page, widget, server } = await stage.scene();
    await widget.begin();
    await widget.send('avant');
    await widget.sees('Reçu : avant');
    server.expireTokens();
    await widget.send('après');
    await widget.sees('Reçu : après');
    server.expireTokens();
    await page.reload();
    await widget.sees('Reçu : après');
    expect(stored(server)).toEqual({ avant: 1, après: 1 });
  });

  test('a reload and a second tab show the same conversation', async () => {
    const { page, widget, server, context } = await stage.scene();
    await widget.begin();
    await widget.send('bonjour');
    await widget.sees('Reçu : bonjour');
    await page.reload();
    await widget.sees('Reçu : bonjour');
    const { page: secondPage } = await newPage(context);
    await secondPage.goto(server.url);
    const second = widgetOn(secondPage);
    await second.open();
    await second.sees('Reçu : bonjour');
    await second.send('du second onglet');
    await widget.sees('Reçu : du second onglet');
    expect(await widget.texts()).toEqual(await second.texts());
    expect(server.conversations.size).toBe(1);
  });

  test('two tabs opened at the same instant begin one conversation', async () => {
    const { widget, server, context } = await stage.scene();
    const { page: secondPage } = await newPage(context);
    await secondPage.goto(server.url);
    server.faults.delayMs = 200;
    const second = widgetOn(secondPage);
    await Promise.all([widget.begin(), second.begin()]);
    expect(server.conversations.size).toBe(1);
  });

  test('while closed, new messages are counted on the bubble', async () => {
    const { page, widget, server } = await stage.scene();
    await widget.begin();
    await widget.close();
    const { id } = server.theConversation();
    server.say(id, { author: 'delegate', text: 'Bonjour' });
    server.say(id, { author: 'delegate', text: 'Je suis là' });
    await widget.button('Ouvrir la discussion, 2 nouveaux messages').waitFor();
    await page.reload();
    await widget.button('Ouvrir la discussion, 2 nouveaux messages').waitFor();
    await widget.open();
    await widget.close();
    await widget.button('Ouvrir la discussion').waitFor();
  });

  test('too many visitors: it waits as long as it is told, and then begins', async () => {
    const { widget, server } = await stage.scene();
    server.faults.sessionStatus = 429;
    await widget.open();
    await widget.panel.getByText(/Connexion coupée/).waitFor();
    server.faults.sessionStatus = 0;
    await widget.sees(/Je suis un robot/);
  });

  test('a site that may not use the server is told so', async () => {
    const { widget, server } = await stage.scene();
    server.faults.sessionStatus = 403;
    await widget.open();
    await widget.panel.getByText('La discussion n’est pas disponible sur ce site.').waitFor();
    expect(await widget.panel.getByRole('link', { name: /112/ }).isVisible()).toBe(true);
  });
});
