import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { pseudonymOf } from '../../src/inbox/pseudonym.js';
import { PAGES } from '../../src/web/inbox/strings.js';
import { describeInBrowser, picture } from '../support/browser-harness.js';
import { openVisitors, type Visitor, type Visitors } from '../support/e2e-browser.js';
import { type InboxPage, inboxOn } from '../support/e2e-inbox-page.js';
import { faultsOf, WAIT_MS } from '../support/e2e-inbox-stage.js';
import { keptSession } from '../support/e2e-session.js';
import { makeDataDir, type ServerProcess, startServerProcess } from '../support/server-process.js';

const PASSWORD = 'le chat dort sur le balcon';
const KEY_MS = 60_000;
const TEST_MS = 120_000;

describeInBrowser('a newcomer, from the link that the server prints', () => {
  const data = makeDataDir();
  let server: ServerProcess;
  let visitors: Visitors;
  beforeAll(async () => {
    [server, visitors] = await Promise.all([startServerProcess({ dataDir: data.path }), openVisitors()]);
  }, TEST_MS);
  afterAll(async () => {
    await visitors.close();
    await server.stop('SIGKILL');
    data.remove();
  });

  async function visit(address: string, width = 1280): Promise<Visitor & { readonly inbox: InboxPage }> {
    const visitor = await visitors.visit(address, {
      viewport: { width, height: 800 },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    visitor.context.setDefaultTimeout(WAIT_MS);
    return { ...visitor, inbox: inboxOn(visitor.page) };
  }

  /** The key as it stands on the screen, group by group. */
  async function readKey({ page }: InboxPage): Promise<readonly string[]> {
    const groups = page.getByRole('list', { name: 'Votre clé de secours' }).getByRole('listitem');
    await groups.first().waitFor({ timeout: KEY_MS });
    const spoken = await groups.allTextContents();
    return spoken.map((text) => (/Groupe \d+ : ((?:\S )*\S)/.exec(text)?.[1] ?? '').replaceAll(' ', ''));
  }

  /** Name, password, recovery key noted, second factor put off. */
  async function enrol({ inbox, page }: Visitor & { readonly inbox: InboxPage }, name: string): Promise<void> {
    await inbox.heading('Bienvenue').waitFor();
    await page.getByRole('textbox', { name: 'Nom affiché' }).fill(name);
    await page.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
    await picture(page, `e2e-inbox-newcomer-1-${name}`);
    await inbox.button('Continuer').click();
    const key = await readKey(inbox);
    await picture(page, `e2e-inbox-newcomer-2-${name}`);
    await inbox.button('J’ai noté ma clé').click();
    const asked = page.getByRole('textbox', { name: /^Groupe \d+$/ });
    await asked.waitFor();
    const number = /Recopiez le groupe (\d+)/.exec(
      (await page.getByText(/Recopiez le groupe/).textContent()) ?? '',
    )?.[1];
    await asked.fill('0000');
    await inbox.button('Vérifier').click();
    await page.getByText('Ce n’est pas ce groupe. Regardez de nouveau votre feuille.').waitFor();
    await picture(page, `e2e-inbox-newcomer-3-${name}`);
    await asked.fill((key[Number(number) - 1] ?? '').toLowerCase());
    await inbox.button('Vérifier').click();
    await inbox.heading('Un code en plus du mot de passe').waitFor({ timeout: KEY_MS });
    await picture(page, `e2e-inbox-newcomer-4-${name}`);
    await inbox.button('Plus tard').click();
    await inbox.heading(PAGES.queue).waitFor();
  }

  test(
    'makes an account, answers the first resident, invites a colleague, who signs in again',
    async () => {
      const link = /http:\/\/\S+\/inbox\/lien#\S+/.exec(server.output())?.[0] ?? '';
      const anne = await visit(link);
      await enrol(anne, 'Anne Martin');
      expect(anne.page.url()).not.toContain('#');
      await anne.page.getByText('Personne n’attend.').waitFor();
      await picture(anne.page, 'e2e-inbox-newcomer-5-queue');

      const resident = await visit(server.url);
      await resident.widget.begin();
      const { conversationId } = await keptSession(resident.page);
      await resident.widget.send('je voudrais parler à quelqu’un');
      await anne.inbox.alarm.waitFor();
      await anne.inbox.button('Voir la première').click();
      await anne.page.getByRole('heading', { level: 1, name: pseudonymOf(conversationId) }).waitFor();
      await anne.inbox.take();
      await anne.inbox.send('Bonjour, je suis Anne. Que puis-je faire ?');
      await resident.widget.sees('Bonjour, je suis Anne. Que puis-je faire ?');
      await picture(resident.page, 'e2e-inbox-newcomer-6-answered-resident');
      await picture(anne.page, 'e2e-inbox-newcomer-6-answered');
      await anne.inbox.giveBack();

      await anne.inbox.goTo(PAGES.team);
      await anne.inbox.button('Inviter un collègue').click();
      await anne.inbox.dialog.getByRole('textbox', { name: 'Son nom' }).fill('Luc Petit');
      await picture(anne.page, 'e2e-inbox-newcomer-7-invite');
      await anne.inbox.button('Créer le lien').click();
      const made = anne.inbox.dialog.getByRole('textbox', { name: 'Lien' });
      await made.waitFor();
      await picture(anne.page, 'e2e-inbox-newcomer-8-link');
      await anne.inbox.button('Copier le lien').click();
      await anne.page.getByText('Lien copié.').waitFor();
      expect(await anne.page.evaluate('navigator.clipboard.readText()')).toBe(await made.inputValue());

      const luc = await visit(await made.inputValue(), 390);
      await luc.page.getByText('Créez votre compte de délégué.').waitFor();
      await enrol(luc, 'Luc Petit');
      await picture(luc.page, 'e2e-inbox-newcomer-9-phone');
      await luc.inbox.button('Menu').click();
      await luc.page.getByRole('dialog', { name: 'Menu' }).getByRole('link', { name: PAGES.account }).waitFor();
      expect(await luc.page.getByRole('link', { name: PAGES.team }).count()).toBe(0);
      await picture(luc.page, 'e2e-inbox-newcomer-10-drawer');
      await luc.inbox.button('Se déconnecter').click();
      await luc.inbox.heading('Connexion').waitFor();
      await picture(luc.page, 'e2e-inbox-newcomer-11-sign-in');
      await luc.inbox.signIn('luc.petit', PASSWORD);
      // Known by the stream of events alone: he is connected.
      await luc.page.getByText('Personne n’attend.').waitFor();

      await anne.inbox.button('Terminé').click();
      await anne.page.reload();
      await anne.page
        .getByRole('listitem')
        .filter({ hasText: 'Luc Petit' })
        .getByText('Connecté', { exact: true })
        .waitFor();
      await picture(anne.page, 'e2e-inbox-newcomer-12-team');
      await anne.inbox.signOut('Anne Martin');
      // The link has served.
      const again = await visit(link);
      await again.inbox.heading('Lien non valable').waitFor();
      const gone = /status of 404/;
      expect(faultsOf([anne, luc, resident, again]).filter((fault) => !gone.test(fault))).toEqual([]);
    },
    TEST_MS,
  );
});
