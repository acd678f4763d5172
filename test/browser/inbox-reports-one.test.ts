import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Report, ReportEvent } from '../../src/domain/report.js';
import { LONGEST_ANSWER } from '../../src/domain/report-answers.js';
import type { FollowUpEntry } from '../../src/domain/report-intake.js';
import { describeInBrowser } from '../support/browser-harness.js';
import type { Colleague, ReportWorld } from '../support/inbox-browser-reports.js';
import {
  openReportStage,
  type ReportScene,
  type ReportSceneOptions,
  type ReportStage,
  RODEO,
} from '../support/inbox-browser-reports-stage.js';
import { PASSWORD, soon } from '../support/inbox-browser-stage.js';
import { flip } from '../support/report-sealing-builders.js';

interface OneScene extends ReportScene {
  readonly id: string;
  readonly receipt: string;
  readonly marie: Colleague;
}

type Events = Report['events'];

const NO_KEY = 'Vous n’avez pas encore la clé de ce passage : demandez l’accès à un collègue.';

/** What whoever writes to the storage may do to the third answer. */
const ALTERED = 'Ce passage a été modifié après avoir été scellé. Il ne s’ouvre plus.';
const third = (events: Events, change: (event: ReportEvent, all: Events) => ReportEvent): Events =>
  events.map((event, index) => (index === 2 ? change(event, events) : event));
const DAMAGES: readonly { what: string; words: string; change: (events: Events) => Events }[] = [
  {
    what: 'altered',
    words: ALTERED,
    change: (events) => third(events, (event) => ({ ...event, sealed: flip(event.sealed ?? '', 40) })),
  },
  {
    what: 'missing',
    words: 'Un passage manque ici. Il a été retiré.',
    change: (events) => events.toSpliced(2, 1),
  },
  {
    what: 'swapped',
    words: ALTERED,
    change: (events) =>
      third(events, (event, all) => ({ ...event, sealed: all[3]?.sealed ?? null, digest: all[3]?.digest ?? '' })),
  },
  {
    what: 're-timed',
    words: ALTERED,
    change: (events) => third(events, (event) => ({ ...event, at: event.at + 3_600_000 })),
  },
];

