import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { PAGES } from '../../src/web/inbox/strings.js';
import { describeInBrowser, picture } from '../support/browser-harness.js';
import { holdUntilAllCall } from '../support/e2e-inbox-hold.js';
import { type Delegate, faultsOf, type InboxStage, openInboxStage, type Resident } from '../support/e2e-inbox-stage.js';
import { makeDataDir, type ServerProcess, startServerProcess } from '../support/server-process.js';

const QUESTION = 'où se trouve la permanence ?';
const ANSWER = /^La permanence a lieu ici.*7\/9 rue Picasso/;
const TEST_MS = 90_000;

describeInBrowser('residents and delegates on the real server', () => {
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

  /** Who said what while a delegate held the conversation. */
  async function saidWhileHeld({ conversationId }: Resident): Promise<readonly string[]> {
    const said = (await stage.transcript(conversationId)).map(({ author, text }) => `${author}: ${text}`);
    const from = said.indexOf('system: Vous parlez maintenant avec un délégué.');
    const to = said.findIndex((line) => line.startsWith("system: L'assistant reprend"));
    return said.slice(from + 1, to < 0 ? undefined : to);
  }

  test(
    'asked, rung, taken, talked, undone, given back; the assistant is silent in between',
    async () => {
      const marie = await stage.delegate('Marie');
      const { inbox } = marie;
      await marie.page.getByText('Personne n’attend.').waitFor();
      expect(await marie.page.title()).toBe(`${PAGES.queue} · Permanence`);
      const resident = await stage.resident();
      const { widget } = resident;
      await resident.askForDelegate();
      await widget.panel.getByRole('status').getByText('Vous attendez un délégué.').waitFor();

      await inbox.alarm.getByText('L’alarme sonne jusqu’à ce que quelqu’un prenne la conversation.').waitFor();
      expect(await marie.page.title()).toMatch(/^\(1\)/);
      await picture(marie.page, 'e2e-inbox-ringing');
      await picture(resident.page, 'e2e-inbox-waiting-resident');
      await inbox.open(resident.pseudonym);
      await picture(marie.page, 'e2e-inbox-to-take');
      await inbox.take();
      await widget.sees('Vous parlez maintenant avec un délégué.');
      await inbox.alarm.waitFor({ state: 'detached' });
      expect(await marie.page.title()).toBe(`${resident.pseudonym} · Permanence`);

      // Such words go by themselves: they are waited for before there is a reason for them.
      await Promise.all([widget.sees(/écrit…/), inbox.composer.pressSequentially('Bonjour')]);
      await inbox.sendNow('Bonjour, je vous écoute.');
      await widget.sees('Bonjour, je vous écoute.');
      await Promise.all([inbox.sees('Le résident écrit…'), widget.textBox.pressSequentially('Merci')]);
      await widget.send(QUESTION);
      await inbox.sees(QUESTION);
      await picture(marie.page, 'e2e-inbox-talking');
      await picture(resident.page, 'e2e-inbox-talking-resident');

      await inbox.holdClock();
      await inbox.send('Ce mot est de trop.');
      await inbox.button('Annuler l’envoi').click();
      await inbox.holds('Ce mot est de trop.');
      await inbox.letClockGo();
      await inbox.send('Elle est rue Picasso.');
      await widget.sees('Elle est rue Picasso.');
      await inbox.sees('Remis');

      await inbox.giveBack();
      await widget.sees(/^L’assistant reprend/);
      await widget.send(QUESTION);
      await widget.sees(ANSWER);
      await widget.settled();
      expect((await resident.texts()).join()).not.toContain('de trop');
      expect(await saidWhileHeld(resident)).toEqual([
        'delegate: Bonjour, je vous écoute.',
        `resident: ${QUESTION}`,
        'delegate: Elle est rue Picasso.',
      ]);
      expect(faultsOf([marie, resident])).toEqual([]);
    },
    TEST_MS,
  );

  test(
    'two press « Prendre » together and one wins; both send together and one reads first',
    async () => {
      const [marie, jean, resident] = await Promise.all([
        stage.delegate('Marie'),
        stage.delegate('Jean'),
        stage.resident(),
      ]);
      await resident.askForDelegate();
      const both = [marie, jean];
      const pages = both.map(({ page }) => page);
      await Promise.all(both.map(({ inbox }) => inbox.open(resident.pseudonym)));
      await Promise.all(both.map(({ inbox }) => inbox.button('Prendre').waitFor()));
      await marie.page.getByText('Jean regarde aussi cette conversation.').waitFor();
      await holdUntilAllCall(pages, '**/take');
      await Promise.all(both.map(({ inbox }) => inbox.button('Prendre').click()));
      const [winner, loser, name, other] = await whoTook(marie, jean);
      await loser.inbox.outcome.getByText(`${name} vient de prendre cette conversation.`).waitFor();
      await loser.page.getByText(`${name} s’en occupe.`, { exact: true }).last().waitFor();
      await picture(loser.page, 'e2e-inbox-too-late');
      expect(await loser.inbox.composer.count()).toBe(0);

      await loser.inbox.button('Écrire aussi').click();
      await Promise.all(both.map(({ inbox }) => inbox.holdClock()));
      await Promise.all([winner.inbox.send(`Ici ${name}.`), loser.inbox.send(`Ici ${other}.`)]);
      await holdUntilAllCall(pages, '**/reply');
      await Promise.all(both.map(({ inbox }) => inbox.hurry()));
      const [first, second, firstName, secondName] = await whoWroteFirst(marie, jean);
      await picture(second.page, 'e2e-inbox-guard');
      await second.page.getByRole('blockquote').getByText(`Ici ${firstName}.`).waitFor();
      await second.inbox.holds(`Ici ${secondName}.`);
      await second.inbox.button('J’ai lu').click();
      await second.inbox.sendNow(`Ici ${secondName} aussi.`);
      await resident.widget.sees(`Ici ${secondName} aussi.`);
      await first.inbox.sees(`Ici ${secondName} aussi.`);
      expect(await saidWhileHeld(resident)).toEqual([
        `delegate: Ici ${firstName}.`,
        `delegate: Ici ${secondName} aussi.`,
      ]);
      await picture(resident.page, 'e2e-inbox-two-delegates-resident');
      await winner.inbox.giveBack();
      await resident.widget.sees(/^L’assistant reprend/);
      expect(faultsOf([marie, jean, resident])).toEqual([]);
    },
    TEST_MS,
  );

  test(
    'a danger while a delegate holds: numbers for the resident, a red banner for the delegate',
    async () => {
      const [marie, resident] = await Promise.all([stage.delegate('Marie'), stage.resident()]);
      const { inbox } = marie;
      await resident.askForDelegate();
      await inbox.open(resident.pseudonym);
      await inbox.take();
      await resident.widget.send('il y a un homme avec un couteau devant chez moi');
      await resident.widget.sees(/17.*112/);
      const links = await resident.widget.log.getByRole('link').allTextContents();
      expect(links).toEqual(expect.arrayContaining(['17', '112']));
      await inbox.danger.waitFor();
      await marie.page.getByText('Les numéros 17 et 112 ont été montrés au résident.').waitFor();
      await marie.page.getByRole('heading', { name: /^Danger signalé \(1\)/ }).waitFor();
      await picture(marie.page, 'e2e-inbox-danger');
      await picture(resident.page, 'e2e-inbox-danger-resident');
      const [banner, log] = await Promise.all([inbox.danger.boundingBox(), inbox.log.boundingBox()]);
      expect(banner?.y).toBeLessThan(log?.y ?? 0);

      await inbox.button('Vu').click();
      await inbox.danger.waitFor({ state: 'detached' });
      await inbox.sendNow('Êtes-vous à l’abri ?');
      await resident.widget.sees('Êtes-vous à l’abri ?');
      await resident.widget.send('oui');
      await inbox.sees('oui');
      await inbox.giveBack();
      expect((await saidWhileHeld(resident)).filter((line) => line.startsWith('bot:')).length).toBeLessThanOrEqual(3);
      expect(faultsOf([marie, resident])).toEqual([]);
    },
    TEST_MS,
  );

  type Outcome = readonly [Delegate, Delegate, string, string];

  async function whoTook(marie: Delegate, jean: Delegate): Promise<Outcome> {
    await Promise.race([marie.inbox.composer.waitFor(), jean.inbox.composer.waitFor()]);
    return (await marie.inbox.composer.count()) > 0 ? [marie, jean, 'Marie', 'Jean'] : [jean, marie, 'Jean', 'Marie'];
  }

  async function whoWroteFirst(marie: Delegate, jean: Delegate): Promise<Outcome> {
    const stopped = [
      marie.page.getByText('Jean a répondu. Relisez avant d’envoyer.').first(),
      jean.page.getByText('Marie a répondu. Relisez avant d’envoyer.').first(),
    ] as const;
    await Promise.race(stopped.map((notice) => notice.waitFor()));
    return (await stopped[1].count()) > 0 ? [marie, jean, 'Marie', 'Jean'] : [jean, marie, 'Jean', 'Marie'];
  }
});
