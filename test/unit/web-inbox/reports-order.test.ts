import { describe, expect, test } from '@jest/globals';
import type { ReportCard, ReportKey } from '../../../src/web/inbox/api/types.js';
import { filterReports, nextToRead, orderReports, waitsSince } from '../../../src/web/inbox/reports/order.js';
import { pickKey } from '../../../src/web/inbox/reports/sealing-new.js';
import { factsOf } from '../../../src/web/inbox/reports/standing.js';

const HOUR_MS = 3_600_000;
const NOW = Date.UTC(2026, 10, 23, 9);

function buildCard(overrides: Partial<ReportCard>): ReportCard {
  return {
    id: 'r',
    rev: 1,
    status: 'received',
    submittedAt: NOW - HOUR_MS,
    lastWordAt: NOW - HOUR_MS,
    changedAt: NOW - HOUR_MS,
    isUnread: false,
    isOverdue: false,
    isNewToCaller: false,
    lastSeq: 3,
    keys: [],
    summary: [],
    ...overrides,
  };
}

describe('the order of reports', () => {
  const cards = [
    buildCard({ id: 'old', changedAt: NOW - 9 * HOUR_MS }),
    buildCard({ id: 'new', changedAt: NOW }),
    buildCard({ id: 'unread', isUnread: true, isNewToCaller: true }),
    buildCard({ id: 'unread-longer', isUnread: true, isNewToCaller: true, lastWordAt: NOW - 5 * HOUR_MS }),
    buildCard({ id: 'read-by-colleague', isNewToCaller: true, changedAt: NOW - 20 * HOUR_MS }),
    buildCard({ id: 'closed', status: 'closed' }),
    buildCard({ id: 'closed-with-addition', status: 'closed', isUnread: true, lastWordAt: NOW, changedAt: NOW }),
  ];

  test('what nobody has read, then what the reader has not, then what changed last', () => {
    expect(orderReports(cards).map(({ id }) => id)).toEqual([
      'unread-longer',
      'unread',
      'closed-with-addition',
      'read-by-colleague',
      'new',
      'closed',
      'old',
    ]);
  });

  test('is the same whatever the order they came in', () => {
    expect(orderReports(cards.toReversed())).toEqual(orderReports(cards));
  });

  test('each is in its list; a closed one that is to be read is among those at hand', () => {
    const ids = (filter: Parameters<typeof filterReports>[1]) => filterReports(cards, filter).map(({ id }) => id);
    expect(ids('unread')).toEqual(['unread', 'unread-longer', 'read-by-colleague', 'closed-with-addition']);
    expect(ids('closed')).toEqual(['closed']);
    expect(ids('current')).not.toContain('closed');
    expect(ids('current')).toContain('closed-with-addition');
  });

  test('the next to read is never the one that is open', () => {
    expect(nextToRead(cards, 'unread-longer')?.id).toBe('unread');
    expect(nextToRead([buildCard({ id: 'one', isUnread: true })], 'one')).toBeUndefined();
  });

  test('one waits since its author wrote last, whatever its status and what delegates have written', () => {
    const submittedAt = NOW - 1_500 * HOUR_MS;
    const lastWordAt = NOW - 2 * HOUR_MS;
    for (const status of ['received', 'in-progress', 'closed'] as const) {
      const card = buildCard({ id: 'old', status, isUnread: true, submittedAt, lastWordAt, changedAt: NOW });
      const longer = buildCard({ id: 'longer', isUnread: true, lastWordAt: NOW - 3 * HOUR_MS });
      expect(waitsSince(card)).toBe(lastWordAt);
      expect(orderReports([card, longer]).map(({ id }) => id)).toEqual(['longer', 'old']);
    }
  });
});

describe('where a report stands, in words', () => {
  const textsOf = (card: Partial<ReportCard>) => factsOf(buildCard(card), 'me', NOW).map(({ text }) => text);

  test('how long it waits, when it came, and who has it', () => {
    const submittedAt = NOW - 50 * HOUR_MS;
    expect(textsOf({ isUnread: true, submittedAt, lastWordAt: submittedAt })).toEqual([
      'Attend depuis 2\u00a0jours',
      'Reçu samedi 21 novembre à 8\u00a0h\u00a000',
      'Personne ne s’en occupe',
    ]);
    expect(textsOf({ isUnread: true, isOverdue: true })[0]).toBe('Attend depuis 1\u00a0h\u00a000 : trop longtemps');
    expect(textsOf({ assignee: { id: 'me', displayName: 'Jean' } })[1]).toBe('Vous vous en occupez');
    expect(textsOf({ assignee: { id: 'm', displayName: 'Marie' } })[1]).toBe('Marie s’en occupe');
  });
});

describe('the key of what is sealed anew', () => {
  const readers = ['me', 'marie'].map((id) => ({ id, displayName: id, publicKey: id, fingerprint: '' }));
  const buildKey = (overrides: Partial<ReportKey>): ReportKey => ({
    id: 'k',
    sealed: 'sealed',
    readers: ['me', 'marie'],
    isRetired: false,
    ...overrides,
  });

  test.each<[string, readonly ReportKey[], string | undefined]>([
    ['the newest that all can open', [buildKey({ id: 'a' }), buildKey({ id: 'b' })], 'b'],
    ['not one that is retired', [buildKey({ id: 'a' }), buildKey({ id: 'b', isRetired: true })], 'a'],
    ['not one that a colleague lacks', [buildKey({ id: 'a' }), buildKey({ id: 'b', readers: ['me'] })], 'a'],
    ['one that somebody more can open', [buildKey({ id: 'a', readers: ['me', 'marie', 'x'] })], 'a'],
    ['none that the reader cannot open', [{ id: 'a', readers: ['me', 'marie'], isRetired: false }], undefined],
    ['none where there is none', [], undefined],
  ])('%s', (_, keys, expected) => {
    expect(pickKey(keys, readers)?.id).toBe(expected);
  });
});
