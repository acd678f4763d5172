import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { describeInBrowser, picture } from '../support/browser-harness.js';
import { type Delegate, faultsOf, type InboxStage, openInboxStage, type Resident } from '../support/e2e-inbox-stage.js';
import { makeDataDir, type ServerProcess, startServerProcess } from '../support/server-process.js';

const QUESTION = 'où se trouve la permanence ?';
const ANSWER = /^La permanence a lieu ici.*7\/9 rue Picasso/;
const TEST_MS = 90_000;

describeInBrowser('people who come back, and who pass a conversation on', () => {
  const data = makeDataDir();
  let server: ServerProcess;
  let stage: InboxStage;
  beforeAll(async () => {
    server = await startServerProcess({ dataDir: data.path });
    stage = await openInboxStage({ url: () => server.url, announcement: server.output() });
  }, TEST_MS);
  afterEach(() => stage.clear());
  afterAll(async () => {
    await stage.close();
    await server.stop('SIGKILL');
    data.remove();
  });

  async function openChat(): Promise<{ readonly marie: Delegate; readonly resident: Resident }> {
    const [marie, resident] = await Promise.all([stage.delegate('Marie'), stage.resident()]);
    await resident.askForDelegate();
    await marie.inbox.open(resident.pseudonym);
    await marie.inbox.take();
    await marie.inbox.sendNow('Bonjour, je vous écoute.');
    await resident.widget.sees('Bonjour, je vous écoute.');
    return { marie, resident };
  }

  test(
    'a reload on both sides, and a second tab: the conversation is the same everywhere',
    async () => {
      const { marie, resident } = await openChat();
      const before = await resident.texts();
      await Promise.all([marie.page.reload(), resident.page.reload()]);
      await Promise.all([
        marie.inbox.sees('Bonjour, je vous écoute.'),
        resident.widget.sees('Bonjour, je vous écoute.'),
      ]);
      expect(await resident.texts()).toEqual(before);
      expect(await marie.inbox.texts()).toEqual(before);

      const tab = await marie.openInbox(new URL(marie.page.url()).pathname);
      await tab.inbox.sees('Bonjour, je vous écoute.');
      await resident.widget.send('Je suis toujours là.');
      await Promise.all([marie.inbox.sees('Je suis toujours là.'), tab.inbox.sees('Je suis toujours là.')]);
      await tab.inbox.sendNow('Moi aussi.');
      await Promise.all([resident.widget.sees('Moi aussi.'), marie.inbox.sees('Moi aussi.')]);
      await marie.inbox.sendNow('De la première page.');
      await Promise.all([resident.widget.sees('De la première page.'), tab.inbox.sees('De la première page.')]);
      await Promise.all([marie.inbox.settled(), tab.inbox.settled()]);
      const texts = (await stage.transcript(resident.conversationId)).map(({ text }) => text);
      expect(await marie.inbox.texts()).toEqual(texts);
      expect(await tab.inbox.texts()).toEqual(texts);
      expect(await resident.texts()).toEqual(texts);
      await tab.inbox.giveBack();
      await marie.page.getByText('L’assistant (robot) répond à ce résident.').waitFor();
      expect(faultsOf([marie, resident])).toEqual([]);
    },
    TEST_MS,
  );

  test(
    'a draft survives a reload, and shows on another device',
    async () => {
      const { marie, resident } = await openChat();
      await marie.inbox.composer.fill('Je vérifie avec le bailleur');
      await marie.page.reload();
      await marie.inbox.holds('Je vérifie avec le bailleur');
      const phone = await stage.delegate('Marie', {
        signsIn: true,
        browser: { viewport: { width: 390, height: 800 } },
      });
      await phone.inbox.open(resident.pseudonym);
      await phone.inbox.holds('Je vérifie avec le bailleur');
      await picture(phone.page, 'e2e-inbox-draft-phone');
      await phone.inbox.button('Envoyer').click();
      await phone.inbox.sees('Je vérifie avec le bailleur');
      await phone.inbox.hurry();
      await resident.widget.sees('Je vérifie avec le bailleur');
      await phone.inbox.giveBack();
      const texts = (await stage.transcript(resident.conversationId)).map(({ text }) => text);
      expect(texts.filter((text) => text === 'Je vérifie avec le bailleur')).toHaveLength(1);
      expect(faultsOf([marie, phone, resident])).toEqual([]);
    },
    TEST_MS,
  );

  test(
    'transferred, taken by the colleague, ended; the resident writes again and the assistant answers',
    async () => {
      const [{ marie, resident }, jean] = [await openChat(), await stage.delegate('Jean')];
      await marie.inbox.choose(/Transférer/);
      await picture(marie.page, 'e2e-inbox-transfer');
      await marie.inbox.dialog.getByRole('button', { name: /^Jean/ }).click();
      await marie.inbox.outcome.getByText('Conversation proposée à Jean.').waitFor();
      await resident.widget.sees(/^Un autre délégué va vous répondre/);
      await jean.inbox.card(resident.pseudonym).getByText('Proposée à vous').waitFor();
      await jean.inbox.alarm.waitFor();
      await picture(jean.page, 'e2e-inbox-offered');
      await jean.inbox.open(resident.pseudonym);
      await jean.inbox.sees('Bonjour, je vous écoute.');
      await jean.inbox.take();
      await marie.page.getByText('Jean s’en occupe.', { exact: true }).waitFor();
      await jean.inbox.sendNow('Jean à l’appareil.');
      await resident.widget.sees('Jean à l’appareil.');

      await jean.inbox.choose(/Terminer/);
      await jean.page.getByText('Cette conversation est terminée.').waitFor();
      await resident.widget.sees(/^Le délégué a terminé la conversation/);
      await resident.widget.send(QUESTION);
      await resident.widget.sees(ANSWER);
      await resident.widget.settled();
      const said = await stage.transcript(resident.conversationId);
      const last = said.map(({ author }) => author).slice(-3);
      expect(last).toEqual(expect.arrayContaining(['resident', 'bot']));
      expect(faultsOf([marie, jean, resident])).toEqual([]);
    },
    TEST_MS,
  );
});
