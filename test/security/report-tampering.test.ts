import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Report, ReportEvent } from '../../src/domain/report.js';
import { reportSealing } from '../../src/sealing/index.js';
import { createOpen } from '../../src/web/inbox/reports/opening.js';
import { openWhole, type ReportItem, type WholeReport } from '../../src/web/inbox/reports/whole-report.js';
import { flip } from '../support/report-sealing-builders.js';
import type { WatchedDelegate } from '../support/security-report-delegate.js';
import { openReportSite, type ReportSite, storeReport } from '../support/security-report-site.js';

let site: ReportSite;
let jean: WatchedDelegate;
let id: string;
let receipt: string;
let other: string;
beforeAll(async () => {
  site = await openReportSite();
  ({ jean } = site);
  ({ id: other } = await storeReport(site));
});
beforeEach(async () => {
  ({ id, receipt } = await storeReport(site));
  await site.anne.write(id, { kind: 'reply', text: 'Nous regardons' });
  const found = await site.reports.followUp.find(receipt, randomUUID());
  if (typeof found === 'string') throw new Error(found);
  await site.reports.followUp.add(found.ticket, 'Encore hier', 'm1');
  await jean.write(id, { kind: 'status', status: 'forwarded', text: 'À la mairie' });
  await jean.write(id, { kind: 'note', text: 'Entre nous' });
});
afterAll(() => site.close());

/** As somebody does who has the database and the server's key. */
async function tamper(change: (report: Report) => Report): Promise<void> {
  const report = await site.storage.reports.load(id);
  if (!report) throw new Error('No report');
  await site.storage.reports.replace({ ...change(report), rev: report.rev });
}

const changeEvents = (change: (events: readonly ReportEvent[]) => readonly ReportEvent[]): Promise<void> =>
  tamper((report) => ({ ...report, events: change(report.events) }));

const changeOne = (seq: number, change: (event: ReportEvent) => ReportEvent): Promise<void> =>
  changeEvents((events) => events.map((event) => (event.seq === seq ? change(event) : event)));

/** What the delegate's page makes of it. */
async function openedBy(delegate: WatchedDelegate): Promise<WholeReport> {
  return openWhole(createOpen(delegate.own), await delegate.load(id));
}

const isFine = ({ state, finding, missingBefore }: ReportItem): boolean =>
  state === 'open' && finding === 'ok' && missingBefore === 0;

/** The numbers of the events that the page shows something wrong at. */
async function wrongAt(delegate = jean): Promise<readonly number[]> {
  const { items, isDamaged } = await openedBy(delegate);
  const wrong = items.filter((item) => !isFine(item)).map(({ event }) => event.seq);
  expect(isDamaged).toBe(wrong.length > 0);
  return wrong;
}

/** Six answers, the sending, a reply, an addition, a status and a note. */
const LAST = 11;
const ALL = Array.from({ length: LAST }, (_, index) => index + 1);
const SENT = 7;

describe('an event that was changed in the storage', () => {
  test('is none before it was', async () => {
    expect(await wrongAt()).toEqual([]);
    expect((await openedBy(jean)).items.map(({ event }) => event.seq)).toEqual(ALL);
  });

  test.each(ALL)('number %i, by one bit, is shown as such, and nothing else is', async (seq) => {
    await changeOne(seq, (event) => ({ ...event, sealed: flip(event.sealed ?? '', 200) }));
    expect(await wrongAt()).toEqual([seq]);
    expect((await openedBy(site.anne)).items.filter((item) => !isFine(item))).toHaveLength(1);
  });

  test('together with its digest is shown as such; so is what came after it', async () => {
    const [event] = (await site.storage.reports.load(id))?.events.slice(3, 4) ?? [];
    const sealed = flip(event?.sealed ?? '', 200);
    const digest = await reportSealing.digestOf(sealed);
    await changeOne(4, (one) => ({ ...one, sealed, digest }));
    // The sending names what it was made of.
    expect(await wrongAt()).toEqual([4, 5]);
  });

  test.each<[string, Partial<ReportEvent>]>([
    ['another time', { at: 1_795_000_000_000 }],
    ['another author', { author: 'somebody' }],
    ['another kind', { kind: 'note' }],
  ])('to %s is shown as such', async (_, change) => {
    await changeOne(8, (event) => ({ ...event, ...change }));
    expect(await wrongAt()).toEqual([8]);
  });

  test('to another key is one that nobody has the key of', async () => {
    await changeOne(8, (event) => ({ ...event, keyId: 'other' }));
    const { items, hasLost } = await openedBy(jean);
    expect(hasLost).toBe(true);
    expect(items.filter((item) => !isFine(item))).toMatchObject([{ event: { seq: 8 }, fault: 'lost' }]);
  });

  test('to another question is shown as such', async () => {
    await changeOne(4, (event) => ({ ...event, step: 'more' }));
    expect(await wrongAt()).toEqual([4]);
  });

  test('to nothing, as if its author had replaced it, is shown as such', async () => {
    await changeOne(4, (event) => ({ ...event, sealed: null }));
    expect(await wrongAt()).toEqual([4]);
  });
});

