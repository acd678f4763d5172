import { expect, test } from '@jest/globals';
import { PERMISSIONS } from '../../../src/domain/permissions.js';
import { CALL_LIMITS } from '../../../src/inbox/limits.js';
import { HOLD_MS } from '../../../src/web/inbox/live/sending.js';
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
