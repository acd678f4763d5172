import { afterAll, afterEach, beforeAll, test } from '@jest/globals';
import { describeInBrowser, picture } from '../support/browser-harness.js';
import {
  CUT,
  expectNothingLost,
  HEALING_MS,
  noticesOf,
  openChat,
  SAID_MEANWHILE,
  writeBothWays,
} from '../support/e2e-inbox-chat.js';
import { type Network, openNetwork } from '../support/e2e-inbox-network.js';
import { type InboxStage, openInboxStage } from '../support/e2e-inbox-stage.js';
import { makeDataDir, type ServerProcess, startServerProcess } from '../support/server-process.js';

const CUT_FOR_30_S = /Connexion coupée depuis (3\d|4\d|5\d)\ss/;
const STREAM = '**/api/inbox/events**';
const TEST_MS = 120_000;

describeInBrowser('a live chat with the real server while the network is away', () => {
  const data = makeDataDir();
  const networks: Network[] = [];
  let server: ServerProcess;
  let stage: InboxStage;
  beforeAll(async () => {
    server = await startServerProcess({ dataDir: data.path });
    stage = await openInboxStage({ url: () => server.url, announcement: server.output() });
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

  test(
    'each side in turn has none: the other one goes on, and what was missed comes',
    async () => {
      const chat = await openChat(stage, 'Marie');
      const { delegate, resident } = chat;
      await resident.context.setOffline(true);
      await resident.widget.panel.getByText(CUT).waitFor();
      await resident.widget.send(SAID_MEANWHILE.resident[0]);
      await delegate.inbox.sendNow(SAID_MEANWHILE.delegate[0]);
      await delegate.inbox.settled();
      await resident.context.setOffline(false);
      await resident.widget.sees(SAID_MEANWHILE.delegate[0]);
      await delegate.inbox.sees(SAID_MEANWHILE.resident[0]);

      await delegate.context.setOffline(true);
      await delegate.inbox.lineCut.getByText(CUT).waitFor();
      await resident.widget.send(SAID_MEANWHILE.resident[1]);
      await resident.widget.settled();
      await delegate.inbox.sendNow(SAID_MEANWHILE.delegate[1]);
      await delegate.inbox.sees('Pas encore parti : la connexion ne répond pas.');
      await delegate.context.setOffline(false);
      await expectNothingLost(stage, chat);
    },
    TEST_MS,
  );

  test(
    'a reply that is through before the stream is back hides nothing of what was said meanwhile',
    async () => {
      const chat = await openChat(stage, 'Marie');
      const { delegate, resident } = chat;
      await delegate.context.setOffline(true);
      await delegate.inbox.lineCut.getByText(CUT).waitFor();
      for (const text of SAID_MEANWHILE.resident) await resident.widget.send(text);
      await resident.widget.settled();
      await delegate.inbox.sendNow(SAID_MEANWHILE.delegate[0]);
      await delegate.page.route(STREAM, (route) => route.abort());
      await delegate.context.setOffline(false);
      await resident.widget.log.getByText(SAID_MEANWHILE.delegate[0]).waitFor({ timeout: HEALING_MS });
      await delegate.inbox.settled();
      await delegate.page.unroute(STREAM);
      await delegate.inbox.lineCut.waitFor({ state: 'detached', timeout: HEALING_MS });
      await delegate.inbox.sendNow(SAID_MEANWHILE.delegate[1]);
      await expectNothingLost(stage, chat);
    },
    TEST_MS,
  );

  test(
    'cut for 30 s, refusing or silent: both sides show it, and go on by themselves',
    async () => {
      const [refusing, silent] = await Promise.all([openNetwork(server.port), openNetwork(server.port)]);
      networks.push(refusing, silent);
      const [refused, unheard] = await Promise.all([
        openChat(stage, 'Marie', refusing.url),
        openChat(stage, 'Jean', silent.url),
      ]);
      refusing.cut();
      silent.silence();
      await Promise.all([writeBothWays(refused), writeBothWays(unheard)]);
      // Where nobody is told, it takes a page longer to notice than half a minute.
      const notices = [
        ...noticesOf(refused).map((notice) => notice.getByText(CUT_FOR_30_S)),
        ...noticesOf(unheard).map((notice) => notice.getByText(CUT)),
      ];
      await Promise.all(notices.map((notice) => notice.waitFor({ timeout: HEALING_MS })));
      await picture(unheard.delegate.page, 'e2e-inbox-cut-30s');
      await picture(unheard.resident.page, 'e2e-inbox-cut-30s-resident');
      refusing.restore();
      silent.restore();
      await Promise.all([expectNothingLost(stage, refused), expectNothingLost(stage, unheard)]);
    },
    TEST_MS,
  );
});
