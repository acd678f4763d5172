import { describe, expect, test } from '@jest/globals';
import { AUDIT_ACTIONS, type AuditEntry } from '../../../src/domain/audit.js';
import { createAuditLog } from '../../../src/domain/audit-log.js';
import { DomainError } from '../../../src/domain/errors.js';
import { auditSentence } from '../../../src/inbox/audit-words.js';
import type { AuditStore } from '../../../src/storage/ports/audit-store.js';

const clock = () => new Date('2026-11-25T09:00:00Z');

/** Each call answers later, so that writers come between each other. */
function createStore(entries: AuditEntry[] = []): AuditStore & { readonly entries: AuditEntry[] } {
  const later = <Value>(value: () => Value): Promise<Value> =>
    new Promise((resolve) => setImmediate(resolve)).then(value);
  return {
    entries,
    append: (entry) =>
      later(() => {
        if (entries.some(({ seq }) => seq === entry.seq)) throw new DomainError('duplicate', 'Taken');
        entries.push(entry);
      }),
    last: () => later(() => entries.at(-1)),
    after: (seq, limit) => later(() => entries.filter((entry) => entry.seq > seq).slice(0, limit)),
    before: (seq = Number.POSITIVE_INFINITY, limit) =>
      later(() =>
        entries
          .filter((entry) => entry.seq < seq)
          .toReversed()
          .slice(0, limit),
      ),
  };
}

async function written(count: number) {
  const store = createStore();
  const log = createAuditLog({ store, clock });
  for (let n = 0; n < count; n += 1) {
    await log.record({
      action: 'conversation.opened',
      actor: `d${n % 3}`,
      subject: `c${n}`,
      details: { b: n, a: true },
    });
  }
  return { store, log };
}

