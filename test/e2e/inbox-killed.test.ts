import { afterAll, afterEach, beforeAll, beforeEach, test } from '@jest/globals';
import { describeInBrowser, picture } from '../support/browser-harness.js';
import { expectNothingLost, noticesOf, openChat, SAID_MEANWHILE, writeBothWays } from '../support/e2e-inbox-chat.js';
import { type InboxStage, openInboxStage } from '../support/e2e-inbox-stage.js';
import { makeDataDir, type ServerProcess, startServerProcess } from '../support/server-process.js';

const CUT_FOR_A_WHILE = /Connexion coupée depuis [1-9]\d*\ss/;
const TEST_MS = 120_000;

describeInBrowser('a live chat while the real server is killed and started again', () => {
  const data = makeDataDir();
  let server: ServerProcess;
  let isDown = false;
  let stage: InboxStage;
  beforeAll(async () => {
    server = await startServerProcess({ dataDir: data.path });
    stage = await openInboxStage({ url: () => server.url, announcement: server.output() });
  }, TEST_MS);
  beforeEach(async () => {
    // After a test that failed halfway.
    if (isDown) await restart();
  }, TEST_MS);
  afterEach(() => stage.clear());
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

  test(
    'both sides show it, and go on by themselves with what was written meanwhile',
    async () => {
      const chat = await openChat(stage, 'Marie');
      const { delegate, resident } = chat;
      await kill();
      await Promise.all(noticesOf(chat).map((notice) => notice.getByText(CUT_FOR_A_WHILE).waitFor()));
      await writeBothWays(chat);
      await resident.widget.sees('En attente de connexion');
      await delegate.inbox.sees('Pas encore parti : la connexion ne répond pas.');
      await picture(delegate.page, 'e2e-inbox-cut');
      await picture(resident.page, 'e2e-inbox-cut-resident');
      await restart();
      await expectNothingLost(stage, chat);
    },
    TEST_MS,
  );

  test(
    'killed in the very moment of sending, on both sides: each message is there once',
    async () => {
      const chat = await openChat(stage, 'Marie');
      const { delegate, resident } = chat;
      await delegate.inbox.holdClock();
      await delegate.inbox.send(SAID_MEANWHILE.delegate[0]);
      const isPosting = [
        resident.page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/activities')),
        delegate.page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/reply')),
      ];
      await Promise.all([resident.widget.send(SAID_MEANWHILE.resident[0]), delegate.inbox.hurry(), ...isPosting]);
      await kill();
      await delegate.inbox.letClockGo();
      await resident.widget.send(SAID_MEANWHILE.resident[1]);
      await delegate.inbox.sendNow(SAID_MEANWHILE.delegate[1]);
      await restart();
      await expectNothingLost(stage, chat);
    },
    TEST_MS,
  );
});
