import { describe, expect, test } from '@jest/globals';
import { readConfig } from '../../../src/config.js';
import { AUDIT_ACTIONS } from '../../../src/domain/audit.js';
import { KEY_LIFETIME_MS } from '../../../src/domain/report-keys.js';
import { RECEIPT_SHOWN_MS, RECEIPT_WAITS_MS } from '../../../src/domain/report-receipts.js';
import { BUCKET } from '../../../src/sealing/padding.js';
import { readDocument, rowsOf } from './tables.js';

const privacy = readDocument('PRIVACY.md');
const operations = readDocument('OPERATIONS.md');
const { retentionDays, reports } = readConfig({});

const PERIODS: Readonly<Record<string, number>> = {
  RETENTION_DAYS: retentionDays,
  REPORT_RETENTION_DAYS: reports.retentionDays,
  REPORT_DRAFT_HOURS: reports.draftHours,
};

/** What the log calls each thing that is done with reports. */
const LOGGED: Readonly<Record<string, string>> = {
  'report.opened': 'Opening a report',
  'report.answered': 'answering its author',
  'report.noted': 'noting',
  'report.status-changed': 'changing its status',
  'report.assigned': 'assigning it',
  'report.exported': 'downloading a report',
  'report.printed': 'Printing',
  'report.granted': 'letting a colleague read',
  'report.revoked': 'the taking away of former readers',
  'report.erased': 'an erasure by the operator',
  'report.figures-exported': 'downloading figures',
};

function rowOf(document: string, heading: string, start: string): string {
  return (
    rowsOf(document, heading)
      .find(([first = '']) => first.startsWith(start))
      ?.join(' ') ?? ''
  );
}

describe('docs/PRIVACY.md', () => {
  test('gives each period as it is unless set otherwise', () => {
    const written = Array.from(privacy.matchAll(/`([A-Z_]+)` \((\d+)\)/g), ([, name = '', value]) => [
      name,
      Number(value),
    ]);
    expect(Object.fromEntries(written)).toEqual(PERIODS);
  });

  test('says how long what passes is there', () => {
    expect(KEY_LIFETIME_MS).toBe(30 * 60_000);
    expect(rowOf(privacy, 'data', 'data key of a report')).toContain('30 minutes after the last answer');
    expect([RECEIPT_SHOWN_MS, RECEIPT_WAITS_MS]).toEqual([10 * 60_000, 24 * 3_600_000]);
    expect(rowOf(privacy, 'data', 'receipt')).toContain('ten minutes after it was first shown, a day after sending');
    expect(rowOf(operations, 'what', 'receipts')).toContain('10 minutes after they were first shown, or a day after');
  });

  test('says what an answer is padded to', () => {
    expect(privacy).toContain(`padded to a multiple of ${BUCKET} bytes`);
    expect(privacy).toContain(`sizes in steps of ${BUCKET} bytes`);
  });

  test('names everything about reports that is logged', () => {
    expect(Object.keys(LOGGED)).toEqual(AUDIT_ACTIONS.filter((action) => action.startsWith('report.')));
    const text = privacy.replace(/\s+/g, ' ');
    expect(Object.values(LOGGED).filter((words) => !text.includes(words))).toEqual([]);
  });
});
