import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { FakeContent } from '../support/browser-fake-desk.js';
import { describeInBrowser, inPage, LIVE_VIEWPORTS, picture, seriousFaults } from '../support/browser-harness.js';
import { hostileHost, startHostSite, strictHost } from '../support/browser-host-pages.js';
import { openStage, type Scene, type Stage } from '../support/browser-stage.js';

const CANARY = 'rodéo rue de Picardie, canari 7731';
const RECEIPT = 'ABCDE-01234-FGHJK-MNPQR-S';
const inStep = (step: number, text: string, actions: readonly string[] = []): FakeContent => ({
  text: `Étape ${step} sur 7. ${text}`,
  actions,
  secrets: { asksInConfidence: true, progress: { step, of: 7 } },
});
const WHERE = inStep(2, 'Où cela s’est-il passé ? Une rue ou un lieu suffit.', ['Passer', 'Retour']);
const RECAP: FakeContent = {
  text: `Étape 7 sur 7. Voici votre signalement :\nSujet : rodéos\nLieu : ${CANARY}`,
  actions: ['Envoyer', 'Changer', 'Annuler'],
  secrets: { asksInConfidence: true, isConfidential: true, progress: { step: 7, of: 7 } },
};
const SENT: FakeContent = {
  text: `Votre signalement est envoyé. Gardez ce code pour lire la réponse.\n${RECEIPT}`,
  actions: ['Me prévenir', 'Terminer'],
  secrets: { isConfidential: true, receipt: RECEIPT },
};

