import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { describeInBrowser, picture } from '../support/browser-harness.js';
import { type ClockServer, openClockServer } from '../support/e2e-inbox-clock.js';
import { type Network, openNetwork } from '../support/e2e-inbox-network.js';
import { faultsOf, type InboxStage, openInboxStage } from '../support/e2e-inbox-stage.js';

const ALONE_MINUTES = 1;
const HOLD_LOST_SECONDS = 60;
/** What takes minutes happens at the next sweep once the clock has been put forward. */
const ENV = {
  HANDOFF_ALONE_MINUTES: String(ALONE_MINUTES),
  HANDOFF_HOLD_LOST_SECONDS: String(HOLD_LOST_SECONDS),
  IDLE_LOCK_MINUTES: '240',
};
/** How long after that a page that is silent may still count as there, at most, and time to spare. */
const LONG_MS = 120_000;
const TEST_MS = 150_000;

describeInBrowser('what time brings about between residents and delegates', () => {
  let server: ClockServer;
  let stage: InboxStage;
  let network: Network | undefined;
  beforeAll(async () => {
    server = await openClockServer(ENV);
    stage = await openInboxStage({ url: () => server.url, announcement: server.announcement });
  }, TEST_MS);
  afterEach(async () => {
    await stage.clear();
    await network?.close();
  });
  afterAll(async () => {
    await stage.close();
    await server.close();
  });

  test(
    'nobody comes: a call-back is offered and asked for; it is a task, which is done',
    async () => {
      const resident = await stage.resident();
      const { widget } = resident;
      await resident.askForDelegate();
      await widget.sees(/^Aucun délégué n’est connecté pour le moment/);
      server.putForward(ALONE_MINUTES);
      await widget.sees(/^Aucun délégué n’a pu vous répondre/);
      await picture(resident.page, 'e2e-inbox-nobody-came-resident');
      await widget.button('Être rappelé').click();
      await widget.sees(/^Quel est votre prénom/);
      await widget.send('Nadia');
      await widget.sees(/^À quel numéro/);
      await widget.send('06 12 34 56');
      await widget.sees(/^Il manque des chiffres/);
      await widget.send('06 12 34 56 78');
      await widget.sees(/^Quel moment vous convient/);
      await widget.button('Le matin').click();
      await widget.sees(/^Voici ce que j’ai noté/);
      await picture(resident.page, 'e2e-inbox-callback-resident');
      await widget.log.getByRole('button', { name: 'Envoyer' }).click();
      await widget.sees(/^C’est envoyé/);

      const marie = await stage.delegate('Marie');
      const { inbox } = marie;
      await inbox.heading(/^À rappeler, à revoir/).waitFor();
      await inbox.card(resident.pseudonym).getByText('1 rappel à faire').waitFor();
      await picture(marie.page, 'e2e-inbox-callback-queue');
      await inbox.open(resident.pseudonym);
      await marie.page.getByText('Rappel à faire', { exact: true }).waitFor();
      await marie.page.getByText('Nadia').last().waitFor();
      const phone = marie.page.getByRole('link', { name: /06.12.34.56.78/ }).last();
      expect(await phone.getAttribute('href')).toBe('tel:+33612345678');
      await picture(marie.page, 'e2e-inbox-callback-task');
      await inbox.button('Fait').click();
      await marie.page.getByText('Rappel à faire', { exact: true }).waitFor({ state: 'detached' });
      await marie.page.getByText('1 rappel à faire').first().waitFor({ state: 'detached' });
      await inbox.button('Détails').click();
      await marie.page.getByText('Fait par Marie').waitFor();
      expect(faultsOf([marie, resident])).toEqual([]);
    },
    TEST_MS,
  );

  test(
    'put aside for an hour, a conversation comes back by itself, and rings',
    async () => {
      const [marie, resident] = await Promise.all([stage.delegate('Marie'), stage.resident()]);
      const { inbox } = marie;
      await resident.askForDelegate();
      await inbox.open(resident.pseudonym);
      await inbox.take();
      await inbox.choose(/dans 1 heure/);
      await inbox.outcome.getByText(/^Conversation mise de côté : elle reviendra/).waitFor();
      await inbox.alarm.waitFor({ state: 'detached' });
      await picture(marie.page, 'e2e-inbox-snoozed');
      server.putForward(61);
      await inbox.alarm.waitFor();
      await inbox.button('Prendre').waitFor();
      await marie.page.getByRole('heading', { name: /^Quelqu’un attend \(1\)/ }).waitFor();
      await picture(marie.page, 'e2e-inbox-snooze-over');
      await inbox.take();
      await inbox.giveBack();
      expect(faultsOf([marie, resident])).toEqual([]);
    },
    TEST_MS,
  );

  test(
    'a delegate whose page is gone loses hold; the resident and the colleague see it',
    async () => {
      const [marie, jean, resident] = await Promise.all([
        stage.delegate('Marie'),
        stage.delegate('Jean'),
        stage.resident(),
      ]);
      await resident.askForDelegate();
      await marie.inbox.open(resident.pseudonym);
      await marie.inbox.take();
      await jean.inbox.card(resident.pseudonym).getByText('Marie s’en occupe').waitFor();
      const address = new URL(marie.page.url()).pathname;
      await marie.page.close();
      await resident.widget.send('Vous êtes là ?');
      await jean.inbox
        .card(resident.pseudonym)
        .getByText(/Vous êtes là/)
        .waitFor();
      server.putForward(HOLD_LOST_SECONDS / 60 + 1);
      await resident.widget.sees(/^Le délégué n’est plus connecté\. Vous attendez de nouveau/);
      await jean.inbox.alarm.waitFor();
      await jean.inbox
        .card(resident.pseudonym)
        .getByText(/^Attend depuis/)
        .waitFor();
      await picture(jean.page, 'e2e-inbox-hold-lost');
      await picture(resident.page, 'e2e-inbox-hold-lost-resident');
      const back = await marie.openInbox(address);
      await back.inbox.button('Prendre').waitFor();
      await jean.inbox.open(resident.pseudonym);
      await jean.inbox.take();
      await back.page.getByText('Jean s’en occupe.', { exact: true }).waitFor();
      await jean.inbox.giveBack();
      expect(faultsOf([marie, jean, resident])).toEqual([]);
    },
    TEST_MS,
  );

  // Nothing tells the server that a laptop was closed: its connection is open, and silent.
  test(
    'a delegate who closes the laptop loses hold, and sees so when it is opened again',
    async () => {
      network = await openNetwork(server.port);
      const [marie, resident] = await Promise.all([stage.delegate('Marie', { base: network.url }), stage.resident()]);
      await resident.askForDelegate();
      await marie.inbox.open(resident.pseudonym);
      await marie.inbox.take();
      await resident.widget.sees('Vous parlez maintenant avec un délégué.');
      network.silence();
      server.putForward(HOLD_LOST_SECONDS / 60 + 1);
      await resident.widget.log
        .getByText(/^Le délégué n’est plus connecté\. Vous attendez de nouveau/)
        .waitFor({ timeout: LONG_MS });
      network.restore();
      await marie.inbox.button('Prendre').waitFor({ timeout: LONG_MS });
      await marie.inbox.take();
      await marie.inbox.giveBack();
      expect(faultsOf([marie, resident], { withCuts: true })).toEqual([]);
    },
    TEST_MS,
  );
});
