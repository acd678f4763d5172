import { beforeEach, describe, expect, test } from '@jest/globals';
import { createReportBell, type ReportBell } from '../../../src/alarms/report-bell.js';
import type { Notice } from '../../../src/alarms/words.js';
import { DomainError } from '../../../src/domain/errors.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { isUnread, type Report, type ReportEvent } from '../../../src/domain/report.js';
import { buildSent } from '../../support/report-builders.js';
import { buildAccount, buildPushSubscription } from '../../support/storage-builders.js';

const HOUR = 3_600_000;
const START = Date.parse('2026-11-24T20:00:00+01:00');
const NEW: Notice = { title: 'Signalement', body: 'Un nouveau signalement est arrivé.', about: 'reports' };

let now: number;
let reports: Report[];
let stored: { rev: number; value: JsonObject } | undefined;
let readers: { delegateId: string; publicKey: string }[];
let isAway: boolean;
/** What storage does not give. */
let cut: 'accounts' | 'subscriptions' | undefined;
let reads: number;
let pushes: { to: readonly string[]; notice: Notice; keptSeconds: number | undefined }[];
let mails: { to: string; subject: string; text: string }[];
let mailFailures: number;
let listeners: (() => void)[];

const accounts = [
  buildAccount({ id: 'marie', isAvailable: true, email: 'marie@exemple.fr' }),
  buildAccount({ id: 'jean', isAvailable: false, email: 'jean@exemple.fr' }),
  buildAccount({ id: 'parti', isAvailable: true, isDisabled: true, email: 'parti@exemple.fr' }),
];

const SUBSCRIPTIONS = [buildPushSubscription({ accountId: 'marie' })];

function bell(hasMail = true): ReportBell {
  return createReportBell({
    desk: {
      async list({ limit = 1000 } = {}) {
        reads += 1;
        if (isAway) throw new DomainError('storage-unavailable', 'away');
        return reports.slice(0, limit);
      },
      listOverdue: async () => reports.filter((report) => isUnread(report) && now - report.changedAt >= 24 * HOUR),
      readers: async () => readers,
      subscribe(listener) {
        listeners.push(listener);
        return () => {
          listeners = listeners.filter((each) => each !== listener);
        };
      },
    },
    settings: {
      load: async () => stored,
      async save(_name, value, expectedRev) {
        if (expectedRev !== stored?.rev) throw new DomainError('revision-conflict', 'Another process was first');
        stored = { rev: (stored?.rev ?? 0) + 1, value };
      },
    },
    accounts: { list: async () => unlessCut('accounts', accounts) },
    subscriptions: { list: async () => unlessCut('subscriptions', SUBSCRIPTIONS) },
    pusher: {
      async push(to, notice, { keptSeconds, subscriptions } = {}) {
        expect(subscriptions).toBe(SUBSCRIPTIONS);
        pushes.push({ to, notice, keptSeconds });
        return new Map();
      },
    },
    ...(hasMail && {
      mailer: {
        async send(mail) {
          if (mail.to.startsWith('jean')) throw new Error(`550 ${mail.to}`);
          mails.push(mail);
        },
        close: () => undefined,
      },
    }),
    clock: () => new Date(now),
    reportsUrl: 'https://permanence.exemple.fr/inbox/signalements',
    onMailFailure: () => {
      mailFailures += 1;
    },
  });
}

function unlessCut<T>(of: typeof cut, value: T): T {
  if (cut === of) throw new DomainError('storage-unavailable', 'away');
  return value;
}

function said(seq: number, kind: ReportEvent['kind'], at = now): ReportEvent {
  return { seq, kind, at, keyId: 'key', digest: `digest ${seq}`, sealed: 'sealed' };
}

function sent(): Report {
  const report = buildSent({ submittedAt: now, changedAt: now, events: [said(1, 'submitted')] });
  reports = [report, ...reports];
  return report;
}

function change(report: Report, by: Partial<Report>): void {
  reports = reports.map((each) => (each.id === report.id ? { ...each, ...by } : each));
  for (const listener of listeners) listener();
}

const read = (report: Report) =>
  change(report, { readings: [{ delegateId: 'marie', seq: report.events.at(-1)?.seq ?? 0, at: now }] });

beforeEach(() => {
  now = START;
  reports = [];
  stored = undefined;
  readers = [{ delegateId: 'anne', publicKey: 'public' }];
  isAway = false;
  cut = undefined;
  reads = 0;
  pushes = [];
  mails = [];
  mailFailures = 0;
  listeners = [];
});

