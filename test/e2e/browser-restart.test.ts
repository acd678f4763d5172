import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { describeInBrowser } from '../support/browser-harness.js';
import { openVisitors, type Visitor, type Visitors } from '../support/e2e-browser.js';
import { keptSession, writtenTexts } from '../support/e2e-session.js';
import { makeDataDir, type ServerProcess, startServerProcess } from '../support/server-process.js';

const QUESTION = 'où se trouve la permanence ?';
const ANSWER = /^La permanence a lieu ici.*7\/9 rue Picasso/;
const CUT = /Connexion coupée depuis \d+ s/;
const CUT_FOR_A_WHILE = /Connexion coupée depuis [1-9]\d* s/;
/** What Chromium reports of every call to a server that is not there. */
const NOT_THERE = /Failed to load resource|WebSocket connection to .* failed/;

describeInBrowser('the widget while the real server is killed and started again', () => {
  const data = makeDataDir();
  let visitors: Visitors;
  let server: ServerProcess;
  beforeAll(async () => {
    [visitors, server] = await Promise.all([openVisitors(), startServerProcess({ dataDir: data.path })]);
  }, 60_000);
  afterEach(() => visitors.clear());
  afterAll(async () => {
    await visitors.close();
    await server.stop('SIGKILL');
    data.remove();
  });

  async function restart(): Promise<void> {
    server = await startServerProcess({ dataDir: data.path, port: server.port });
  }

  function unexpected({ faults }: Visitor): readonly string[] {
    return faults.filter((fault) => !NOT_THERE.test(fault));
  }

  test('the cut is shown with its duration; what is written meanwhile is sent once; it heals by itself', async () => {
    const visitor = await visitors.visit(server.url);
    const { page, widget } = visitor;
    await widget.begin();
    await widget.send('bonjour');
    await widget.announcer.getByText(/robot/).waitFor();
    await widget.settled();
    const session = await keptSession(page);

    await server.stop('SIGKILL');
    await widget.panel.getByText(CUT_FOR_A_WHILE).waitFor();
    await widget.send(QUESTION);
    await widget.sees('En attente de connexion');
    await restart();
    await widget.sees(ANSWER);
    await widget.settled();

    await widget.panel.getByText(CUT).waitFor({ state: 'detached' });
    expect(await writtenTexts(server.url, session)).toEqual(['bonjour', QUESTION]);
    const texts = await widget.texts();
    expect(texts.filter((text) => text === QUESTION)).toHaveLength(1);
    expect(texts.filter((text) => ANSWER.test(text))).toHaveLength(1);
    expect(await keptSession(page)).toMatchObject({ conversationId: session.conversationId });
    expect(unexpected(visitor)).toEqual([]);
  });

  test('killed in the very moment of sending, the message is kept once and answered once', async () => {
    const visitor = await visitors.visit(server.url);
    const { page, widget } = visitor;
    await widget.begin();
    const session = await keptSession(page);
    const isPosting = page.waitForRequest(
      (request) => request.method() === 'POST' && request.url().endsWith('/activities'),
    );
    await widget.send(QUESTION);
    await isPosting;
    await server.stop('SIGKILL');
    await restart();
    await widget.sees(ANSWER);
    await widget.settled();
    expect(await writtenTexts(server.url, session)).toEqual([QUESTION]);
    expect((await widget.texts()).filter((text) => ANSWER.test(text))).toHaveLength(1);
    expect(unexpected(visitor)).toEqual([]);
  });
});
