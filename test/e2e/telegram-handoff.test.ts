import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Response } from 'playwright-core';
import { describeInBrowser, inPage, picture } from '../support/browser-harness.js';
import { faultsOf, type InboxStage, openInboxStage } from '../support/e2e-inbox-stage.js';
import { phoneOn, startTelegramServer, type TelegramServer, waitingPseudonym } from '../support/e2e-telegram.js';
import { buildPdf, buildPhoto, FILE_CANARY } from '../support/files.js';
import { makeDataDir } from '../support/server-process.js';

const TEST_MS = 150_000;

describeInBrowser('a resident on Telegram and a delegate in a browser', () => {
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

  /** Nothing of what the telephone put into it is left, and nobody else may read it. */
  async function expectKeptSafely(answer: Response): Promise<void> {
    expect(answer.headers()).toMatchObject({ 'x-content-type-options': 'nosniff' });
    expect(answer.headers()['content-security-policy']).toContain('sandbox');
    expect((await answer.body()).includes(FILE_CANARY)).toBe(false);
    expect((await fetch(answer.url())).status).toBe(401);
  }

  test(
    'asked, taken, talked, corrected, shown a photo and a file, given back',
    async () => {
      const marie = await stage.delegate('Marie');
      const { inbox, page } = marie;
      const samia = phoneOn(telegram.fake);
      const { chat } = samia;
      samia.writes('/start');
      await samia.sees('robot');
      expect(chat.replyKeyboard?.isPersistent).toBe(true);
      samia.writes('où se trouve la permanence ?');
      await samia.sees('7/9 rue Picasso');
      await samia.presses('Parler à un délégué');
      await samia.sees(/délégué/);
      await inbox.alarm.waitFor();

      const { id, pseudonym } = await waitingPseudonym(stage.witness);
      await inbox.open(pseudonym);
      await picture(page, 'e2e-telegram-1-to-take');
      await page.getByText('Telegram', { exact: false }).first().waitFor();
      await inbox.take();
      await samia.sees('Vous parlez maintenant avec un délégué.');
      const typed = chat.actions.length;
      await inbox.composer.pressSequentially('Bonjour');
      await chat.waitFor(() => chat.actions.length > typed);
      await inbox.sendNow('Bonjour, je vous écoute.');
      const said = await samia.sees('Bonjour, je vous écoute.');
      expect(said.text).toBe('Marie, délégué\nBonjour, je vous écoute.');
      expect(said.entities).toEqual([{ type: 'bold', offset: 0, length: 'Marie, délégué'.length }]);
      await inbox.sees('Remis');

      const written = samia.writes('Mon volet est casé.');
      await inbox.sees('Mon volet est casé.');
      chat.edit(written, 'Mon volet est cassé.');
      await inbox.sees('Mon volet est cassé.');
      await inbox.sees(/^Modifié/);
      await picture(page, 'e2e-telegram-2-corrected');

      chat.send('photo', { bytes: await buildPhoto(640, 480), caption: 'Le volet, vu de la rue' });
      await inbox.sees('Le volet, vu de la rue');
      const answer = page.waitForResponse(/\/attachments\//);
      await inbox.button('Afficher l’image').click();
      const image = inbox.log.getByRole('img', { name: 'Image envoyée par le résident' });
      await image.waitFor();
      await page.waitForFunction(inPage<boolean>('it.complete && it.naturalWidth > 0'), await image.elementHandle());
      await expectKeptSafely(await answer);
      await picture(page, 'e2e-telegram-3-photo');
      chat.send('document', { bytes: await buildPdf(), mime: 'application/pdf', name: 'facture.pdf' });
      const saved = page.waitForEvent('download');
      await inbox.button('Enregistrer le PDF').click();
      const pdf = await readFile(await (await saved).path());
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      expect(pdf.includes(FILE_CANARY)).toBe(false);
      chat.send('voice');
      await samia.sees(/voix|vocal|écri/i);
      chat.share({ latitude: 47.2371, longitude: 5.9812 });
      await inbox.sees(/47[.,]237/);
      await picture(page, 'e2e-telegram-4-place');

      await inbox.sendNow('Merci, nous passons ce soir.');
      await samia.sees('nous passons ce soir');
      await inbox.giveBack();
      await samia.sees('assistant reprend');
      samia.writes('où se trouve la permanence ?');
      await samia.sees('7/9 rue Picasso');
      const transcript = await stage.transcript(id);
      const asked = transcript.findIndex(({ text }) => text === 'Vous parlez maintenant avec un délégué.');
      const over = transcript.findIndex(({ text }) => text.startsWith("L'assistant reprend"));
      expect(transcript.slice(asked, over).filter(({ author }) => author === 'bot')).toEqual([]);
      expect(faultsOf([marie])).toEqual([]);
      expect(telegram.fake.violations()).toEqual([]);
    },
    TEST_MS,
  );

  test(
    'a reply whose answer was lost, and a resident who blocks the bot, are told to the delegate',
    async () => {
      const marie = await stage.delegate('Marie');
      const { inbox, page } = marie;
      const samia = phoneOn(telegram.fake);
      samia.writes('/start');
      await samia.sees('robot');
      samia.writes('Parler à un délégué');
      await samia.sees(/délégué/);
      const { pseudonym } = await waitingPseudonym(stage.witness);
      await inbox.open(pseudonym);
      await inbox.take();
      await samia.sees('Vous parlez maintenant avec un délégué.');

      telegram.fake.fail({ method: 'sendMessage', chatId: samia.chat.id, kind: 'reset-after' });
      await inbox.sendNow('Êtes-vous chez vous ?');
      await inbox.log.getByText(/^Incertain/).waitFor();
      await picture(page, 'e2e-telegram-5-uncertain');
      samia.chat.block();
      await inbox.sendNow('Nous arrivons.');
      await page
        .getByText(/Injoignable/)
        .first()
        .waitFor();
      await picture(page, 'e2e-telegram-6-unreachable');
      samia.chat.unblock();
      await samia.sees('Nous arrivons.');
      await page
        .getByText(/Injoignable/)
        .first()
        .waitFor({ state: 'detached' });
      expect(samia.chat.said.filter((text) => text.includes('Êtes-vous chez vous'))).toHaveLength(1);
      expect(faultsOf([marie])).toEqual([]);
    },
    TEST_MS,
  );
});
