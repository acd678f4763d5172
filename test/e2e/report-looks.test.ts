import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { PAGES } from '../../src/web/inbox/strings.js';
import { describeInBrowser, picture, seriousFaults } from '../support/browser-harness.js';
import { openChat } from '../support/chat-client.js';
import { faultsOf, type InboxStage, openInboxStage } from '../support/e2e-inbox-stage.js';
import { openReportsAs } from '../support/e2e-report-page.js';
import { walkOn } from '../support/e2e-report-walk.js';
import { enrolReportClient } from '../support/report-client.js';
import { makeDataDir, type ServerProcess, startServerProcess } from '../support/server-process.js';

const TEST_MS = 150_000;
const SIZES = [
  { width: 320, height: 640 },
  { width: 1280, height: 800 },
] as const;
const SCHEMES = ['light', 'dark'] as const;
const STORY = 'Des motos passent très vite, sans casque, devant les jeux des enfants.';

describeInBrowser('reports on the real server, at every size and in both colour schemes', () => {
  const data = makeDataDir();
  let server: ServerProcess;
  let stage: InboxStage;
  beforeAll(async () => {
    server = await startServerProcess({ dataDir: data.path });
    stage = await openInboxStage({ url: () => server.url, announcement: server.output() });
    await fill();
    await stage.clear();
  }, TEST_MS);
  afterEach(() => stage.clear());
  afterAll(async () => {
    await stage.close();
    await server.stop('SIGKILL');
    data.remove();
  });

  /** One report that was answered and added to, one to read, and a colleague who came after both. */
  async function fill(): Promise<void> {
    const join = async (login: string) =>
      enrolReportClient(() => server.url, login, await stage.witness.invite(login, 'delegate'));
    const jean = await join('jean');
    await stage.delegate('Marie');
    const first = await openChat(server.url);
    const begin = ['Signaler', 'Commencer'];
    const story = [...begin, 'Rodéos, circulation', 'rue de Picardie', 'tous les soirs', STORY, 'Il y a des enfants.'];
    for (const text of [...story, 'Samira, 06 12 34 56 78', 'Envoyer']) await first.send(text);
    const [id = ''] = await jean.reportIds();
    await jean.write(id, { kind: 'reply', text: 'Merci. La patrouille passera vendredi soir.' });
    await jean.write(id, { kind: 'note', text: 'Voir avec Paul : c’est le même scooter que mardi.' });
    await jean.write(id, { kind: 'status', status: 'in-progress', text: 'Nous cherchons des témoins.' });
    const receipt = (await first.transcript()).findLast(({ channelData }) => channelData?.receipt)?.channelData
      ?.receipt;
    for (const text of ['suivre mon signalement', receipt ?? '', 'Ajouter une information', 'Ils sont revenus.'])
      await first.send(text);
    const second = await openChat(server.url);
    const skipped = ['Je préfère ne pas dire', 'Je ne sais pas', 'De la musique toute la nuit.', 'Non, c’est tout'];
    for (const text of [...begin, 'Bruit, nuisances', ...skipped, 'Rester anonyme', 'Envoyer']) await second.send(text);
    await join('luc');
  }

  test.each(SIZES)(
    'axe-core finds nothing serious, and nothing is too wide, at $width px',
    async (viewport) => {
      const found: string[] = [];
      const check = async (page: Page, what: string): Promise<void> => {
        for (const colorScheme of SCHEMES) {
          await page.emulateMedia({ colorScheme });
          const name = `${viewport.width}-${colorScheme}-${what}`;
          await picture(page, `e2e-report-${name}`);
          found.push(...(await seriousFaults(page)).map((fault) => `${name}: ${fault}`));
          if (await page.evaluate(IS_TOO_WIDE)) found.push(`${name}: too wide`);
        }
      };
      const browser = { viewport, reducedMotion: 'reduce' } as const;

      async function checkDelegate(): Promise<readonly string[]> {
        const marie = await openReportsAs(stage, 'Marie', { browser });
        const { page, inbox } = marie;
        await marie.card('rue de Picardie').waitFor();
        await check(page, 'list');
        await marie.open('rue de Picardie');
        await page.getByText('Ils sont revenus.').waitFor();
        await check(page, 'one');
        await page.getByRole('link', { name: 'Retour à la liste' }).click();
        await page.getByRole('link', { name: 'Chiffres', exact: true }).click();
        await page.getByRole('table').waitFor();
        await check(page, 'figures');
        await inbox.goTo(PAGES.reports);
        await page.getByRole('link', { name: 'Qui peut lire' }).click();
        await page.getByText('Empreinte de votre clé').waitFor();
        await check(page, 'access');
        await page.getByRole('link', { name: 'Donner l’accès : luc' }).click();
        await page.getByRole('group', { name: 'Empreinte de luc' }).waitFor();
        await check(page, 'compare');
        return faultsOf([marie]);
      }

      async function checkResident(): Promise<readonly string[]> {
        const resident = await stage.resident(undefined, browser);
        const { page } = resident;
        const walk = walkOn(resident.widget);
        await walk.tellShortly(STORY);
        await check(page, 'recap');
        await walk.presses('Envoyer', 'sent');
        await walk.card.getByRole('button', { name: 'Copier le code' }).click();
        await walk.card.getByRole('status').getByText('Code copié.').waitFor();
        await walk.card.scrollIntoViewIfNeeded();
        await check(page, 'receipt');
        return faultsOf([resident]);
      }

      const faults = await Promise.all([checkDelegate(), checkResident()]);
      expect(found).toEqual([]);
      expect(faults.flat()).toEqual([]);
    },
    TEST_MS,
  );
});

/** Whether anything is to be scrolled to the side: the page, or the widget's conversation. */
const IS_TOO_WIDE = `[document.documentElement, document.querySelector('main'),
  document.querySelector('permanence-widget')?.shadowRoot.querySelector('.log')]
  .some((part) => part && part.scrollWidth > part.clientWidth)`;