describeInBrowser('one report', () => {
  let stage: ReportStage;
  beforeAll(async () => {
    stage = await openReportStage();
  }, 120_000);
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  /** A report sealed to Jean and Marie, opened on Jean's page. */
  async function open({ prepare, ...options }: ReportSceneOptions = {}): Promise<OneScene> {
    let sent: { id: string; receipt: string; marie: Colleague } | undefined;
    const scene = await stage.scene({
      ...options,
      prepare: async (world) => {
        const marie = await world.colleague('Marie Petit');
        sent = { ...(await world.send(RODEO, 1)), marie };
        await prepare?.(world);
      },
    });
    if (!sent) throw new Error('Nothing was sent');
    await scene.visit(`/inbox/s/${sent.id}`);
    await scene.heading('Ce que dit l’auteur').waitFor();
    return { ...scene, ...sent };
  }

  test('answers stand under their questions, and a replaced one is not shown', async () => {
    const scene = await stage.scene();
    const { intake } = scene.world.reports;
    const { id } = await intake.open('c1');
    for (const answer of [...RODEO.slice(0, 4), { step: 'where', text: 'Place Cassin' } as const, ...RODEO.slice(4)]) {
      await intake.answer('c1', [answer], randomUUID());
    }
    await intake.submit(id);
    await scene.visit(`/inbox/s/${id}`);
    await scene.heading('Ce que dit l’auteur').waitFor();
    const questions = await scene.page.locator('.answers dt').allTextContents();
    expect(questions).toEqual([
      'De quoi s’agit-il ?',
      'Où ?',
      'Quand ?',
      'Que s’est-il passé ?',
      'Ce qu’il faut savoir avant d’agir',
      'Comment joindre l’auteur ?',
    ]);
    expect(await scene.page.locator('.answers dd').nth(1).textContent()).toBe('Place Cassin');
    expect(await scene.page.locator('main').textContent()).not.toContain('modifié');
  });

  test('it counts as read once it is open, and not before the password', async () => {
    const { page, world, id, jeanId, api } = await open();
    await soon(async () => (await world.reports.desk.load(id)).readings.length === 1);
    const [reading] = (await world.reports.desk.load(id)).readings;
    expect(reading).toMatchObject({ delegateId: jeanId, seq: 7 });
    await page.getByText('Lu par vous').waitFor();
    const names = api.calls.map(({ name }) => name);
    expect(names.indexOf('openReport')).toBeLessThan(names.indexOf('markReportRead'));
    expect(world.noted).toContain('report.opened');
  });

  test('one that does not open is not read', async () => {
    const { world, id, page, api, visit } = await open();
    await soon(async () => (await world.reports.desk.load(id)).readings.length === 1);
    await world.tamper(id, (report) => ({ ...report, readings: [] }));
    await world.lockOut(id);
    const before = api.calls.length;
    await visit(`/inbox/s/${id}`);
    await page.getByText('Une partie est fermée pour vous').waitFor();
    expect(await page.getByText(NO_KEY).count()).toBe(6);
    expect(api.calls.slice(before).map(({ name }) => name)).not.toContain('markReportRead');
  });

  test('its author reads the answer with their code, and nothing readable goes to the server', async () => {
    const { page, button, world, id, receipt, api } = await open();
    await page.getByLabel('Votre réponse à l’auteur').fill('Nous passerons vendredi, dit Zorglub.');
    await button('Envoyer la réponse').click();
    await page.getByText('La réponse est envoyée.').first().waitFor();
    await page.getByRole('heading', { name: /Réponse de Jean Martin/ }).waitFor();
    expect(await page.getByLabel('Votre réponse à l’auteur').inputValue()).toBe('');
    expect(await entriesOf(world, receipt)).toEqual([
      expect.objectContaining({ kind: 'reply', text: 'Nous passerons vendredi, dit Zorglub.' }),
    ]);
    const sent = api.calls.map(({ text }) => text).join();
    expect(sent).not.toContain('Zorglub');
    expect((await world.reports.desk.load(id)).events.at(-1)).toMatchObject({ kind: 'reply', seq: 8 });
  });

  test('a note stays between delegates, and a status goes with its sentence', async () => {
    const { page, button, receipt, world, marie, id } = await open();
    await page.getByRole('tab', { name: 'Note privée' }).click();
    await page.getByLabel('Votre note').fill('Voir avec Paul.');
    await button('Ajouter la note').click();
    await page.getByText('La note est ajoutée.').first().waitFor();
    await page.getByRole('tab', { name: 'État' }).click();
    await page.locator('.radio', { hasText: 'Transmis' }).click();
    await page.getByLabel('Une phrase pour l’auteur').fill('Donné à la police municipale.');
    await button('Enregistrer l’état').click();
    await page.getByText('L’état est maintenant : transmis.').first().waitFor();
    expect(await entriesOf(world, receipt)).toEqual([
      expect.objectContaining({ kind: 'status', status: 'forwarded', text: 'Donné à la police municipale.' }),
    ]);
    const report = await world.reports.desk.load(id);
    expect(report.status).toBe('forwarded');
    expect(report.events.find(({ kind }) => kind === 'note')?.toReporter).toBeUndefined();
    const read = await marie.hand.read(await world.detail(id, marie.id));
    expect(read.isComplete).toBe(true);
    expect(read.events).toContainEqual({ text: 'Voir avec Paul.' });
  });

  test('nothing, or too much, is not sent', async () => {
    const { page, button, api } = await open();
    await button('Envoyer la réponse').click();
    await page.getByText('Écrivez quelque chose d’abord.').waitFor();
    await page.getByLabel('Votre réponse à l’auteur').fill('a'.repeat(LONGEST_ANSWER + 3));
    await page.getByText('Votre texte est trop long de 3 caractères.').waitFor();
    await page.getByLabel('Votre réponse à l’auteur').fill('a'.repeat(LONGEST_ANSWER + 1));
    await page.getByText('Votre texte est trop long de 1 caractère.').waitFor();
    await page.keyboard.press('Control+Enter');
    expect(api.calls.map(({ name }) => name)).not.toContain('appendToReport');
  });

  test('pressed twice, it is sent once', async () => {
    const { page, button, world, id } = await open();
    await page.getByLabel('Votre réponse à l’auteur').fill('Une seule fois.');
    await button('Envoyer la réponse').dblclick();
    await page.getByText('La réponse est envoyée.').first().waitFor();
    expect((await world.reports.desk.load(id)).events.filter(({ kind }) => kind === 'reply')).toHaveLength(1);
  });

  test('a colleague’s note meanwhile: it is sealed again after it, by itself', async () => {
    const { page, button, world, id, marie } = await open();
    await page.getByLabel('Votre réponse à l’auteur').fill('Ma réponse.');
    await marie.write(id, { kind: 'note', text: 'Une note entre-temps.' });
    await button('Envoyer la réponse').click();
    await page.getByText('La réponse est envoyée.').first().waitFor();
    await page.getByText('Une note entre-temps.').waitFor();
    const { events } = await world.reports.desk.load(id);
    expect(events.slice(-2).map(({ kind }) => kind)).toEqual(['note', 'reply']);
    expect(await page.getByText('Ce signalement a été modifié').count()).toBe(0);
  });

  test('a colleague’s answer meanwhile is read first, and the text is kept', async () => {
    const { page, button, world, id, marie, receipt } = await open();
    await page.getByLabel('Votre réponse à l’auteur').fill('Ma réponse.');
    await marie.write(id, { kind: 'reply', text: 'Marie a déjà répondu.' });
    await button('Envoyer la réponse').click();
    await page.getByText('Quelqu’un a écrit dans ce signalement.').waitFor();
    await page.getByText('Marie a déjà répondu.').waitFor();
    expect(await page.getByLabel('Votre réponse à l’auteur').inputValue()).toBe('Ma réponse.');
    expect(await entriesOf(world, receipt)).toHaveLength(1);
    await button('Envoyer la réponse').click();
    await page.getByText('La réponse est envoyée.').first().waitFor();
    expect((await entriesOf(world, receipt)).map(({ text }) => text)).toEqual(['Marie a déjà répondu.', 'Ma réponse.']);
  });

  test('what the author adds meanwhile is read before the report is closed over it, and the choice is kept', async () => {
    const { page, button, world, id, receipt } = await open();
    await page.getByText('Lu par vous').waitFor();
    await page.getByRole('tab', { name: 'État' }).click();
    await page.locator('.radio', { hasText: 'Clos' }).click();
    await world.add(receipt, 'Ils sont revenus.');
    await button('Enregistrer l’état').click();
    await page.getByText('Quelqu’un a écrit dans ce signalement.').waitFor();
    await page.getByText('Ils sont revenus.').waitFor();
    expect((await world.reports.desk.load(id)).status).toBe('received');
    expect(await page.getByRole('radio', { name: 'Clos' }).isChecked()).toBe(true);
    await button('Enregistrer l’état').click();
    await page.getByText('L’état est maintenant : clos.').first().waitFor();
    expect((await world.reports.desk.load(id)).status).toBe('closed');
  });

  test('what is typed while an answer is on its way stays', async () => {
    const { page, button, world, id } = await open();
    const gate = Promise.withResolvers<void>();
    await page.route('**/events', async (route) => {
      await gate.promise;
      await route.continue();
    });
    const box = page.getByLabel('Votre réponse à l’auteur');
    await box.fill('Nous passerons.');
    const isUnderWay = page.waitForRequest('**/events');
    await button('Envoyer la réponse').click();
    await isUnderWay;
    await box.fill('Nous passerons. Et encore ceci.');
    gate.resolve();
    await page.getByText('La réponse est envoyée.').first().waitFor();
    expect(await box.inputValue()).toBe('Nous passerons. Et encore ceci.');
    expect((await world.reports.desk.load(id)).events.filter(({ kind }) => kind === 'reply')).toHaveLength(1);
  });

  test('an answer that was lost on the way is not doubled', async () => {
    const { page, button, world, id } = await open();
    world.faults.after = (name) => {
      if (name === 'appendToReport') throw new Error('Lost');
    };
    await page.getByLabel('Votre réponse à l’auteur').fill('Une seule fois.');
    await button('Envoyer la réponse').click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('Votre réponse à l’auteur').inputValue()).toBe('Une seule fois.');
    delete world.faults.after;
    await button('Envoyer la réponse').click();
    await page.getByText('La réponse est envoyée.').first().waitFor();
    expect((await world.reports.desk.load(id)).events.filter(({ kind }) => kind === 'reply')).toHaveLength(1);
  });

  test('what a colleague or the author adds comes by itself', async () => {
    const { page, world, id, receipt, tellChange } = await open();
    await page.getByLabel('Votre réponse à l’auteur').fill('En cours…');
    await page.getByText('Lu par vous').waitFor();
    await world.add(receipt, 'Ils sont revenus.');
    await tellChange();
    await page.getByText('Ils sont revenus.').waitFor();
    await page.locator('[aria-live]', { hasText: 'Il y a du nouveau' }).waitFor({ state: 'attached' });
    expect(await page.getByLabel('Votre réponse à l’auteur').inputValue()).toBe('En cours…');
    const seqRead = async () => (await world.reports.desk.load(id)).readings[0]?.seq;
    expect(await seqRead()).toBe(7);
    await page.mouse.move(50, 300);
    await soon(async () => (await seqRead()) === 8);
  });

  test('when somebody has left, or come, a new key is made for the whole team', async () => {
    const { page, button, world, id, marie } = await open();
    await world.disable(marie.id);
    const paul = await world.colleague('Paul Roux');
    await page.reload();
    await page.getByLabel('Mot de passe', { exact: true }).waitFor();
    await page.getByLabel('Mot de passe', { exact: true }).fill('correct cheval batterie agrafe');
    await button('Ouvrir les signalements').click();
    await page.getByLabel('Votre réponse à l’auteur').fill('Après le départ de Marie.');
    await button('Envoyer la réponse').click();
    await page.getByText('La réponse est envoyée.').first().waitFor();
    const { keys, events } = await world.reports.desk.load(id);
    const newest = keys.find((key) => key.id === events.at(-1)?.keyId);
    expect(keys).toHaveLength(2);
    expect(newest?.sealedTo.map(({ delegateId }) => delegateId)).not.toContain(marie.id);
    const read = await paul.hand.read(await world.detail(id, paul.id));
    expect(read.events.at(-1)).toEqual({ text: 'Après le départ de Marie.' });
  });

  test('it is confided to somebody at once, with a way back', async () => {
    const { page, button, world, id, marie } = await open();
    await page.getByRole('button', { name: /Confier à/ }).click();
    await page.getByRole('option', { name: 'Marie Petit' }).click();
    await page.getByText('Le signalement est confié à Marie Petit.').waitFor();
    expect((await world.reports.desk.load(id)).assigneeId).toBe(marie.id);
    await page.getByText('Marie Petit s’en occupe').waitFor();
    await button('Annuler').click();
    await page.getByText('Le signalement n’est plus confié à personne.').waitFor();
    expect((await world.reports.desk.load(id)).assigneeId).toBeUndefined();
  });

  test.each(DAMAGES)('what was $what is told of where it stands, and nothing else is lost', async (damage) => {
    const { page, world, id, visit } = await open();
    await world.tamper(id, (report) => ({ ...report, events: damage.change(report.events) }));
    await visit(`/inbox/s/${id}`);
    await page.getByText('Ce signalement a été modifié').waitFor();
    await page.getByText(damage.words).first().waitFor();
    await page.getByText('Karim Benali').waitFor();
    await page.getByText('Rue de Picardie, devant').waitFor();
    expect(await page.getByText(damage.words).count()).toBe(1);
  });

  test('what nobody has the key of any more is said so, and the author can be asked to write again', async () => {
    const { page, world, id, marie, visit, button } = await open();
    await world.lockOut(id);
    await world.disable(marie.id);
    await visit(`/inbox/s/${id}`);
    await page.getByText('Une partie ne peut plus être lue').waitFor();
    await page.getByLabel('Votre réponse à l’auteur').fill('Pouvez-vous écrire de nouveau ?');
    await button('Envoyer la réponse').click();
    await page.getByText('La réponse est envoyée.').first().waitFor();
    await page.getByText('Pouvez-vous écrire de nouveau ?').waitFor();
  });

  test('leaving with something written is asked about', async () => {
    const { page, button, heading } = await open();
    await page.getByLabel('Votre réponse à l’auteur').fill('Pas encore envoyé');
    await page.getByRole('link', { name: 'Retour à la liste' }).click();
    await page.getByRole('alertdialog').getByText('Quitter sans enregistrer ?').waitFor();
    await button('Rester sur la page').click();
    expect(await page.getByLabel('Votre réponse à l’auteur').inputValue()).toBe('Pas encore envoyé');
    await page.getByRole('link', { name: 'Retour à la liste' }).click();
    await button('Quitter sans enregistrer').click();
    await heading('Signalements').waitFor();
  });

  test('what is being written outlives the lock, and neither the end of the session nor leaving', async () => {
    const { page, button, heading, api } = await open();
    const reply = page.getByLabel('Votre réponse à l’auteur');
    const password = page.getByLabel('Mot de passe', { exact: true });
    await reply.fill('Pas encore envoyé');
    await page.getByRole('tab', { name: 'Note privée' }).click();
    await page.getByLabel('Votre note').fill('Une note à moitié');
    await button('Verrouiller').click();
    await heading('Session verrouillée').waitFor();
    expect(await page.locator('body').textContent()).not.toMatch(/Pas encore envoyé|à moitié/);
    await password.fill(PASSWORD);
    await button('Déverrouiller').click();
    await reply.waitFor();
    expect(await reply.inputValue()).toBe('Pas encore envoyé');
    await page.getByRole('tab', { name: 'Note privée' }).click();
    expect(await page.getByLabel('Votre note').inputValue()).toBe('Une note à moitié');
    const kept = await page.evaluate<string>('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])');
    expect(kept).not.toContain('envoyé');
    expect(api.calls.map(({ text }) => text).join()).not.toContain('envoyé');

    await page.getByRole('link', { name: 'Retour à la liste' }).click();
    await button('Quitter sans enregistrer').click();
    await heading('Signalements').waitFor();
    await page.goBack();
    await reply.waitFor();
    expect(await reply.inputValue()).toBe('');

    await reply.fill('Encore une fois');
    await button('Verrouiller').click();
    await button('Ce n’est pas moi').click();
    await page.getByLabel('Identifiant').fill('jean.martin');
    await password.fill(PASSWORD);
    await button('Se connecter').click();
    await reply.waitFor();
    expect(await reply.inputValue()).toBe('');
  }, 60_000);

  test('one that was erased says so', async () => {
    const { page, visit } = await open();
    await visit(`/inbox/s/${randomUUID()}`);
    await page.getByText('Ce signalement n’existe pas ou a été effacé.').waitFor();
  });

  test('everything can be done by the keyboard', async () => {
    const { page, world, id } = await open();
    await page.getByRole('tab', { name: 'Répondre' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Tab');
    await page.getByLabel('Votre note').focus();
    await page.keyboard.type('Au clavier.');
    await page.keyboard.press('Control+Enter');
    await page.getByText('La note est ajoutée.').first().waitFor();
    expect((await world.reports.desk.load(id)).events.at(-1)?.kind).toBe('note');
  });
});

/** What its author is shown for their code. */
async function entriesOf({ reports }: ReportWorld, receipt: string): Promise<readonly FollowUpEntry[]> {
  const found = await reports.followUp.find(receipt, randomUUID());
  if (typeof found === 'string') throw new Error(found);
  return found.entries;
}
