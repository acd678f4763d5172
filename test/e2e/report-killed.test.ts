import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { describeInBrowser, picture } from '../support/browser-harness.js';
import { CUT, HEALING_MS } from '../support/e2e-inbox-chat.js';
import { faultsOf, type InboxStage, openInboxStage, type Resident } from '../support/e2e-inbox-stage.js';
import { openReportsAs } from '../support/e2e-report-page.js';
import { type Asked, RECEIPT, walkOn } from '../support/e2e-report-walk.js';
import { makeDataDir, type ServerProcess, startServerProcess } from '../support/server-process.js';

const TOLD = {
  where: 'rue de Picardie, devant le 12, dit Canarilieu',
  what: 'Des motos passent très vite, sans casque, dit Canarifaits',
} as const;
const STEPS: readonly Asked[] = ['category', 'where', 'when', 'what', 'more', 'contact', 'recap'];
const TEST_MS = 150_000;

describeInBrowser('a report while the real server is killed and started again', () => {
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

  /** Something is written, and the server is killed when it comes. */
  async function killAsItComes({ page }: Resident, write: () => Promise<void>): Promise<void> {
    const isPosting = page.waitForRequest(
      (request) => request.url().endsWith('/activities') && /"type":"message"/.test(request.postData() ?? ''),
    );
    await Promise.all([write(), isPosting]);
    await kill();
    await restart();
  }

  test(
    'the widget goes on by itself: nothing is asked twice, what came before is sealed, and there is one code',
    async () => {
      const [marie, resident] = await Promise.all([openReportsAs(stage, 'Marie'), stage.resident()]);
      const { page, widget } = resident;
      const walk = walkOn(widget);
      await walk.begin();
      await walk.presses('report.category.traffic', 'where');
      await walk.says(TOLD.where, 'when');

      await kill();
      await widget.panel.getByText(CUT).waitFor();
      await widget.send('tous les soirs');
      await widget.sees('En attente de connexion');
      await picture(page, 'e2e-report-killed-1-down');
      await restart();
      await walk.isAsked('what');
      await killAsItComes(resident, () => widget.send(TOLD.what));
      await walk.isAsked('more');
      await walk.presses('Non, c’est tout', 'contact');
      await walk.presses('Rester anonyme', 'recap');
      const recap = await walk.recap();
      expect(recap).toMatch(/Sujet : déjà scellé\n• Lieu : déjà scellé\n• Quand : déjà scellé\n/);
      expect(recap).toMatch(/Contact : anonyme$/);
      await picture(page, 'e2e-report-killed-2-recap');

      await killAsItComes(resident, () => widget.log.getByRole('button', { name: 'Envoyer', exact: true }).click());
      // Killed between the sending and the answer, it says that it is sent already.
      await walk.isAsked(/^C.est (déjà )?envoyé/);
      const receipt = await walk.receipt();
      expect(receipt).toMatch(RECEIPT);
      const asked = await Promise.all(STEPS.map(async (step) => [step, await walk.timesAsked(step)]));
      expect(asked).toEqual(STEPS.map((step) => [step, 1]));

      await kill();
      await widget.panel.getByText(CUT).waitFor();
      expect(await walk.receipt()).toBe(receipt);
      await restart();
      await walk.says('envoyer', /^C.est déjà envoyé/);
      await page.reload();
      await walk.card.nth(1).waitFor();
      expect(await walk.receipts()).toEqual([receipt, receipt]);

      await marie.inbox.lineCut.waitFor({ state: 'detached', timeout: HEALING_MS });
      await marie.open(TOLD.where);
      expect(await marie.answers()).toEqual([
        'Rodéos, circulation',
        TOLD.where,
        'tous les soirs',
        'Cela se répète.',
        TOLD.what,
        'Non précisé',
        'Anonyme\u00a0: par le code de suivi seulement.',
      ]);
      await marie.page.getByText('Lu par vous').waitFor();
      await marie.toList();
      expect(await marie.page.locator('.cards > li').count()).toBe(1);
      expect(faultsOf([marie, resident], { withCuts: true })).toEqual([]);
    },
    TEST_MS,
  );
});
