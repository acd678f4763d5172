import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { describeInBrowser, inPage, picture } from '../support/browser-harness.js';
import { type ClockServer, openClockServer } from '../support/e2e-inbox-clock.js';
import { faultsOf, type InboxStage, openInboxStage, type Resident } from '../support/e2e-inbox-stage.js';
import { openReportsAs } from '../support/e2e-report-page.js';
import { RECEIPT, type ReportWalk, walkOn } from '../support/e2e-report-walk.js';
import { keptSession, onServer, storedValues } from '../support/e2e-session.js';

const PHONE = { viewport: { width: 390, height: 844 }, permissions: ['clipboard-read', 'clipboard-write'] };
/** Each with a word that occurs nowhere else. */
const TOLD = {
  where: 'rue de Picardie, devant le 12, dit Canarilieu',
  when: 'hier soir vers 22h',
  what: 'Des motos passent très vite, sans casque, dit Canarifaits',
  danger: 'au secours, un homme avec un couteau est dans le hall, dit Canaridanger',
  addition: 'Ils sont revenus ce matin, dit Canariajout',
} as const;
/** Said first, and taken back. */
const FIRST = { where: 'place Cassin, dit Canarifaux', what: 'Des motos font du bruit, dit Canaribrouillon' } as const;
const FROM_MARIE = {
  reply: 'Merci. La patrouille passera vendredi, dit Canarimarie.',
  sentence: 'Nous cherchons des témoins, dit Canariphrase.',
  note: 'Voir avec Paul, dit Canarinote.',
} as const;
const NEWS = /^Vous avez une réponse à votre signalement\. Entrez votre code pour la lire/;
/** Longer than a receipt is shown, and what was read back is kept. */
const FORGOTTEN_MINUTES = 31;
const TEST_MS = 150_000;

interface ReportingResident extends Resident {
  readonly walk: ReportWalk;
}