describe('the chain', () => {
  test('counts from 1 and is whole', async () => {
    const { store, log } = await written(3);
    expect(store.entries.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(await log.verify()).toEqual({ entries: 3, lastHash: store.entries[2]?.hash });
    expect(await createAuditLog({ store: createStore(), clock }).verify()).toEqual({ entries: 0 });
  });

  test('is the same however the members of an entry are ordered in storage', async () => {
    const { store } = await written(2);
    const shuffled = store.entries.map((entry) => ({
      ...Object.fromEntries(Object.entries(entry).toReversed()),
      details: { a: true, b: entry.details?.b ?? 0 },
    })) as unknown as AuditEntry[];
    expect(await createAuditLog({ store: createStore(shuffled), clock }).verify()).toMatchObject({ entries: 2 });
  });

  test('holds when several processes write at once', async () => {
    const store = createStore();
    const logs = Array.from({ length: 4 }, () => createAuditLog({ store, clock }));
    const events = Array.from({ length: 50 }, (_, n) =>
      logs[n % 4]?.record({ action: 'session.opened', actor: `d${n}` }),
    );
    await Promise.all(events);
    expect(new Set(store.entries.map(({ actor }) => actor)).size).toBe(50);
    expect(await logs[0]?.verify()).toMatchObject({ entries: 50 });
    expect(await logs[0]?.verify()).not.toHaveProperty('brokenAt');
  });

  test('goes on after storage failed, and says so to whoever wrote', async () => {
    const store = createStore();
    let isDown = true;
    const log = createAuditLog({
      store: {
        ...store,
        append: (entry) =>
          isDown ? Promise.reject(new DomainError('storage-unavailable', 'Down')) : store.append(entry),
      },
      clock,
    });
    await expect(log.record({ action: 'session.opened' })).rejects.toMatchObject({ code: 'storage-unavailable' });
    isDown = false;
    await log.record({ action: 'session.opened' });
    expect(await log.verify()).toMatchObject({ entries: 1 });
  });

  test.each<[string, (entries: AuditEntry[]) => AuditEntry[], number]>([
    ['an actor', (all) => all.map((entry) => (entry.seq === 3 ? { ...entry, actor: 'autre' } : entry)), 3],
    [
      'no actor',
      (all) => all.map(({ actor, ...entry }) => (entry.seq === 3 ? entry : { ...entry, actor: actor ?? '' })),
      3,
    ],
    ['a time', (all) => all.map((entry) => (entry.seq === 2 ? { ...entry, at: entry.at + 1 } : entry)), 2],
    ['a detail', (all) => all.map((entry) => (entry.seq === 1 ? { ...entry, details: { b: 9, a: true } } : entry)), 1],
    ['an entry that is gone', (all) => all.filter(({ seq }) => seq !== 3), 3],
    ['the first one gone', (all) => all.slice(1), 1],
    [
      'two that changed places',
      (all) =>
        all.map((entry) => ({ ...entry, seq: [1, 3, 2, 4, 5][entry.seq - 1] ?? 0 })).sort((a, b) => a.seq - b.seq),
      2,
    ],
    [
      'one that was put in',
      (all) => [
        ...all.slice(0, 2),
        { ...(all[1] as AuditEntry), seq: 3 },
        ...all.slice(2).map((entry) => ({ ...entry, seq: entry.seq + 1 })),
      ],
      3,
    ],
  ])('shows %s', async (_name, tamper, brokenAt) => {
    const { store } = await written(5);
    const verdict = await createAuditLog({ store: createStore(tamper(store.entries)), clock }).verify();
    expect(verdict).toMatchObject({ entries: brokenAt - 1, brokenAt });
  });

  test('is checked over more entries than are read at once', async () => {
    const { store, log } = await written(1203);
    expect(await log.verify()).toMatchObject({ entries: 1203 });
    const cut = store.entries.map((entry) => (entry.seq === 1100 ? { ...entry, subject: 'x' } : entry));
    expect(await createAuditLog({ store: createStore(cut), clock }).verify()).toMatchObject({ brokenAt: 1100 });
  });
});

describe('the words', () => {
  const names = {
    person: (id: string) => `Mme ${id}`,
    conversation: (id: string) => `N°${id}`,
    report: (id: string) => `S°${id}`,
  };
  const entry = { seq: 1, at: 0, hash: '' };

  test.each(AUDIT_ACTIONS)('%s is one French sentence, also when little is known', (action) => {
    for (const known of [
      {},
      { actor: 'a' },
      { actor: 'a', subject: 'a' },
      { actor: 'a', subject: 'b', details: { role: 'delegate' } },
    ]) {
      const text = auditSentence({ ...entry, action, ...known }, names);
      expect(text).toMatch(/^[A-ZÉL].*[^\s.]\.$/u);
      expect(text).not.toMatch(/undefined|\(\)| {2}| ,/);
    }
  });

  test.each([
    [
      'session.opened',
      { actor: 'a', details: { device: 'Firefox sur Windows' } },
      'Mme a a ouvert une session (Firefox sur Windows).',
    ],
    [
      'session.refused',
      { subject: 'b', details: { by: 'code' } },
      'Connexion refusée : code du second facteur refusé, le compte de Mme b.',
    ],
    [
      'account.changed',
      { actor: 'a', subject: 'b', details: { role: 'coordinator' } },
      'Mme a a modifié le compte de Mme b : rôle coordinateur.',
    ],
    ['account.disabled', { subject: 'b' }, 'L’opérateur du serveur a suspendu le compte de Mme b.'],
    ['conversation.taken', { actor: 'a', subject: 'B7K2' }, 'Mme a a pris la conversation N°B7K2.'],
    [
      'report.assigned',
      { actor: 'a', subject: 'B7K2', details: { to: 'b' } },
      'Mme a a confié à Mme b le signalement S°B7K2.',
    ],
    ['report.assigned', { actor: 'a', subject: 'B7K2' }, 'Mme a ne confie plus à personne le signalement S°B7K2.'],
    [
      'report.status-changed',
      { actor: 'a', subject: 'B7K2', details: { status: 'closed' } },
      'Mme a a changé l’état, le signalement S°B7K2 : clos.',
    ],
    [
      'report.granted',
      { actor: 'a', subject: 'b', details: { reports: 12 } },
      'Mme a a donné accès à des signalements (12), le compte de Mme b.',
    ],
  ] as const)('%s reads well', (action, known, text) => {
    expect(auditSentence({ ...entry, action, ...known }, names)).toBe(text);
  });
});
