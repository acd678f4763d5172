import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { fingerprintOf } from '../../src/domain/account-fingerprint.js';
import { PAGES } from '../../src/web/inbox/strings.js';
import { describeInBrowser, picture } from '../support/browser-harness.js';
import { openVisitors, type Visitor, type Visitors } from '../support/e2e-browser.js';
import { type InboxPage, inboxOn } from '../support/e2e-inbox-page.js';
import { faultsOf, WAIT_MS } from '../support/e2e-inbox-stage.js';
import { holdersOf, openReportDrop, type ReportDrop } from '../support/e2e-report-drop.js';
import { soon } from '../support/inbox-browser-stage.js';
import { makeDataDir, type ServerProcess, startServerProcess } from '../support/server-process.js';

const PASSWORD = 'le chat dort sur le balcon';
const OTHER_PASSWORD = 'sept lapins gris au jardin';
const KEY_MS = 60_000;
const TEST_MS = 180_000;

interface Delegate extends Visitor {
  readonly name: string;
  readonly login: string;
  readonly inbox: InboxPage;
  /** As it was noted. */
  recoveryKey: string;
}

describeInBrowser('who can read the reports, on the real server', () => {
  const data = makeDataDir();
  let server: ServerProcess;
  let visitors: Visitors;
  let drop: ReportDrop;
  let anne: Delegate;

  beforeAll(async () => {
    [server, visitors] = await Promise.all([startServerProcess({ dataDir: data.path }), openVisitors()]);
    drop = await openReportDrop(data.path);
    anne = await enrol(/http:\/\/\S+\/inbox\/lien#\S+/.exec(server.output())?.[0] ?? '', 'Anne Martin');
  }, TEST_MS);
  afterEach(() => expect(faultsOf([anne])).toEqual([]));
  afterAll(async () => {
    await visitors.close();
    await drop.close();
    await server.stop('SIGKILL');
    data.remove();
  });

  /** Follows a link as a new person: name, password, recovery key noted, second factor put off. */
  async function enrol(link: string, name: string): Promise<Delegate> {
    const visitor = await visitors.visit(link, { viewport: { width: 1280, height: 900 } });
    visitor.context.setDefaultTimeout(WAIT_MS);
    const login = name.toLowerCase().replace(' ', '.');
    const delegate = { ...visitor, name, login, inbox: inboxOn(visitor.page), recoveryKey: '' };
    await visitor.page.getByRole('textbox', { name: 'Nom affiché' }).fill(name);
    await visitor.page.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
    await delegate.inbox.button('Continuer').click();
    await noteKey(delegate);
    await delegate.inbox.button('Plus tard').click();
    await delegate.inbox.heading(PAGES.queue).waitFor();
    return delegate;
  }

  /** A colleague whom Anne has invited. */
  async function newcomer(name: string): Promise<Delegate> {
    await anne.inbox.goTo(PAGES.team);
    await anne.inbox.button('Inviter un collègue').click();
    await anne.inbox.dialog.getByRole('textbox', { name: 'Son nom' }).fill(name);
    await anne.inbox.button('Créer le lien').click();
    const link = await takeLink();
    return enrol(link, name);
  }

  /** Opens the actions of a colleague on the team's page, as it is now. */
  async function act(on: Delegate, action: string): Promise<void> {
    await anne.inbox.goTo(PAGES.queue);
    await anne.inbox.goTo(PAGES.team);
    await anne.inbox.button(`Actions pour ${on.name}`).click();
    await anne.page.getByRole('menuitem', { name: action }).click();
  }

  /** At the address where they were. */
  async function signIn({ page, inbox, login, name }: Delegate, password: string): Promise<void> {
    await page.getByRole('textbox', { name: 'Identifiant' }).fill(login);
    await page.getByLabel('Mot de passe', { exact: true }).fill(password);
    await inbox.button('Se connecter').click();
    await inbox.button(name).waitFor({ timeout: KEY_MS });
  }

  async function takeLink(): Promise<string> {
    const link = await anne.inbox.dialog.getByRole('textbox', { name: 'Lien' }).inputValue();
    await anne.inbox.button('Terminé').click();
    return link;
  }

  async function noteKey(delegate: Delegate): Promise<void> {
    const { page, inbox } = delegate;
    const list = page.getByRole('list', { name: 'Votre clé de secours' }).getByRole('listitem');
    await list.first().waitFor({ timeout: KEY_MS });
    const spoken = await list.allTextContents();
    const groups = spoken.map((text) => (/Groupe \d+ : ((?:\S )*\S)/.exec(text)?.[1] ?? '').replaceAll(' ', ''));
    delegate.recoveryKey = groups.join(' ');
    await inbox.button('J’ai noté ma clé').click();
    const asked = Number(/groupe (\d+)/.exec((await page.getByText(/Recopiez le groupe/).textContent()) ?? '')?.[1]);
    await page.getByRole('textbox', { name: `Groupe ${asked}` }).fill(groups[asked - 1] ?? '');
    await inbox.button('Vérifier').click();
    // The account is made, or the recovery finished: the next page comes.
    await inbox.button('Vérifier').waitFor({ state: 'detached', timeout: KEY_MS });
  }

  /** Anne compares the fingerprint that the colleague's own page shows, and gives access. */
  async function giveAccess(to: Delegate): Promise<void> {
    await to.inbox.button(to.name).click();
    await to.page.getByRole('menuitem', { name: 'Mon compte' }).click();
    const own = to.page.getByRole('region', { name: 'Empreinte de votre clé' });
    const groups = fingerprintOf(await drop.publicKeyOf(to.login)).split(' ');
    for (const group of groups) await own.getByText(group).waitFor();

    await anne.inbox.goTo(PAGES.reports);
    await anne.page.getByRole('link', { name: `Lui donner l’accès : ${to.name}` }).click();
    const shown = anne.page.getByRole('group', { name: `Empreinte de ${to.name}` });
    await shown.waitFor();
    for (const [index, group] of groups.entries()) {
      const box = shown.getByRole('checkbox', { name: `Groupe ${index + 1} : ${[...group].join(' ')}` });
      await box.check({ force: true });
    }
    await picture(anne.page, `e2e-report-keys-compare-${to.login}`);
    await anne.inbox.button('Donner l’accès').click();
    await anne.inbox.heading('C’est fait').waitFor({ timeout: KEY_MS });
    await anne.page.getByText(`${to.name} peut maintenant lire`, { exact: false }).waitFor();
    await picture(anne.page, `e2e-report-keys-given-${to.login}`);
  }

  /** By a link of the page: a reload would lose the key. */
  async function reads({ page, inbox }: Delegate, id: string, text: string): Promise<void> {
    await inbox.goTo(PAGES.reports);
    await page.locator(`a[href="/inbox/s/${id}"]`).click();
    await page.getByText(text).waitFor();
  }

  async function readsNothing({ page, inbox }: Delegate, id: string, text: string): Promise<void> {
    await inbox.goTo(PAGES.reports);
    const card = page.getByRole('listitem').filter({ has: page.locator(`a[href="/inbox/s/${id}"]`) });
    await card.getByText('Signalement fermé').waitFor();
    expect(await page.getByText(text).count()).toBe(0);
  }

  test(
    'a new delegate reads what comes, and what was before once a colleague has given it',
    async () => {
      const text = 'Canari du matin, rue de Picardie';
      const id = await drop.send(text);
      const luc = await newcomer('Luc Petit');
      await luc.page.getByText('Vous ne pouvez pas encore lire 1 signalement d’avant.', { exact: false }).waitFor();
      await readsNothing(luc, id, text);
      await luc.page.getByText('Vos collègues doivent vous donner l’accès', { exact: false }).waitFor();
      await picture(luc.page, 'e2e-report-keys-newcomer');
      await reads(anne, id, text);

      const next = await drop.send('Canari du soir, place Cassin');
      await luc.page.reload();
      await luc.page.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
      await luc.inbox.button('Ouvrir les signalements').click();
      await luc.inbox.button('Ouvrir les signalements').waitFor({ state: 'detached', timeout: KEY_MS });
      await reads(luc, next, 'Canari du soir, place Cassin');

      await giveAccess(luc);
      await reads(luc, id, text);
      expect(faultsOf([luc])).toEqual([]);
      await luc.context.close();
    },
    TEST_MS,
  );

  test(
    'a changed password and the recovery key keep everything readable',
    async () => {
      const marie = await newcomer('Marie Roux');
      const text = 'Canari de Marie, passage des Cordeliers';
      const id = await drop.send(text);
      const { page, inbox } = marie;
      await inbox.button(marie.name).click();
      await page.getByRole('menuitem', { name: 'Mon compte' }).click();
      await inbox.button('Changer le mot de passe').click();
      await page.getByLabel('Mot de passe actuel', { exact: true }).fill(PASSWORD);
      await page.getByLabel('Nouveau mot de passe', { exact: true }).fill(OTHER_PASSWORD);
      await inbox.button('Changer le mot de passe').click();
      await page.getByText('Le mot de passe est changé.').waitFor({ timeout: KEY_MS });
      await reads(marie, id, text);

      await inbox.signOut(marie.name);
      await inbox.button('Mot de passe oublié').click();
      await page.getByRole('textbox', { name: 'Identifiant' }).fill(marie.login);
      await page.getByRole('textbox', { name: 'Clé de secours' }).fill(marie.recoveryKey);
      await inbox.button('Continuer').click();
      await inbox.heading('Choisissez un nouveau mot de passe').waitFor();
      await page.getByLabel('Nouveau mot de passe', { exact: true }).fill(PASSWORD);
      await inbox.button('Continuer').click();
      await noteKey(marie);
      await inbox.button(marie.name).waitFor({ timeout: KEY_MS });
      await reads(marie, id, text);

      await inbox.signOut(marie.name);
      await signIn(marie, PASSWORD);
      await reads(marie, id, text);
      expect(faultsOf([marie])).toEqual([]);
      await marie.context.close();
    },
    TEST_MS,
  );

  test(
    'new keys by a link close what was before, until a colleague gives it again',
    async () => {
      const paul = await newcomer('Paul Blanc');
      const text = 'Canari de Paul, parc urbain';
      const id = await drop.send(text);
      const before = await drop.publicKeyOf(paul.login);

      await act(paul, 'Nouveau mot de passe');
      const dialog = anne.page.getByRole('alertdialog');
      await dialog.getByText('Les signalements d’avant se ferment', { exact: false }).waitFor();
      await dialog.getByText('Vérification des signalements…').waitFor({ state: 'detached' });
      expect(await dialog.getByText(/perdu/).count()).toBe(0);
      await picture(anne.page, 'e2e-report-keys-reset');
      await dialog.getByRole('button', { name: 'Créer le lien' }).click();

      await paul.page.goto(await takeLink());
      await paul.page.getByText('Les signalements d’avant vont se fermer').waitFor();
      await paul.page.getByLabel('Nouveau mot de passe', { exact: true }).fill(OTHER_PASSWORD);
      await paul.inbox.button('Continuer').click();
      await noteKey(paul);
      await paul.inbox.button('Plus tard').click();
      await paul.page.getByText('Vous ne pouvez pas encore lire', { exact: false }).first().waitFor();
      await readsNothing(paul, id, text);
      await soon(async () => !holdersOf(await drop.load(id)).includes(before));

      await giveAccess(paul);
      await reads(paul, id, text);
      expect(faultsOf([paul])).toEqual([]);
      await paul.context.close();
    },
    TEST_MS,
  );

  test(
    'a delegate who leaves loses the keys, and what is written next has another',
    async () => {
      const zoe = await newcomer('Zoe Vernet');
      const text = 'Canari de Zoé, rue de Fribourg';
      const id = await drop.send(text);
      await reads(zoe, id, text);
      const key = await drop.publicKeyOf(zoe.login);
      const { keys: keysBefore } = await drop.load(id);
      expect(holdersOf(await drop.load(id))).toContain(key);

      await act(zoe, 'Suspendre le compte');
      const dialog = anne.page.getByRole('alertdialog', { name: `Suspendre le compte de ${zoe.name} ?` });
      await dialog.getByText('Ce qui a été lu ne peut pas être oublié.').waitFor();
      await dialog.getByText('Vérification des signalements…').waitFor({ state: 'detached' });
      await picture(anne.page, 'e2e-report-keys-suspend');
      await dialog.getByRole('button', { name: 'Suspendre le compte' }).click();
      await anne.page.getByText(`Le compte de ${zoe.name} est suspendu.`).waitFor();
      await zoe.inbox.heading('Connexion').waitFor();
      expect(await zoe.page.getByText(text).count()).toBe(0);
      await soon(async () => !holdersOf(await drop.load(id)).includes(key));

      await reads(anne, id, text);
      await anne.page.getByRole('tab', { name: 'Note privée' }).click();
      await anne.page.getByLabel('Votre note', { exact: true }).fill('Vu avec la ville.');
      await anne.inbox.button('Ajouter la note').click();
      await anne.page.getByText('La note est ajoutée.').first().waitFor();
      const after = await drop.load(id);
      const last = after.keys.at(-1);
      expect(after.keys).toHaveLength(keysBefore.length + 1);
      expect(after.events.at(-1)).toMatchObject({ kind: 'note', keyId: last?.id });
      expect(last?.sealedTo.map(({ publicKey }) => publicKey)).not.toContain(key);

      await act(zoe, 'Rétablir le compte');
      await anne.page.getByText('redonnez-lui l’accès', { exact: false }).waitFor();
      await signIn(zoe, PASSWORD);
      await readsNothing(zoe, id, text);
      await giveAccess(zoe);
      await reads(zoe, id, text);
      await zoe.page.getByText('Vu avec la ville.').waitFor();
      expect(faultsOf([zoe])).toEqual([]);
      await zoe.context.close();
    },
    TEST_MS,
  );
});
