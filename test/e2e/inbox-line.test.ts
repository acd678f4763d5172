import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { describeInBrowser, picture } from '../support/browser-harness.js';
import { type Network, openNetwork } from '../support/e2e-inbox-network.js';
import { type Delegate, faultsOf, type InboxStage, openInboxStage, type Resident } from '../support/e2e-inbox-stage.js';
import { makeDataDir, type ServerProcess, startServerProcess } from '../support/server-process.js';

const CUT = /Connexion coupée depuis/;
const CUT_FOR_A_WHILE = /Connexion coupée depuis [1-9]\d*\ss/;
const CUT_FOR_30_S = /Connexion coupée depuis (3\d|4\d|5\d)\ss/;
const STREAM = '**/api/inbox/events**';
const LONG_MS = 60_000;
const TEST_MS = 120_000;

describeInBrowser('a live chat while the line is cut', () => {
  const data = makeDataDir();
  let server: ServerProcess;
  let isDown = false;
  let stage: InboxStage;
  const networks: Network[] = [];
  beforeAll(async () => {
    server = await startServerProcess({ dataDir: data.path });
    stage = await openInboxStage({ url: () => server.url, announcement: server.output() });
  }, TEST_MS);
  beforeEach(async () => {
    // After a test that failed halfway.
    if (isDown) await restart();
  }, TEST_MS);
  afterEach(async () => {
    await stage.clear();
    await Promise.all(networks.splice(0).map((network) => network.close()));
  });
  afterAll(async () => {
    await stage.close();
    await server.stop('SIGKILL');
    data.remove();
  });

  async function kill(): Promise<void> {
    isDown = true;
    await server.stop('SIGKILL');
  }

  /** On the same data and port. */
  async function restart(): Promise<void> {
    server = await startServerProcess({ dataDir: data.path, port: server.port });
    isDown = false;
  }

  interface Chat {
    readonly delegate: Delegate;
    readonly resident: Resident;
  }

  async function openChat(name: string, base = server.url): Promise<Chat> {
    const [delegate, resident] = await Promise.all([stage.delegate(name, { base }), stage.resident(base)]);
    await resident.askForDelegate();
    await delegate.inbox.open(resident.pseudonym);
    await delegate.inbox.take();
    await resident.widget.sees('Vous parlez maintenant avec un délégué.');
    await delegate.inbox.sendNow('Bonjour, je vous écoute.');
    await resident.widget.sees('Bonjour, je vous écoute.');
    await resident.widget.send('Mon volet est cassé.');
    await delegate.inbox.sees('Mon volet est cassé.');
    // A reload would lose it.
    for (const { page } of [delegate, resident]) await page.evaluate('globalThis.isTheSamePage = true');
    return { delegate, resident };
  }

  function noticesOf({ delegate, resident }: Chat): readonly Locator[] {
    return [resident.widget.panel, delegate.inbox.lineCut];
  }

  async function writeBothWays({ delegate, resident }: Chat): Promise<void> {
    await resident.widget.send('Vous êtes encore là ?');
    await delegate.inbox.sendNow('Je cherche la réponse.');
    await resident.widget.send('Je patiente.');
    await delegate.inbox.sendNow('La voici.');
  }

  /** All is there again, once and in one order, on both screens as in the conversation. */
  async function expectNothingLost({ delegate, resident }: Chat): Promise<void> {
    const { inbox } = delegate;
    const timeout = LONG_MS;
    await Promise.all([
      resident.widget.panel.getByText(CUT).waitFor({ state: 'detached', timeout }),
      inbox.lineCut.waitFor({ state: 'detached', timeout }),
      resident.widget.log.getByText('La voici.').waitFor({ timeout }),
      inbox.log.getByText('Je patiente.').waitFor({ timeout }),
    ]);
    await Promise.all([resident.widget.settled(), inbox.settled()]);
    const said = await stage.transcript(resident.conversationId);
    const texts = said.map(({ text }) => text);
    expect(await resident.texts()).toEqual(texts);
    expect(await inbox.texts()).toEqual(texts);
    const by = (author: string): readonly string[] =>
      said.filter((one) => one.author === author).map(({ text }) => text);
    expect(by('delegate')).toEqual(['Bonjour, je vous écoute.', 'Je cherche la réponse.', 'La voici.']);
    expect(by('resident').slice(1)).toEqual(['Mon volet est cassé.', 'Vous êtes encore là ?', 'Je patiente.']);
    for (const { page } of [delegate, resident]) expect(await page.evaluate('globalThis.isTheSamePage')).toBe(true);
    expect(faultsOf([delegate, resident], { withCuts: true })).toEqual([]);
    await inbox.giveBack();
    await resident.widget.sees(/^L’assistant reprend/);
  }

  test(
    'the server is killed and started again: both sides show it and go on by themselves',
    async () => {
      const chat = await openChat('Marie');
      const { delegate, resident } = chat;
      await kill();
      await Promise.all(noticesOf(chat).map((notice) => notice.getByText(CUT_FOR_A_WHILE).waitFor()));
      await writeBothWays(chat);
      await resident.widget.sees('En attente de connexion');
      await delegate.inbox.sees('Pas encore parti : la connexion ne répond pas.');
      await picture(delegate.page, 'e2e-inbox-cut');
      await picture(resident.page, 'e2e-inbox-cut-resident');
      await restart();
      await expectNothingLost(chat);
    },
    TEST_MS,
  );

  test(
    'the server is killed in the very moment of sending, on both sides',
    async () => {
      const chat = await openChat('Marie');
      const { delegate, resident } = chat;
      await delegate.inbox.send('Je cherche la réponse.');
      const isPosting = [
        resident.page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/activities')),
        delegate.page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/reply')),
      ];
      await Promise.all([
        resident.widget.send('Vous êtes encore là ?'),
        delegate.inbox.button('Envoyer maintenant').click(),
        ...isPosting,
      ]);
      await kill();
      await resident.widget.send('Je patiente.');
      await delegate.inbox.sendNow('La voici.');
      await restart();
      await expectNothingLost(chat);
    },
    TEST_MS,
  );

  test(
    'each side in turn has no network: the other one goes on, and what was missed comes',
    async () => {
      const chat = await openChat('Marie');
      const { delegate, resident } = chat;
      await resident.context.setOffline(true);
      await resident.widget.panel.getByText(CUT).waitFor();
      await resident.widget.send('Vous êtes encore là ?');
      await delegate.inbox.sendNow('Je cherche la réponse.');
      await delegate.inbox.settled();
      await resident.context.setOffline(false);
      await resident.widget.sees('Je cherche la réponse.');
      await delegate.inbox.sees('Vous êtes encore là ?');

      await delegate.context.setOffline(true);
      await delegate.inbox.lineCut.getByText(CUT).waitFor();
      await resident.widget.send('Je patiente.');
      await resident.widget.settled();
      await delegate.inbox.sendNow('La voici.');
      await delegate.inbox.sees('Pas encore parti : la connexion ne répond pas.');
      await delegate.context.setOffline(false);
      await expectNothingLost(chat);
    },
    TEST_MS,
  );

  test(
    'a reply that is through before the stream is back hides nothing of what was said meanwhile',
    async () => {
      const chat = await openChat('Marie');
      const { delegate, resident } = chat;
      await delegate.context.setOffline(true);
      await delegate.inbox.lineCut.getByText(CUT).waitFor();
      await resident.widget.send('Vous êtes encore là ?');
      await resident.widget.send('Je patiente.');
      await resident.widget.settled();
      await delegate.inbox.sendNow('Je cherche la réponse.');
      await delegate.page.route(STREAM, (route) => route.abort());
      await delegate.context.setOffline(false);
      await resident.widget.sees('Je cherche la réponse.');
      await delegate.inbox.settled();
      await delegate.page.unroute(STREAM);
      await delegate.inbox.lineCut.waitFor({ state: 'detached', timeout: LONG_MS });
      await delegate.inbox.sendNow('La voici.');
      await expectNothingLost(chat);
    },
    TEST_MS,
  );

  test(
    'the network is away for 30 s, refusing or silent: both sides show it and go on by themselves',
    async () => {
      const [refusing, silent] = await Promise.all([openNetwork(server.port), openNetwork(server.port)]);
      networks.push(refusing, silent);
      const [refused, unheard] = await Promise.all([openChat('Marie', refusing.url), openChat('Jean', silent.url)]);
      refusing.cut();
      silent.silence();
      await Promise.all([writeBothWays(refused), writeBothWays(unheard)]);
      // Where nobody is told, it takes a page longer to notice than half a minute.
      const notices = [
        ...noticesOf(refused).map((notice) => notice.getByText(CUT_FOR_30_S)),
        ...noticesOf(unheard).map((notice) => notice.getByText(CUT)),
      ];
      await Promise.all(notices.map((notice) => notice.waitFor({ timeout: LONG_MS })));
      await picture(unheard.delegate.page, 'e2e-inbox-cut-30s');
      await picture(unheard.resident.page, 'e2e-inbox-cut-30s-resident');
      refusing.restore();
      silent.restore();
      await Promise.all([expectNothingLost(refused), expectNothingLost(unheard)]);
    },
    TEST_MS,
  );
});