describe('events in other places', () => {
  test('two whose sealed words were exchanged are both shown as such', async () => {
    const events = (await site.storage.reports.load(id))?.events ?? [];
    const sealedOf = (seq: number): string | null => events.find((event) => event.seq === seq)?.sealed ?? null;
    await changeEvents((all) =>
      all.map((event) => ({
        ...event,
        sealed: event.seq === 2 ? sealedOf(4) : event.seq === 4 ? sealedOf(2) : event.sealed,
      })),
    );
    expect(await wrongAt()).toEqual([2, 4]);
  });

  test('two that were exchanged as they are, and one that stands twice, are shown as such', async () => {
    await changeEvents((all) => all.toSpliced(8, 2, ...all.slice(8, 10).toReversed()));
    expect(await wrongAt()).toContain(9);
    await changeEvents((all) => all.toSorted((one, two) => one.seq - two.seq));
    expect(await wrongAt()).toEqual([]);
    await changeEvents((all) => [...all, ...all.slice(7, 8)]);
    expect(await wrongAt()).toEqual([8]);
    expect((await openedBy(jean)).items.filter(isFine)).toHaveLength(LAST);
  });

  test('one of another report does not open in this one, and what came after the lost one says so', async () => {
    const foreign = await site.storage.reports.load(other);
    await tamper((report) => ({
      ...report,
      keys: [...report.keys, ...(foreign?.keys ?? [])],
      events: report.events.map((event) => (event.seq === 2 ? (foreign?.events[1] ?? event) : event)),
    }));
    expect(await wrongAt()).toEqual([2, 3]);
  });

  test('one that was taken out of the middle is missed where it was', async () => {
    for (const seq of [2, 9]) {
      await changeEvents((all) => all.filter((event) => event.seq !== seq));
      const { items } = await openedBy(jean);
      expect(items.filter(({ missingBefore }) => missingBefore > 0).map(({ event }) => event.seq)).toContain(seq + 1);
      expect(items.every(({ state }) => state === 'open')).toBe(true);
    }
    await changeEvents((all) => all.slice(1));
    expect((await openedBy(jean)).isDamaged).toBe(true);
  });

  test('one that was taken out, with those after it renumbered, leaves none of them as it was', async () => {
    await changeEvents((all) =>
      all.filter(({ seq }) => seq !== 3).map((event) => ({ ...event, seq: event.seq > 3 ? event.seq - 1 : event.seq })),
    );
    expect(await wrongAt()).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
  });
});

describe('the end of a report', () => {
  test('before it was sent: answers that were taken away are missed', async () => {
    await changeEvents((all) => all.filter(({ seq }) => seq !== 6));
    expect((await openedBy(jean)).isDamaged).toBe(true);
    await changeEvents((all) => all.filter(({ seq }) => seq < 4 || seq === SENT));
    expect((await openedBy(jean)).isDamaged).toBe(true);
  });

  test.each([SENT, SENT - 1, 2])('cut off after event %i, or before it was sent, is no whole report', async (from) => {
    await changeEvents((all) => all.filter(({ seq }) => seq < from));
    const { items, isDamaged } = await openedBy(jean);
    expect(items).toHaveLength(from - 1);
    expect(isDamaged).toBe(true);
  });

  test('after it was sent: an earlier state put back is still a whole one, as the documents say', async () => {
    await changeEvents((all) => all.filter(({ seq }) => seq <= SENT + 1));
    expect(await wrongAt()).toEqual([]);
  });

  test('with no event left is shown as no whole report', async () => {
    await changeEvents(() => []);
    expect(await openedBy(jean)).toMatchObject({ items: [], isDamaged: true });
  });
});

