import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CommandError, UsageError } from '../../../src/cli/open-accounts.js';
import { runReportCommand } from '../../../src/cli/report-commands.js';
import type { AuditAction } from '../../../src/domain/audit.js';
import { findReceiptCode } from '../../../src/nlu/entities/receipt-code.js';
import { reportSealing } from '../../../src/sealing/index.js';
import { DAY, makeReportWorld, type ReportWorld, sendReport } from '../../support/report-world.js';

let world: ReportWorld;
let logged: { action: AuditAction; subject?: string }[];
let meanwhile: () => Promise<void>;
beforeEach(async () => {
  world = await makeReportWorld();
  logged = [];
  meanwhile = async () => undefined;
});
afterEach(() => world.storage.close());

function run(args: readonly string[], said = ''): Promise<string> {
  return runReportCommand(args, {
    reports: world.storage.reports,
    audit: {
      record: async (entry) => {
        logged.push(entry);
        await meanwhile();
      },
    },
    sealing: reportSealing,
    findReceiptCode,
    clock: world.clock.now,
    ask: async () => said,
  });
}

describe('the operator', () => {
  test('counts reports without opening any', async () => {
    const reports = world.start();
    await sendReport(reports, 'one');
    await reports.intake.open('two');
    world.clock.advance(3 * DAY);
    expect(await run(['list'])).toBe(
      'Signalements : 1 en cours d’écriture, 1 reçus, 0 en cours, 0 transmis, 0 clos.\n' +
        '1 attend d’être lu, le plus ancien depuis 3 jours.',
    );
    expect(logged).toEqual([]);
  });

  test('counts from the last words of their author, not from the first', async () => {
    const reports = world.start();
    const { id, receipt } = await sendReport(reports, 'one');
    const { events } = await reports.desk.load(id);
    await reports.desk.markRead(id, world.anne.id, events.length);
    world.clock.advance(80 * DAY);
    const found = await reports.followUp.find(receipt, 'ailleurs');
    if (typeof found === 'string') throw new Error(found);
    await reports.followUp.add(found.ticket, 'Encore hier soir', 'message');
    world.clock.advance(2 * DAY);
    expect(await run(['list'])).toContain('1 attend d’être lu, le plus ancien depuis 2 jours.');
  });

  test('erases a report by its author’s code, once a delegate has read it, and leaves a line', async () => {
    const reports = world.start();
    const { id, receipt } = await sendReport(reports, 'one');
    await expect(run(['erase'], receipt)).rejects.toThrow(CommandError);
    expect(await world.storage.reports.load(id)).toBeDefined();

    const { events } = await reports.desk.load(id);
    await reports.desk.markRead(id, world.anne.id, events.length);
    expect(await run(['erase'], ` ${receipt.toLowerCase().replaceAll('-', ' ')}\n`)).toContain('est effacé');
    expect(await world.storage.reports.load(id)).toBeUndefined();
    expect(logged).toEqual([{ action: 'report.erased', subject: id }]);
    await expect(run(['erase'], receipt)).rejects.toThrow('Aucun signalement n’a ce code.');
  });

  test('erases nothing that its author added to meanwhile', async () => {
    const reports = world.start();
    const { id, receipt } = await sendReport(reports, 'one');
    const { events } = await reports.desk.load(id);
    await reports.desk.markRead(id, world.anne.id, events.length);
    const found = await reports.followUp.find(receipt, 'ailleurs');
    if (typeof found === 'string') throw new Error(found);
    meanwhile = async () => {
      await reports.followUp.add(found.ticket, 'Encore hier soir', 'message');
    };
    await expect(run(['erase'], receipt)).rejects.toThrow('Le signalement vient de changer : recommencez.');
    expect(await world.storage.reports.load(id)).toBeDefined();
  });

  test.each(['', 'effacer', 'ABCDE-FGHJK-MNPQR-STVWX-Y'])('is told that « %s » is no code', async (said) => {
    await expect(run(['erase'], said)).rejects.toThrow('Ce n’est pas un code de suivi');
  });

  test.each([[[]], [['erase', 'ABCDE']], [['toString']]])('is told how to write %j', async (args) => {
    await expect(run(args)).rejects.toThrow(UsageError);
  });
});