describeInBrowser('a report, from the resident’s first word to the delegate’s answer and back', () => {
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

  async function residentOnThePhone(): Promise<ReportingResident> {
    const resident = await stage.resident(undefined, PHONE);
    return { ...resident, walk: walkOn(resident.widget) };
  }

  /** Through all the questions, the long way; to what is read back. */
  async function tellEverything({ page, widget, walk }: ReportingResident): Promise<void> {
    await walk.begin();
    await picture(page, 'e2e-report-1-begun');
    await walk.presses('report.category.traffic', 'where');
    await walk.says(FIRST.where, 'when');
    await walk.presses('Retour', 'where');
    await walk.says(TOLD.where, 'when');
    await walk.says(TOLD.when, 'what');
    await widget.sees(/^J.ai noté\s: .*vers 22\sh/);
    await walk.says('c’est anonyme ?', 'what');
    await widget.sees(/^Le secret n.est jamais total/);
    await picture(page, 'e2e-report-2-question');
    await walk.says(FIRST.what, 'more');
    await walk.says(TOLD.danger, /je n.ai prévenu personne/);
    await picture(page, 'e2e-report-3-danger');
    const links = await widget.log.locator('a').evaluateAll(inPage<string[]>('it.map((link) => link.href)'));
    expect(links).toEqual(expect.arrayContaining(['tel:17', 'tel:112', 'sms:114']));
    await walk.says('reprendre', 'contact');
    await walk.presses('Rester anonyme', 'recap');
    expect(await walk.recap()).toContain(FIRST.what);
    await walk.presses('Modifier', 'change');
    await picture(page, 'e2e-report-4-change');
    await walk.presses('report.title.what', 'what');
    await walk.says(TOLD.what, 'recap');
    await picture(page, 'e2e-report-5-recap');
  }

  /** Copied, and printed. */
  async function keepReceipt({ page, walk }: ReportingResident): Promise<string> {
    const receipt = await walk.receipt();
    expect(receipt).toMatch(RECEIPT);
    await picture(page, 'e2e-report-6-receipt');
    await walk.card.getByRole('button', { name: 'Copier le code' }).click();
    await walk.card.getByText('Code copié.').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(receipt);
    await page.evaluate('window.print = () => { window.printed = (window.printed ?? 0) + 1 }');
    await walk.card.getByRole('button', { name: 'Imprimer' }).click();
    expect(await page.evaluate('window.printed')).toBe(1);
    await page.emulateMedia({ media: 'print' });
    await page.locator('permanence-receipt').waitFor();
    expect(await page.locator('permanence-widget').isVisible()).toBe(false);
    await picture(page, 'e2e-report-7-paper');
    await page.emulateMedia({ media: 'screen' });
    await page.evaluate('dispatchEvent(new Event("afterprint"))');
    return receipt;
  }

  /** On a phone the page comes first. */
  async function reload({ page, widget, walk }: ReportingResident): Promise<void> {
    await page.reload();
    await widget.open();
    await walk.isAsked(/^Sans ce code, vous ne pourrez pas lire la réponse/);
  }

  test(
    'told with a question, a step back, a danger and a change; answered; read by the code; and added to',
    async () => {
      const [marie, resident] = await Promise.all([openReportsAs(stage, 'Marie'), residentOnThePhone()]);
      const { page, widget, walk } = resident;
      await marie.page.getByText('Aucun signalement en cours.').waitFor();
      await tellEverything(resident);
      const recap = await walk.recap();
      for (const said of [TOLD.where, TOLD.what, TOLD.danger, TOLD.when]) expect(recap).toContain(said);
      expect(recap).not.toMatch(/Canarifaux|Canaribrouillon|déjà scellé/);
      expect(await marie.page.locator('.cards > li').count()).toBe(0);
      await walk.presses('Envoyer', 'sent');
      const receipt = await keepReceipt(resident);

      // One's own words come back from nowhere; what was read back, and the code, for as long as they are kept.
      await reload(resident);
      expect(await walk.receipt()).toBe(receipt);
      expect(await walk.recap()).toBe(recap);
      const own = await widget.log.locator('.group.resident .words').allTextContents();
      expect(own.slice(2).map((text) => text.trim())).toEqual(own.slice(2).map(() => 'Réponse scellée'));
      await picture(page, 'e2e-report-8-reloaded');
      expect((await storedValues(page)).join()).not.toMatch(/Canari|Picardie/);

      await marie.card('Rodéos, circulation').getByText('À lire').waitFor();
      await marie.card(TOLD.where).waitFor();
      await picture(marie.page, 'e2e-report-9-arrived');
      await marie.open('Rodéos, circulation');
      await marie.page.getByText('Lu par vous').waitFor();
      expect(await marie.answers()).toEqual([
        'Rodéos, circulation',
        TOLD.where,
        expect.stringMatching(/vers 22.h$/),
        `Ses mots\u00a0: «\u00a0${TOLD.when}\u00a0»`,
        TOLD.what,
        TOLD.danger,
        'Anonyme\u00a0: par le code de suivi seulement.',
      ]);
      expect(await marie.page.locator('main').textContent()).not.toMatch(/Canarifaux|Canaribrouillon|modifié/);
      await marie.reply(FROM_MARIE.reply);
      await marie.setStatus('En cours', FROM_MARIE.sentence);
      await marie.note(FROM_MARIE.note);
      await picture(marie.page, 'e2e-report-10-answered');
      await marie.toList();
      await marie.page.getByText('À lire', { exact: true }).waitFor({ state: 'detached' });

      // Nothing was asked for, so nothing came; and nothing that was said is shown any more.
      server.putForward(FORGOTTEN_MINUTES);
      await reload(resident);
      await widget.sees(/^Votre code a déjà été affiché/);
      expect(await walk.card.count()).toBe(0);
      expect((await widget.texts()).join()).not.toMatch(/Canari|Picardie|22h/);
      const sent = JSON.stringify(await onServer(server.url, await keptSession(page)));
      expect(sent).not.toMatch(/Canari|Picardie/);
      expect(sent).not.toContain(receipt);
      await picture(page, 'e2e-report-11-forgotten');
      expect((await widget.texts()).filter((text) => NEWS.test(text))).toEqual([]);

      await walk.says('où en est mon signalement ?', /^Écrivez votre code de suivi/);
      await walk.says(receipt.toLowerCase().replaceAll('-', ' '), /^Que voulez-vous faire/);
      await widget.sees(/^Les délégués s.occupent de votre signalement/);
      const followUp = (await widget.texts()).join('\n');
      expect(followUp).toContain(FROM_MARIE.reply);
      expect(followUp).toContain(FROM_MARIE.sentence);
      expect(followUp).not.toContain('Canarinote');
      await picture(page, 'e2e-report-12-follow-up');
      await walk.presses('Ajouter une information', /^Écrivez votre information/);
      await walk.says(TOLD.addition, /^C.est ajouté à votre signalement/);
      await picture(page, 'e2e-report-13-added');

      await marie.card('Rodéos, circulation').getByText('À lire').waitFor();
      await marie.open('Rodéos, circulation');
      await marie.page.getByText(TOLD.addition).waitFor();
      await picture(marie.page, 'e2e-report-14-added-to');
      expect(faultsOf([marie, resident])).toEqual([]);
    },
    TEST_MS,
  );

  test(
    'who wants to be told here is told that there is an answer, and not which; and not any more when it is too much',
    async () => {
      const [marie, resident] = await Promise.all([openReportsAs(stage, 'Marie'), residentOnThePhone()]);
      const { page, widget, walk } = resident;
      const news = async (): Promise<number> => (await widget.texts()).filter((text) => NEWS.test(text)).length;
      await walk.tellShortly('De la musique toute la nuit, dit Canarimusique');
      await walk.presses('Envoyer', 'sent');
      const receipt = await walk.receipt();
      await walk.presses('Être prévenu ici', /^C.est noté\s: je vous préviens ici/);

      await marie.open('Nuisances, bruit');
      await marie.reply(FROM_MARIE.reply);
      await widget.sees(NEWS);
      expect((await widget.texts()).join()).not.toContain('Canarimarie');
      await picture(page, 'e2e-report-15-told');
      await walk.presses('Suivre un signalement', /^Écrivez votre code de suivi/);
      await walk.says(receipt, /^Que voulez-vous faire/);
      expect((await widget.texts()).at(-2)).toContain(FROM_MARIE.reply);
      await walk.presses('Ne plus être prévenu', /^D.accord, je ne vous préviens plus/);

      await marie.setStatus('Clos', FROM_MARIE.sentence);
      await walk.presses('Terminé', /^D.accord\. Gardez bien votre code/);
      expect(await news()).toBe(1);
      expect(faultsOf([marie, resident])).toEqual([]);
    },
    TEST_MS,
  );
});