describe('what an author sent', () => {
  test('rings once, by push, for those who say that they are available', async () => {
    sent();
    const alarm = bell();
    for (const minutes of [0, 1, 5, 60]) {
      now = START + minutes * 60_000;
      await alarm.ring();
    }
    expect(pushes).toEqual([{ to: ['marie'], notice: NEW, keptSeconds: 86_400 }]);
    expect(mails).toEqual([]);
  });

  test('is seen at once when it came to this process, and within a minute otherwise', async () => {
    const alarm = bell();
    await alarm.ring();
    sent();
    now += 59_999;
    await alarm.ring();
    expect(pushes).toHaveLength(0);
    now += 1;
    await alarm.ring();
    expect(pushes).toHaveLength(1);
    sent();
    for (const listener of listeners) listener();
    await alarm.ring();
    expect(pushes).toHaveLength(2);
  });

  test('later rings as an addition', async () => {
    const report = sent();
    const alarm = bell();
    await alarm.ring();
    read(report);
    now += HOUR;
    change(report, { events: [...report.events, said(2, 'reply'), said(3, 'addition')], changedAt: now });
    await alarm.ring();
    expect(pushes.map(({ notice }) => notice.body)).toEqual([NEW.body, 'Un signalement a été complété.']);
  });

  test('is silent for what has been read already, and for what is older than a day', async () => {
    read(sent());
    const alarm = bell();
    await alarm.ring();
    const old = sent();
    change(old, { events: [said(1, 'submitted', now - 24 * HOUR)] });
    await alarm.ring();
    expect(pushes).toEqual([]);
  });

  test('rings once for several processes, and not again after a restart', async () => {
    sent();
    await Promise.all([bell().ring(), bell().ring(), bell().ring()]);
    await bell().ring();
    expect(pushes).toHaveLength(1);
  });

  test('a process that was overtaken rings for what is left', async () => {
    const [one, other] = [bell(), bell()];
    sent();
    await Promise.all([one.ring(), other.ring()]);
    sent();
    await other.ring();
    await one.ring();
    expect(pushes).toHaveLength(2);
  });

  test('nothing new is no reading', async () => {
    const alarm = bell();
    for (let second = 0; second < 60; second += 5) {
      now = START + second * 1000;
      await alarm.ring();
    }
    expect(reads).toBe(1);
  });

  test('storage that is away is made up for', async () => {
    sent();
    const alarm = bell();
    isAway = true;
    await expect(alarm.ring()).rejects.toThrow('away');
    isAway = false;
    await alarm.ring();
    expect(pushes).toHaveLength(1);
  });
});

test.each(['accounts', 'subscriptions'] as const)(
  'where storage is cut before the %s are read, it is not noted, and rings the next time',
  async (what) => {
    sent();
    now += 24 * HOUR - 1;
    const alarm = bell();
    cut = what;
    await expect(alarm.ring()).rejects.toThrow('away');
    expect([stored, pushes]).toEqual([undefined, []]);
    cut = undefined;
    await alarm.ring();
    expect(pushes).toHaveLength(1);
  },
);

describe('a report that nobody reads', () => {
  const hours = async (alarm: ReportBell, until: number): Promise<void> => {
    for (let hour = 0; hour <= until; hour += 1) {
      now = START + hour * HOUR;
      await alarm.ring();
    }
  };

  test('rings once a day for everybody, by push and by e-mail, until somebody has read it', async () => {
    const report = sent();
    const alarm = bell();
    await hours(alarm, 23);
    expect([pushes.length, mails.length]).toEqual([1, 0]);
    await hours(alarm, 71);
    expect(pushes.slice(1).map(({ to, notice }) => [to, notice.body])).toEqual([
      [['marie', 'jean'], 'Un signalement attend d’être lu depuis hier.'],
      [['marie', 'jean'], 'Un signalement attend d’être lu depuis 2 jours.'],
    ]);
    expect(mails).toHaveLength(2);
    expect(mails[0]).toMatchObject({ to: 'marie@exemple.fr', subject: 'Signalement non lu' });
    expect(mails[0]?.text).toContain('Un signalement attend d’être lu depuis hier.');
    expect(mails[0]?.text).toContain('Pour lire les signalements : https://permanence.exemple.fr/inbox/signalements');
    expect(mailFailures).toBe(2);
    read(report);
    await hours(alarm, 120);
    expect([pushes.length, mails.length]).toEqual([3, 2]);
  });

  test('counts them, and tells how long the oldest has waited', async () => {
    sent();
    now += 48 * HOUR;
    sent();
    sent();
    now += 24 * HOUR;
    await bell(false).ring();
    expect(pushes.at(-1)?.notice.body).toBe('3 signalements attendent d’être lus, le plus ancien depuis 3 jours.');
    expect(mails).toEqual([]);
  });

  test('rings for nobody when nobody of now could open it, and again once somebody can', async () => {
    sent();
    now += 25 * HOUR;
    readers = [{ delegateId: 'anne', publicKey: 'new' }];
    const alarm = bell();
    await alarm.ring();
    expect([pushes, mails]).toEqual([[], []]);
    readers = [{ delegateId: 'anne', publicKey: 'public' }];
    now += HOUR;
    await alarm.ring();
    expect(mails).toHaveLength(1);
  });

  test('another one in the same day does not ring again', async () => {
    const first = sent();
    now += 2 * HOUR;
    sent();
    now = START + 24 * HOUR;
    const alarm = bell();
    await alarm.ring();
    read(first);
    now += 3 * HOUR;
    await alarm.ring();
    expect(mails).toHaveLength(1);
  });
});

test('says nothing of the reports', async () => {
  const report = sent();
  now += 30 * HOUR;
  await bell().ring();
  const said = JSON.stringify([pushes, mails]);
  for (const part of [report.id, report.lookupHash, report.reporterKey]) expect(said).not.toContain(part);
});

test('a bell that is closed listens no more', () => {
  const alarm = bell();
  expect(listeners).toHaveLength(1);
  alarm.close();
  expect(listeners).toHaveLength(0);
});
