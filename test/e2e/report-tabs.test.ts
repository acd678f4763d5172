import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { describeInBrowser, picture } from '../support/browser-harness.js';
import { type ClockServer, openClockServer } from '../support/e2e-inbox-clock.js';
import { holdUntilAllCall } from '../support/e2e-inbox-hold.js';
import { faultsOf, type InboxStage, openInboxStage } from '../support/e2e-inbox-stage.js';
import { openReportsAs } from '../support/e2e-report-page.js';
import { RECEIPT, walkOn } from '../support/e2e-report-walk.js';

const TOLD = {
  where: 'rue de Picardie, devant le 12, dit Canarilieu',
  what: 'Des motos passent très vite, sans casque, dit Canarifaits',
} as const;
/** Longer than the server remembers what was told, and less than drafts are kept. */
const HOURS = 3;
const TEST_MS = 120_000;

describeInBrowser('one draft on several pages', () => {
  let server: ClockServer;
  let stage: InboxStage;
  beforeAll(async () => {
    server = await openClockServer({ IDLE_LOCK_MINUTES: '240' });
    stage = await openInboxStage({ url: () => server.url, announcement: server.announcement });
  }, TEST_MS);
  afterEach(() => stage.clear());
  afterAll(async () => {
    await stage.close();
    await server.close();
  });

  /** As whoever can read them counts them. */
  async function countReports(): Promise<number> {
    const { body } = await stage.witness.call('GET', '/reports');
    return (body as { readonly reports: readonly unknown[] }).reports.length;
  }

  test(
    'two tabs answer in turn, both read all of it back, and both send: one report, one code',
    async () => {
      const [marie, resident] = await Promise.all([openReportsAs(stage, 'Marie'), stage.resident()]);
      const other = await resident.openTab(server.url);
      await other.widget.open();
      const one = walkOn(resident.widget);
      const two = walkOn(other.widget);
      await one.begin();
      await one.presses('report.category.traffic', 'where');
      await two.isAsked('where');
      await two.says(TOLD.where, 'when');
      await one.isAsked('when');
      await one.says('tous les soirs', 'what');
      await two.isAsked('what');
      await two.says(TOLD.what, 'more');
      await one.isAsked('more');
      await one.presses('Non, c’est tout', 'contact');
      await two.isAsked('contact');
      await two.presses('Rester anonyme', 'recap');
      await one.isAsked('recap');
      // What was typed in the other tab is shown in neither but there; what is read back, in both.
      expect(await resident.widget.log.getByText('Réponse scellée').count()).toBe(3);
      for (const walk of [one, two]) for (const said of Object.values(TOLD)) expect(await walk.recap()).toContain(said);
      await picture(resident.page, 'e2e-report-tabs-1-recap');

      const pages = [resident.page, other.page];
      await holdUntilAllCall(pages, '**/activities');
      await Promise.all([one, two].map((walk) => walk.doubleTaps('Envoyer')));
      for (const walk of [one, two]) {
        await walk.card.nth(1).waitFor();
        await walk.isAsked('sent');
      }
      await Promise.all([resident.widget.settled(), other.widget.settled()]);
      const codes = [...(await one.receipts()), ...(await two.receipts())];
      expect(codes[0]).toMatch(RECEIPT);
      expect(new Set(codes).size).toBe(1);
      expect(await countReports()).toBe(1);
      await picture(other.page, 'e2e-report-tabs-2-sent');

      await marie.open(TOLD.where);
      expect(await marie.answers()).toEqual(expect.arrayContaining(Object.values(TOLD)));
      expect(faultsOf([resident, marie])).toEqual([]);
    },
    TEST_MS,
  );

  test(
    'the browser is closed in the middle; back the same day, the resident resumes and sends',
    async () => {
      const [marie, first] = await Promise.all([openReportsAs(stage, 'Marie'), stage.resident()]);
      const before = await countReports();
      const walk = walkOn(first.widget);
      await walk.begin();
      await walk.presses('report.category.traffic', 'where');
      await walk.says(TOLD.where, 'when');
      await first.widget.textBox.fill('Un mot de trop, dit Canaribrouillon');
      const storageState = await first.context.storageState();
      expect(JSON.stringify(storageState)).not.toContain('Canari');
      await first.context.close();
      server.putForward(HOURS * 60);

      const back = await stage.resident(undefined, { storageState });
      const again = walkOn(back.widget);
      expect(back.conversationId).toBe(first.conversationId);
      expect((await back.widget.texts()).join()).not.toContain('Canari');
      await again.says('reprendre', 'when');
      await back.widget.sees(/^Reprenons votre signalement/);
      await picture(back.page, 'e2e-report-tabs-3-resumed');
      await again.says('tous les soirs', 'what');
      await again.says(TOLD.what, 'more');
      await again.presses('Non, c’est tout', 'contact');
      await again.presses('Rester anonyme', 'recap');
      const recap = await again.recap();
      expect(recap).toMatch(/Sujet : déjà scellé\n• Lieu : déjà scellé\n/);
      expect(recap).toContain(TOLD.what);
      await picture(back.page, 'e2e-report-tabs-4-sealed-already');
      await again.presses('Envoyer', 'sent');
      expect(await again.receipt()).toMatch(RECEIPT);
      expect(await countReports()).toBe(before + 1);

      await marie.open(/À lire/);
      expect(await marie.answers()).toEqual(expect.arrayContaining(Object.values(TOLD)));
      expect(faultsOf([first, back, marie])).toEqual([]);
    },
    TEST_MS,
  );
});
