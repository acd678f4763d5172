import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { describeInBrowser, picture } from '../support/browser-harness.js';
import { faultsOf, type InboxStage, openInboxStage } from '../support/e2e-inbox-stage.js';
import { openReportsAs } from '../support/e2e-report-page.js';
import { RECEIPT } from '../support/e2e-report-walk.js';
import { phoneOn, startTelegramServer, type TelegramServer } from '../support/e2e-telegram.js';
import { makeDataDir } from '../support/server-process.js';

const TEST_MS = 150_000;
const REPLY = 'Merci. La patrouille passera vendredi.';

describeInBrowser('a report on Telegram', () => {
  const data = makeDataDir();
  let telegram: TelegramServer;
  let stage: InboxStage;
  beforeAll(async () => {
    telegram = await startTelegramServer(data.path);
    const { server } = telegram;
    stage = await openInboxStage({ url: () => server.url, announcement: server.output() });
  }, TEST_MS);
  afterEach(() => stage.clear());
  afterAll(async () => {
    await stage.close();
    await telegram.close();
    data.remove();
  });

  test(
    'with a shared position and a correction; read and answered in the browser; followed by its code',
    async () => {
      const marie = await openReportsAs(stage, 'Marie');
      const samia = phoneOn(telegram.fake);
      const { chat } = samia;
      samia.writes('/start');
      await samia.sees('robot');
      samia.writes('/signaler');
      await samia.sees(/Telegram/);
      await samia.presses('Commencer');
      await samia.sees(/Étape 1 sur 7/);
      await samia.presses('Rodéos, circulation');
      await samia.sees(/Étape 2 sur 7/);
      await chat.waitFor(() => chat.replyKeyboard?.rows.flat().some((button) => button.requestsLocation) ?? false);
      chat.share({ latitude: 47.2371, longitude: 5.9812 });
      await samia.sees(/Étape 3 sur 7/);
      samia.writes('hier soir vers 22h');
      await samia.sees(/Étape 4 sur 7/);
      const told = samia.writes('Des motos passent très vite, sans casque, dit Canaribrouillon');
      await samia.sees(/Étape 5 sur 7/);
      chat.edit(told, 'Des motos passent très vite, sans casque, dit Canarifaits');
      await samia.sees(/corrigé/);
      samia.writes('Il y a un chien');
      await samia.sees(/Étape 6 sur 7/);
      await samia.presses('Rester anonyme');
      const recap = await samia.sees(/Voici votre signalement/);
      expect(recap.text).toContain('Canarifaits');
      expect(recap.text).not.toContain('Canaribrouillon');
      await samia.presses('Envoyer');
      const sent = await samia.sees(/([0-9A-Z]{5}-){4}/);
      const receipt = sent.text.match(/([0-9A-Z]{5}-){4}[0-9A-Z*~$=]/)?.[0] ?? '';
      expect(receipt).toMatch(RECEIPT);
      // Copied at a tap.
      expect(
        sent.entities.map(({ type, offset, length }) => [type, sent.text.slice(offset, offset + length)]),
      ).toContainEqual(['code', receipt]);
      await samia.sees(/supprim|effac/i);

      await marie.card('Rodéos, circulation').getByText('À lire').waitFor();
      await marie.open('Rodéos, circulation');
      await marie.page.getByText('Lu par vous').waitFor();
      const answers = (await marie.answers()).join('\n');
      expect(answers).toContain('Canarifaits');
      expect(answers).not.toContain('Canaribrouillon');
      expect(answers).toMatch(/Position partagée/);
      expect(await marie.page.locator('main').textContent()).toMatch(/47[.,]2371/);
      await picture(marie.page, 'e2e-telegram-7-report');
      await marie.reply(REPLY);

      samia.writes('/suivi');
      await samia.sees(/code de suivi/);
      samia.writes(receipt.toLowerCase());
      await samia.sees(REPLY);
      expect(faultsOf([marie])).toEqual([]);
      expect(telegram.fake.violations()).toEqual([]);
    },
    TEST_MS,
  );
});
