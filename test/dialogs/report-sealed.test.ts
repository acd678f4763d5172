import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/domain/report.js';
import type { Reports } from '../../src/domain/reports.js';
import { append } from '../support/report-delegate.js';
import { readAs } from '../support/report-team.js';
import { MINUTE, makeReportWorld, type ReportWorld } from '../support/report-world.js';
import { type Chat, openChat } from '../support/transcript.js';

const ANSWERS = [
  'Rodéos, circulation',
  'rue de Picardie',
  'hier soir vers 22 h',
  'deux motos font des roues',
  'non',
  'Marie 06 12 34 56 78',
];

let world: ReportWorld;
let reports: Reports;
let chat: Chat;

beforeEach(async () => {
  world = await makeReportWorld();
  startProcess();
});
afterEach(() => world.storage.close());

/** The process is a new one; the conversation is the same. */
function startProcess(): void {
  reports = world.start();
  const state = chat?.state;
  chat = openChat({ reports, now: world.clock.now() });
  chat.state = state;
}

async function sayAll(texts: readonly string[]): Promise<void> {
  for (const text of texts) await chat.say(text);
}

async function theReport(): Promise<Report> {
  const [report] = await world.storage.reports.listSent();
  if (!report) throw new Error('Nothing was sent');
  return report;
}

async function readings(): Promise<readonly unknown[]> {
  const opened = await readAs(world.anne, await theReport());
  return opened.map((event) => event?.body);
}

describe('over real sealing', () => {
  test('each answer is sealed, and read by a delegate only', async () => {
    await sayAll(['Signaler', 'Commencer', ...ANSWERS, 'Envoyer']);
    expect(await readings()).toEqual([
      { step: 'category', category: 'traffic' },
      { step: 'where', text: 'rue de Picardie' },
      {
        step: 'when',
        moment: {
          text: 'hier soir vers 22 h',
          words: 'mardi 24 novembre, vers 22\u00a0h',
          from: '2026-11-24',
          to: '2026-11-24',
          time: '22:00',
        },
      },
      { step: 'what', text: 'deux motos font des roues' },
      { step: 'more', isSkipped: true },
      { step: 'contact', contact: { kind: 'named', firstName: 'Marie', phone: '+33612345678' } },
      { submitted: expect.any(Array) },
    ]);
    const stored = JSON.stringify(await theReport()) + chat.stored();
    for (const secret of ['Picardie', 'motos', 'Marie', '612345678']) expect(stored).not.toContain(secret);
  });

  test('a story is sealed at the yes, and not before', async () => {
    await chat.say('y a des rodéos tous les soirs rue de Picardie', 'report.start');
    expect(await reports.intake.draftOf('chat')).toBeUndefined();
    await sayAll(['Commencer', 'non', 'non', 'Envoyer']);
    expect(await readings()).toContainEqual({ step: 'what', text: 'y a des rodéos tous les soirs rue de Picardie' });
    expect(JSON.stringify(await theReport()) + chat.stored()).not.toContain('Picardie');
  });

  test('a process that ends in the middle loses no answer', async () => {
    await sayAll(['Signaler', 'Commencer']);
    for (const answer of ANSWERS) {
      startProcess();
      await chat.say(answer);
    }
    startProcess();
    expect(await chat.say('Envoyer')).toContainEqual(['robot', expect.stringMatching(/([0-9A-Z]{5}-){4}[0-9A-Z*~$=]/)]);
    expect(await readings()).toHaveLength(ANSWERS.length + 1);
  });

  test('what is told after half an hour stands beside what nobody here can read any more', async () => {
    await sayAll(['Signaler', 'Commencer', ...ANSWERS.slice(0, 4), 'Retour']);
    world.clock.advance(31 * MINUTE);
    chat.now = world.clock.now();
    await sayAll(['et hier elles ont renversé une poubelle', "Oui, c'est la suite", 'non', 'non']);
    expect(await chat.say('Envoyer')).toContainEqual(['robot', expect.stringContaining('envoyé aux délégués')]);
    expect((await readings()).filter((body) => JSON.stringify(body).includes('"step":"what"'))).toEqual([
      { step: 'what', text: 'deux motos font des roues' },
      { step: 'what', text: 'et hier elles ont renversé une poubelle', isFurther: true },
    ]);
  });

  test('the code shows what a delegate answered, and lets more be added', async () => {
    await sayAll(['Signaler', 'Commencer', ...ANSWERS]);
    const [[, sent] = []] = await chat.say('Envoyer');
    const code = sent?.split('\n').at(-1) ?? '';
    const { id } = await theReport();
    await append(reports.desk, world.anne, id, {
      kind: 'reply',
      text: 'Nous passons ce soir.',
      at: chat.now.getTime(),
    });
    startProcess();
    await chat.say('Suivre un signalement');
    expect(await chat.say(code)).toContainEqual(['robot', expect.stringContaining('Nous passons ce soir.')]);
    await sayAll(['Ajouter une information', 'elles sont rouges']);
    expect(await readings()).toContainEqual({ text: 'elles sont rouges' });
    expect(chat.stored()).not.toContain(code);
    expect(chat.stored()).not.toContain('Nous passons');
  });

  test('nothing leads from the report to the conversation, unless its author asks for it', async () => {
    await sayAll(['Signaler', 'Commencer', ...ANSWERS, 'Envoyer']);
    expect(JSON.stringify(await theReport())).not.toContain('"chat"');
    await chat.say('Être prévenu ici');
    expect((await theReport()).notifies).toBe('chat');
  });

  test('a draft is erased with the conversation', async () => {
    await sayAll(['Signaler', 'Commencer', 'Rodéos, circulation', 'Effacer mes messages', 'Oui, tout effacer']);
    expect(await reports.intake.draftOf('chat')).toBeUndefined();
  });

  test('a place is sealed with its coordinates, and a correction takes what it replaces away', async () => {
    await sayAll(['Signaler', 'Commencer', 'Rodéos, circulation']);
    await chat.say('', { position: { latitude: 47.21934, longitude: 5.96677 } });
    await sayAll(['hier', 'deux motos font des roues', 'non', 'non']);
    await chat.say('trois motos font des roues', { corrects: 6 });
    await chat.say('quatre motos font des roues', { corrects: 6 });
    await chat.say('Envoyer');
    const read = await readings();
    expect(read).toContainEqual({
      step: 'where',
      text: 'Position partagée',
      position: { latitude: 47.21934, longitude: 5.96677 },
    });
    expect(read.filter((body) => JSON.stringify(body)?.includes('"what"'))).toEqual([
      { step: 'what', text: 'quatre motos font des roues' },
    ]);
    const stored = JSON.stringify(await theReport()) + chat.stored();
    for (const secret of ['47.2', '5.9', 'motos']) expect(stored).not.toContain(secret);
  });
});
