import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Reports } from '../../src/domain/reports.js';
import { makeReportWorld, type ReportWorld } from '../support/report-world.js';
import { type Chat, openChat } from '../support/transcript.js';

const UNTIL_RECAP = ['Signaler', 'Commencer', 'Rodéos, circulation', 'rue de Picardie', 'hier', 'deux motos', 'non'];

let world: ReportWorld;
let reports: Reports;
let chat: Chat;
beforeEach(async () => {
  world = await makeReportWorld();
  reports = world.start();
  chat = openChat({ reports, now: world.clock.now() });
  for (const text of [...UNTIL_RECAP, 'Rester anonyme']) await chat.say(text);
});
afterEach(() => world.storage.close());

/** The report is stored as sent; the turn that sent it never was. */
async function sendAndLoseTurn(): Promise<string> {
  const [draft] = await world.storage.reports.listDrafts(Number.POSITIVE_INFINITY);
  if (!draft) throw new Error('There is no draft');
  const { receiptRef } = await reports.intake.submit(draft.id);
  return (await reports.intake.readReceipt(receiptRef)) ?? '';
}

const robot = async (text: string): Promise<string> =>
  (await chat.say(text))
    .filter(([kind]) => kind === 'robot')
    .map(([, words]) => words)
    .join('\n');

describe('a report that was sent by a turn that was lost', () => {
  test.each(['Annuler', 'Modifier', 'il y avait aussi un scooter volé hier soir', 'la date', 'Envoyer', 'reprendre'])(
    'has its code shown, whatever its author says next: « %s »',
    async (text) => {
      const receipt = await sendAndLoseTurn();
      const said = await robot(text);
      expect(said).toContain("C'est déjà envoyé.");
      expect(said).toContain(receipt);
      expect(await world.storage.reports.listSent()).toHaveLength(1);
    },
  );

  test('after a break, too', async () => {
    const receipt = await sendAndLoseTurn();
    chat.now = new Date(chat.now.getTime() + 40 * 60_000);
    expect(await robot('des jeunes font encore du bruit en bas ce soir')).toContain(receipt);
  });

  test('is neither « effacé » nor sent again when giving it up was being confirmed', async () => {
    await chat.say('Annuler');
    const receipt = await sendAndLoseTurn();
    const said = await robot('Effacer');
    expect(said).toContain(receipt);
    expect(said).not.toContain('effacé');
  });
});

test('a draft that was erased meanwhile is told to be', async () => {
  const [draft] = await world.storage.reports.listDrafts(Number.POSITIVE_INFINITY);
  await world.storage.reports.remove(draft?.id ?? '');
  expect(await robot('Envoyer')).toContain('effacé');
});
