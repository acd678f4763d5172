import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Reports } from '../../../src/domain/reports.js';
import { createStorage } from '../../../src/storage/create-storage.js';
import type { Storage } from '../../../src/storage/ports/storage.js';
import { setDisabled } from '../../support/report-team.js';
import { ANSWERS, makeReportWorld, sendReport } from '../../support/report-world.js';
import { TEST_KEY } from '../../support/storage-under-test.js';

const SAMPLE_BYTES = 32;

let folder: string;
let file: string;
let storage: Storage;
let reports: Reports;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'permanence-report-'));
  ({ storage } = await createStorage({ dataDir: folder, dataKey: TEST_KEY }));
  const [name] = (await readdir(folder)).filter((each) => each.endsWith('.db'));
  file = join(folder, name ?? '');
  reports = (await makeReportWorld(storage)).start();
});
afterEach(async () => {
  await storage.close();
  await rm(folder, { recursive: true });
});

/** The row of the only report, as it lies on the disk: pieces that are short enough to be on one page each. */
function rowOnDisk(): readonly Buffer[] {
  const db = new DatabaseSync(file, { readOnly: true });
  const rows = db.prepare("SELECT sealed FROM records WHERE kind = 'report'").all();
  db.close();
  const sealed = Buffer.from(rows[0]?.sealed as Uint8Array);
  const count = Math.floor(sealed.length / SAMPLE_BYTES);
  return Array.from({ length: count }, (_, index) => sealed.subarray(index * SAMPLE_BYTES, (index + 1) * SAMPLE_BYTES));
}

async function foundOf(row: readonly Buffer[]): Promise<number> {
  const names = await readdir(folder);
  const all = Buffer.concat(await Promise.all(names.map((name) => readFile(join(folder, name)))));
  return row.filter((piece) => all.includes(piece)).length;
}

const logSize = async () => (await stat(`${file}-wal`)).size;

describe('of what a report held before', () => {
  it('an answer that was replaced leaves nothing on the disk', async () => {
    await reports.intake.open('one');
    await reports.intake.answer('one', [ANSWERS.what], '1');
    const before = rowOnDisk();
    expect(await foundOf(before)).toBeGreaterThan(before.length / 2);
    await reports.intake.answer('one', [{ step: 'what', text: 'Autre chose' }], '2');
    expect(await foundOf(before)).toBe(0);
    expect(await foundOf(rowOnDisk())).toBeGreaterThan(0);
  });

  it('a draft that was sent leaves nothing: it named its conversation', async () => {
    const { id } = await reports.intake.open('one');
    await reports.intake.answer('one', [ANSWERS.what], '1');
    const before = rowOnDisk();
    await reports.intake.submit(id);
    expect(await foundOf(before)).toBe(0);
  });

  it('what was sealed to a delegate who left leaves nothing', async () => {
    await sendReport(reports, 'one');
    const before = rowOnDisk();
    expect(await foundOf(before)).toBeGreaterThan(before.length / 2);
    await setDisabled(storage.accounts, 'brahim', true);
    expect(await reports.desk.revokeFormerReaders()).toBe(1);
    expect(await foundOf(before)).toBe(0);
  });

  it('what is only added to does not wait for the log to be emptied', async () => {
    await reports.intake.open('one');
    await reports.intake.answer('one', [ANSWERS.category], '1');
    const size = await logSize();
    await reports.intake.answer('one', [ANSWERS.what], '2');
    expect(await logSize()).toBeGreaterThan(size);
  });
});
