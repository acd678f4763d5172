import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { fingerprintOf } from '../../../src/domain/account-fingerprint.js';
import type { ReportAccess } from '../../../src/web/inbox/api/types.js';
import { fingerprintGroups } from '../../../src/web/inbox/report-access/fingerprint.js';
import { inOrder, lossWithout, selfIn, waitingColleagues } from '../../../src/web/inbox/report-access/who.js';

const reader = (id: string, canRead: number, lacks: number): ReportAccess['readers'][number] => ({
  id,
  displayName: id,
  publicKey: 'A'.repeat(43),
  fingerprint: '',
  canRead,
  lacks,
});
const access = (...readers: ReportAccess['readers']): ReportAccess => ({ readers, reports: 10, lost: 0 });

describe('the fingerprint that the device makes', () => {
  test('is the one that the server makes', async () => {
    for (let round = 0; round < 50; round += 1) {
      const publicKey = randomBytes(32).toString('base64url');
      expect((await fingerprintGroups(publicKey)).join(' ')).toBe(fingerprintOf(publicKey));
    }
  });

  test('has six groups of five digits, zeros in front included', async () => {
    const groups = await Promise.all(
      Array.from({ length: 200 }, (_, at) => fingerprintGroups(Buffer.alloc(32, at).toString('base64url'))),
    );
    for (const six of groups) {
      expect(six).toHaveLength(6);
      for (const group of six) expect(group).toMatch(/^\d{5}$/);
    }
    expect(groups.flat().some((group) => group.startsWith('0'))).toBe(true);
  });
});

describe('who can help whom', () => {
  const all = access(reader('jean', 10, 0), reader('marie', 6, 4), reader('paul', 0, 10));

  test('those who open something help those who lack something', () => {
    expect(waitingColleagues(all, 'jean').map(({ id }) => id)).toEqual(['marie', 'paul']);
    expect(waitingColleagues(all, 'marie').map(({ id }) => id)).toEqual(['paul']);
    expect(waitingColleagues(all, 'paul')).toEqual([]);
    expect(waitingColleagues(all, 'nobody')).toEqual([]);
  });

  test('oneself comes first, then those who lack most', () => {
    expect(inOrder(all, 'marie').map(({ id }) => id)).toEqual(['marie', 'paul', 'jean']);
    expect(selfIn(all, 'paul')?.lacks).toBe(10);
  });
});

describe('what would be lost with one delegate’s key', () => {
  const nothing = { count: 0, isExact: true };

  test('nothing, while a colleague reads everything', () => {
    expect(lossWithout(access(reader('jean', 10, 0), reader('marie', 10, 0)), 'jean')).toEqual(nothing);
    expect(lossWithout(access(reader('jean', 10, 0), reader('marie', 6, 4)), 'marie')).toEqual(nothing);
  });

  test('at most what every other one lacks', () => {
    const all = access(reader('jean', 10, 0), reader('marie', 6, 4), reader('paul', 3, 7));
    expect(lossWithout(all, 'jean')).toEqual({ count: 4, isExact: false });
  });

  test('just what the only other one lacks', () => {
    const two = access(reader('jean', 10, 0), reader('paul', 2, 8));
    expect(lossWithout(two, 'jean')).toEqual({ count: 8, isExact: true });
  });

  test('everything, of whoever reads alone', () => {
    expect(lossWithout(access(reader('jean', 9, 0)), 'jean')).toEqual({ count: 9, isExact: true });
  });

  test('nothing, of somebody without keys', () => {
    expect(lossWithout(access(reader('jean', 9, 0)), 'paul')).toEqual(nothing);
  });
});
