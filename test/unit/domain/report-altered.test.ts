import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Reports } from '../../../src/domain/reports.js';
import type { StoredRecord } from '../../../src/storage/records.js';
import { setDisabled } from '../../support/report-team.js';
import { ANSWERS, DAY, makeReportWorld, type ReportWorld, sendReport } from '../../support/report-world.js';
import { makeSqliteStorage } from '../../support/storage-sqlite.js';
import type { StorageUnderTest } from '../../support/storage-under-test.js';

let underTest: StorageUnderTest;
let world: ReportWorld;
let reports: Reports;

beforeEach(async () => {
  underTest = await makeSqliteStorage();
  world = await makeReportWorld(await underTest.open());
  reports = world.start();
});
afterEach(() => underTest.dispose());

const now = () => world.clock.now().getTime();

/** One byte of what `add` stores of this kind is lost, as by a bad disk. */
async function alterAdded(kind: string, add: () => Promise<unknown>): Promise<void> {
  const before = new Set<string>();
  await underTest.editRecords((records) => {
    for (const { id } of records) before.add(id);
    return records;
  });
  await add();
  const alter = (record: StoredRecord): StoredRecord => {
    const sealed = Buffer.from(record.sealed);
    sealed[0] = (sealed[0] ?? 0) ^ 1;
    return { ...record, sealed };
  };
  await underTest.editRecords((records) =>
    records.map((record) => (record.kind === kind && !before.has(record.id) ? alter(record) : record)),
  );
}

it('keeps delegates from no other report', async () => {
  const { id } = await sendReport(reports, 'one');
  await alterAdded('report', () => sendReport(reports, 'two'));
  expect((await reports.desk.list()).map((report) => report.id)).toEqual([id]);
  world.clock.advance(2 * DAY);
  expect((await reports.desk.listOverdue()).map((report) => report.id)).toEqual([id]);
});

it('keeps no other report from being purged, forgotten or revoked', async () => {
  const { id, receiptRef } = await sendReport(reports, 'one');
  await reports.followUp.notifyAfterSending(receiptRef, 'one');
  await alterAdded('report', () => sendReport(reports, 'two'));
  await setDisabled(world.storage.accounts, 'brahim', true);
  expect(await reports.desk.revokeFormerReaders()).toBe(1);
  await reports.upkeep.forgetConversations(['one']);
  expect(await reports.desk.load(id)).not.toHaveProperty('notifies');
  await reports.desk.markRead(id, 'anne', 3);
  const report = await reports.desk.load(id);
  await world.storage.reports.replace({ ...report, status: 'closed', closedAt: now() });
  world.clock.advance(91 * DAY);
  expect(await reports.upkeep.purgeClosed()).toBe(1);
});

it('is erased with the drafts that were left, and lets its author begin anew', async () => {
  await alterAdded('report', async () => {
    await reports.intake.open('one');
    await reports.intake.answer('one', [ANSWERS.what], 'a');
  });
  await reports.intake.open('two');
  expect(await reports.upkeep.sweepDrafts()).toBe(0);
  world.clock.advance(DAY);
  expect(await reports.upkeep.sweepDrafts()).toBe(2);
  expect(await reports.intake.open('one')).toMatchObject({ answered: [] });
});

it('lets no code outlast its time, neither an altered one nor that of an altered report', async () => {
  await alterAdded('report', () => sendReport(reports, 'one'));
  await alterAdded('report-receipt', () => sendReport(reports, 'two'));
  await sendReport(reports, 'three');
  world.clock.advance(DAY);
  expect(await reports.upkeep.sweepReceipts()).toBe(3);
  expect(await world.storage.reports.listReceipts()).toEqual([]);
});