describeInBrowser('a report in the widget', () => {
  let stage: Stage;
  const sites: { close(): Promise<void> }[] = [];
  beforeAll(async () => {
    stage = await openStage();
  }, 60_000);
  afterEach(async () => {
    await stage.clear();
    for (const site of sites.splice(0)) await site.close();
  });
  afterAll(() => stage.close());

  interface ReportScene extends Scene {
    readonly id: string;
    says(content: FakeContent): void;
  }

  async function begin(options: Parameters<Stage['scene']>[0] = {}): Promise<ReportScene> {
    const scene = await stage.scene({ answer: () => [], ...options });
    await scene.widget.begin();
    const { id } = scene.server.theConversation();
    return { ...scene, id, says: (content) => scene.server.say(id, content) };
  }

  async function onHost(page: (server: string) => Parameters<typeof startHostSite>[0]): Promise<ReportScene> {
    return begin({
      start: async (server) => {
        const site = await startHostSite(page(server));
        sites.push(site);
        return site.url;
      },
    });
  }

  const receiptCard = ({ page }: Pick<Scene, 'page'>) => page.getByRole('group', { name: 'Votre code de suivi' });
  const steps = ({ page }: Pick<Scene, 'page'>) => page.getByRole('progressbar');

  test.each(LIVE_VIEWPORTS)(
    'its states are well drawn, and axe finds nothing serious, at $name',
    async ({ name, options }) => {
      const scene = await begin({ context: options });
      const { page, widget, says, faults } = scene;
      const check = async (step: string): Promise<void> => {
        await picture(page, `report-${name}-${step}`);
        expect(await seriousFaults(page)).toEqual([]);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
      };
      says(WHERE);
      await widget.sees(/Où cela s’est-il passé/);
      await widget.send(CANARY);
      await widget.settled();
      says(inStep(3, 'Quand cela s’est-il passé ? Par exemple : hier soir vers 22 h.', ['Passer', 'Retour']));
      await widget.sees(/Quand cela s’est-il passé/);
      await dressed(page);
      await check('1-steps');
      says(RECAP);
      await widget.sees(/Voici votre signalement/);
      await check('2-recap');
      await widget.send('Envoyer');
      await widget.settled();
      says(SENT);
      await receiptCard(scene).waitFor();
      await check('3-receipt');
      await page.getByRole('button', { name: 'Copier le code' }).click();
      await check('4-copied');
      await page.reload();
      if (!(await widget.panel.isVisible())) await widget.open();
      await widget.sees('Réponse scellée');
      await receiptCard(scene).waitFor();
      await page.waitForFunction(`(() => {
        const log = document.querySelector("permanence-widget").shadowRoot.querySelector(".log");
        return log.scrollHeight - log.scrollTop - log.clientHeight < 20;
      })()`);
      await check('5-reloaded');
      expect(faults).toEqual([]);
    },
    120_000,
  );

  test('the reader’s own words stay for as long as the page; a reload, and another tab, show that they are sealed', async () => {
    const { page, widget, says, context, server } = await begin();
    says(WHERE);
    await widget.sees(/Où cela/);
    await widget.send(CANARY);
    await widget.settled();
    await widget.sees(CANARY);
    server.dropConnections();
    says(inStep(3, 'Quand ?'));
    await widget.sees(/Quand/);
    expect(await widget.texts()).toContain(CANARY);
    const other = await context.newPage();
    await other.goto(server.url);
    await other
      .locator('permanence-widget')
      .getByRole('button', { name: /Ouvrir/ })
      .click();
    await other.getByText('Réponse scellée').waitFor();
    expect(await other.locator('permanence-widget').getByText(CANARY).count()).toBe(0);
    await page.reload();
    await widget.sees('Réponse scellée');
    expect((await widget.texts()).join()).not.toMatch(/Picardie|réponse scellée/);
  });

  test('what is written in a report is kept in no storage, sent or not; a reload forgets it', async () => {
    const { page, widget, says, server } = await begin();
    says(WHERE);
    await widget.sees(/Où cela/);
    await widget.textBox.fill(CANARY);
    expect(await everythingKept(page)).not.toContain('Picardie');
    server.faults.isUnreachable = true;
    server.dropConnections();
    await widget.textBox.press('Enter');
    await widget.log.getByText('En attente de connexion').waitFor();
    expect(await everythingKept(page)).not.toContain('Picardie');
    server.faults.isUnreachable = false;
    await page.evaluate(inPage('dispatchEvent(new Event("online"))'));
    await widget.settled();
    expect(server.theConversation().posts).toMatchObject([{ text: CANARY }]);
    says(RECAP);
    await widget.sees(/Voici votre signalement/);
    says(SENT);
    await widget.sees(/est envoyé/);
    expect(await everythingKept(page)).not.toMatch(/Picardie|ABCDE|01234/);
  });

  test('outside of a report what was not sent waits over a reload, as ever', async () => {
    const { page, widget, says, server } = await begin();
    says(inStep(1, 'Quel sujet ?'));
    says({ text: 'Le signalement est annulé.' });
    await widget.sees('Le signalement est annulé.');
    server.faults.isUnreachable = true;
    server.dropConnections();
    await widget.send('bonjour');
    await widget.log.getByText('En attente de connexion').waitFor();
    expect(await everythingKept(page)).toContain('bonjour');
  });

  test('the step is told in words, to the ear as well', async () => {
    const scene = await begin();
    scene.says(WHERE);
    await scene.widget.sees('Étape 2 sur 7');
    expect((await scene.widget.texts()).at(-1)).toBe('Où cela s’est-il passé ? Une rue ou un lieu suffit.');
    expect(await scene.page.getByRole('progressbar', { name: 'Étape 2 sur 7' }).count()).toBe(1);
    expect(await steps(scene).evaluate(inPage('[it.value, it.max]'))).toEqual([2, 7]);
    await dressed(scene.page);
    expect(await steps(scene).evaluate(inPage('it.getBoundingClientRect().height'))).toBe(4);
    await scene.widget.announcer.getByText(/Étape 2 sur 7/).waitFor();
  });

  test('the receipt is shown large, once, spelled for the ear, and copied with a word of it', async () => {
    const scene = await begin({ context: { permissions: ['clipboard-read', 'clipboard-write'] } });
    const { page, widget, says } = scene;
    says(SENT);
    await receiptCard(scene).waitFor();
    await receiptCard(scene).getByText('A B C D E, 0 1 2 3 4, F G H J K, M N P Q R, S', { exact: true }).waitFor();
    expect((await widget.texts()).join()).not.toContain(RECEIPT);
    await receiptCard(scene).getByText('Ce code ne sera plus affiché.').waitFor();
    await page.getByRole('button', { name: 'Copier le code' }).click();
    await receiptCard(scene).getByRole('status').getByText('Code copié.').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(RECEIPT);
  });

  test.each([
    ['no clipboard', 'Object.defineProperty(navigator, "clipboard", { value: undefined })', 'Code copié.'],
    [
      'neither way to copy',
      'Object.defineProperty(navigator, "clipboard", { value: undefined }); document.execCommand = () => false',
      'La copie ne marche pas ici. Recopiez le code à la main.',
    ],
  ])('with %s, the reader is told what came of it, and the focus stays', async (_, sabotage, said) => {
    const scene = await begin();
    await scene.page.evaluate(sabotage);
    scene.says(SENT);
    const button = scene.page.getByRole('button', { name: 'Copier le code' });
    await button.click();
    await receiptCard(scene).getByRole('status').getByText(said).waitFor();
    expect(await button.evaluate(inPage('it === it.getRootNode().activeElement'))).toBe(true);
  });

  test.each([
    ['a site of the strictest policy', strictHost],
    ['a site whose styles disfigure everything', hostileHost],
  ])('printing on %s puts the code, its day and two sentences on the paper, and nothing else', async (_, host) => {
    const scene = await onHost(host);
    const { page, widget, says, faults } = scene;
    says(WHERE);
    await widget.sees(/Où cela/);
    await widget.send(CANARY);
    await widget.settled();
    says(SENT);
    await receiptCard(scene).waitFor();
    await page.evaluate(WATCH_PRINTING);
    await page.getByRole('button', { name: 'Imprimer' }).click();
    expect(await page.evaluate('window.printed')).toBe(1);
    await page.emulateMedia({ media: 'print' });
    await picture(page, `report-print-${host.name}`);
    const text = await textOnPaper(page);
    expect(text).toContain(RECEIPT);
    expect(text).toContain('Ce code permet de lire la suite donnée à votre signalement.');
    expect(text).toMatch(/(lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) \d+ \S+ 20\d\d/);
    expect(text).not.toMatch(/Picardie|Un site|Permanence|غلاف/);
    await page.emulateMedia({ media: 'screen' });
    await page.evaluate('dispatchEvent(new Event("afterprint"))');
    expect(await page.locator('permanence-receipt').count()).toBe(0);
    expect(await page.evaluate('document.adoptedStyleSheets.length')).toBe(0);
    expect(faults).toEqual([]);
  });

  test('without the script for it everything is still there to be read', async () => {
    const scene = await stage.scene({ answer: () => [] });
    await scene.page.route('**/widget-report.js', (route) => route.abort());
    await scene.widget.begin();
    const { id } = scene.server.theConversation();
    scene.server.say(id, WHERE);
    scene.server.say(id, SENT);
    await scene.widget.sees(RECEIPT);
    expect(await receiptCard(scene).count()).toBe(0);
    expect(await scene.page.getByRole('progressbar').count()).toBe(1);
    expect(scene.faults).toEqual([]);
  });

  test('« Effacer » and « Quitter vite » leave nothing of it on the page', async () => {
    const { page, widget, says, server, id } = await begin();
    says(WHERE);
    await widget.sees(/Où cela/);
    await widget.send(CANARY);
    await widget.settled();
    server.eraseHistory(id);
    await widget.log.getByText(CANARY).waitFor({ state: 'detached' });
    says(SENT);
    await widget.sees(/est envoyé/);
    await page.context().route('https://www.meteofrance.com/**', (route) => route.fulfill({ body: 'Il fait beau' }));
    await widget.button('Quitter vite').click();
    await page.waitForURL('https://www.meteofrance.com/');
  });
});

/** The looks have come. */
function dressed(page: Page): Promise<unknown> {
  return page.waitForFunction('document.querySelector("permanence-widget").shadowRoot.adoptedStyleSheets.length === 2');
}

function overflow(page: Page): Promise<number> {
  return page.evaluate(
    '(() => { const log = document.querySelector("permanence-widget").shadowRoot.querySelector(".log"); return log.scrollWidth - log.clientWidth })()',
  );
}

/** All that the browser keeps for the site, as one text. */
function everythingKept(page: Page): Promise<string> {
  return page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href])');
}

/** Counts printings, and keeps the shadow roots that are made from now on. */
const WATCH_PRINTING = `
  window.print = () => { window.printed = (window.printed ?? 0) + 1 };
  window.papers = [];
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    window.papers.push(root);
    return root;
  };`;

/** The text that is drawn, of the page and of what was made to be printed. */
function textOnPaper(page: Page): Promise<string> {
  return page.evaluate(`[
    document.body.checkVisibility() ? document.body.innerText : '',
    ...window.papers.map((root) => root.host.checkVisibility() ? root.querySelector('article').innerText : ''),
  ].join(' ')`);
}