describe('keys that were changed', () => {
  test('cost whoever they were sealed to their reading, and no colleague theirs', async () => {
    await tamper((report) => ({
      ...report,
      keys: report.keys.map((key) => ({
        ...key,
        sealedTo: key.sealedTo.map((one) =>
          one.delegateId === jean.id ? { ...one, sealed: flip(one.sealed, 40) } : one,
        ),
      })),
    }));
    const { items, lacksKeys } = await openedBy(jean);
    expect(lacksKeys).toBe(true);
    expect(items.map((item) => item.state === 'closed' && item.fault)).toEqual(ALL.map(() => 'broken-key'));
    expect(await wrongAt(site.anne)).toEqual([]);
  });

  test('that were exchanged between two delegates open for neither', async () => {
    await tamper((report) => ({
      ...report,
      keys: report.keys.map((key) => {
        const [one, two] = key.sealedTo;
        if (!one || !two) throw new Error('Two delegates read');
        return {
          ...key,
          sealedTo: [
            { ...one, sealed: two.sealed },
            { ...two, sealed: one.sealed },
          ],
        };
      }),
    }));
    for (const delegate of [jean, site.anne]) {
      expect((await openedBy(delegate)).items.every((item) => item.state === 'closed')).toBe(true);
    }
  });

  test('that are gone are said to be', async () => {
    await tamper((report) => ({ ...report, keys: [] }));
    expect(await openedBy(jean)).toMatchObject({ hasLost: true });
  });
});

describe('whoever comes back by the code', () => {
  const find = async () => {
    const found = await site.reports.followUp.find(receipt, randomUUID());
    if (typeof found === 'string') throw new Error(found);
    return found;
  };

  test('is shown what opens, and that there is something where it does not', async () => {
    await changeOne(8, (event) => ({ ...event, toReporter: flip(event.toReporter ?? '', 100) }));
    expect((await find()).entries).toMatchObject([
      { kind: 'reply' },
      { kind: 'addition' },
      { kind: 'status', status: 'forwarded', text: 'À la mairie' },
    ]);
    expect((await find()).entries[0]).not.toHaveProperty('text');
  });

  test.each<[string, (report: Report) => Report]>([
    [
      'events that were changed',
      ({ events, ...rest }) => ({
        ...rest,
        events: events.map((one) => ({ ...one, sealed: 'AAAA', toReporter: 'é' })),
      }),
    ],
    ['events that are gone', (report) => ({ ...report, events: [] })],
    ['events that were cut off', ({ events, ...rest }) => ({ ...rest, events: events.slice(3, 5) })],
    ['keys that are gone', (report) => ({ ...report, keys: [] })],
    ['another key of the author', (report) => ({ ...report, reporterKey: 'A'.repeat(43) })],
  ])('adds to a report with %s all the same', async (_, change) => {
    await tamper(change);
    const { ticket } = await find();
    expect(await site.reports.followUp.add(ticket, 'Encore ce soir', 'm2')).toBe(true);
    const { items } = await openedBy(jean);
    expect(items.at(-1)).toMatchObject({ state: 'open', body: { text: 'Encore ce soir' } });
  });
});

describe('the server', () => {
  test.each<[string, (report: Report) => object]>([
    ['no event', (report) => ({ ...report, events: [] })],
    ['no key', (report) => ({ ...report, keys: [] })],
    [
      'words that are none',
      ({ events, ...rest }) => ({ ...rest, events: events.map((one) => ({ ...one, sealed: '%%', digest: 1 })) }),
    ],
    [
      'kinds that there are not',
      ({ events, ...rest }) => ({ ...rest, events: events.map((one) => ({ ...one, kind: 'autre' })) }),
    ],
    [
      'numbers that are none',
      ({ events, ...rest }) => ({ ...rest, events: events.map((one) => ({ ...one, seq: 'un', at: null })) }),
    ],
    ['no key of its author', ({ reporterKey: _, ...report }) => report],
    ['a status that there is not', (report) => ({ ...report, status: 'autre' })],
    [
      'readings by nobody',
      (report) => ({ ...report, readings: [{ delegateId: 'x', seq: 1e9, at: 0 }], assigneeId: 'x' }),
    ],
  ])('goes on with a report of %s in its storage: all others are listed, read and answered', async (_, change) => {
    await tamper((report) => change(report) as Report);
    for (const path of [`/reports/${id}`, '/reports', '/report-access', `/report-access/${site.anne.id}/missing`])
      await jean.call('GET', path);
    expect(await jean.reportIds()).toContain(other);
    expect(await jean.read(other)).toMatchObject({ isComplete: true });
    await jean.write(other, { kind: 'note', text: 'Lu' });
    await site.storage.reports.remove(id);
  });
});
