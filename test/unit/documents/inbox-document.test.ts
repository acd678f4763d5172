import { expect, test } from '@jest/globals';
import { PERMISSIONS } from '../../../src/domain/permissions.js';
import { CALL_LIMITS } from '../../../src/inbox/limits.js';
import { REPORT_OPERATIONS } from '../../../src/inbox/report-operations.js';
import { HOLD_MS } from '../../../src/web/inbox/live/sending.js';
import { FAULTS } from '../../../src/web/inbox/strings-reports.js';
import { readDocument, rowsOf } from './tables.js';

const inbox = readDocument('INBOX.md');

test('docs/INBOX.md says which role may do what', () => {
  const rows = rowsOf(inbox, 'permission');
  const may = (column: number) => rows.filter((row) => row[column] === 'yes').map(([permission]) => permission);
  expect(may(1)).toEqual(PERMISSIONS.delegate);
  expect(may(2)).toEqual(PERMISSIONS.coordinator);
});

test('docs/INBOX.md gives the limits and the time to undo as they are', () => {
  const { perAddress, perStranger, perSession } = CALL_LIMITS;
  const count = (calls: number) => calls.toLocaleString('en');
  expect(inbox.replace(/\s+/g, ' ')).toContain(
    `${count(perAddress)} calls a minute for an address, ${count(perStranger)} without a session, ${count(perSession)} for a session`,
  );
  expect(HOLD_MS).toBe(5_000);
  expect(inbox).toContain('leaves after five seconds');
});

test('docs/INBOX.md has every call about reports, and no other', () => {
  const operations = Object.entries(REPORT_OPERATIONS).map(([name, { method, path }]) => [name, `${method} ${path}`]);
  expect(rowsOf(inbox, 'call').map(([name, path]) => [name, path])).toEqual(operations);
  for (const { access } of Object.values(REPORT_OPERATIONS)) expect(access).toBe('reports');
});

test('docs/INBOX.md says of each closed passage what the page says', () => {
  const quoted = rowsOf(inbox, 'words at a passage').map(([words = '']) => words.slice(2, -2));
  expect(Object.values(FAULTS).filter((fault) => !quoted.some((words) => fault.startsWith(words)))).toEqual([]);
});
