import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isUnread } from '../../../src/domain/report.js';
import type { FollowUp } from '../../../src/domain/report-intake.js';
import type { Reports } from '../../../src/domain/reports.js';
import { reportSealing } from '../../../src/sealing/index.js';
import { append } from '../../support/report-delegate.js';
import { enrolReader, readAs, setDisabled } from '../../support/report-team.js';
import { HOUR, MINUTE, makeReportWorld, type ReportWorld, sendReport } from '../../support/report-world.js';

let world: ReportWorld;
let reports: Reports;
let id: string;
let receipt: string;
let receiptRef: string;

const now = () => world.clock.now().getTime();
const stored = async () => (await world.storage.reports.load(id)) ?? Promise.reject(new Error('no report'));

async function find(conversationId = 'later'): Promise<FollowUp> {
  const found = await reports.followUp.find(receipt, conversationId);
  if (typeof found === 'string') throw new Error(found);
  return found;
}

beforeEach(async () => {
  world = await makeReportWorld();
  reports = world.start();
  ({ id, receipt, receiptRef } = await sendReport(reports, 'one'));
});
afterEach(() => world.storage.close());

describe('the holder of a receipt', () => {
  it('is shown the status and what was written to them, and never a note or their own words', async () => {
    expect(await find()).toMatchObject({ status: 'received', submittedAt: now(), entries: [], notifies: false });
    world.clock.advance(HOUR);
    await append(reports.desk, world.anne, id, { kind: 'note', text: 'Secret', at: now() });
    await append(reports.desk, world.anne, id, { kind: 'status', status: 'in-progress', at: now() });
    await append(reports.desk, world.brahim, id, { kind: 'reply', text: 'Nous regardons.', at: now() });
    await append(reports.desk, world.anne, id, {
      kind: 'status',
      status: 'forwarded',
      text: 'À la mairie.',
      at: now(),
    });
    expect(await find()).toMatchObject({ status: 'forwarded', changedAt: now() });
    expect((await find()).entries).toEqual([
      { at: now(), kind: 'reply', text: 'Nous regardons.' },
      { at: now(), kind: 'status', status: 'forwarded', text: 'À la mairie.' },
    ]);
    await append(reports.desk, world.anne, id, { kind: 'status', status: 'closed', at: now() });
    expect((await find()).entries.at(-1)).toEqual({ at: now(), kind: 'status', status: 'closed' });
  });

  it('is shown that something was written where it does not open, and the rest', async () => {
    await append(reports.desk, world.anne, id, { kind: 'reply', text: 'A', at: now() });
    await append(reports.desk, world.anne, id, { kind: 'reply', text: 'B', at: now() });
    const report = await stored();
    const [first, second] = report.events.slice(-2);
    if (!first?.toReporter || !second?.toReporter) throw new Error('no replies');
    const moved = { ...first, toReporter: second.toReporter };
    await world.storage.reports.replace({ ...report, events: [...report.events.slice(0, -2), moved, second] });
    expect((await find()).entries).toEqual([
      { at: now(), kind: 'reply' },
      { at: now(), kind: 'reply', text: 'B' },
    ]);
  });

  it('is told since when a status stands, whatever was added or noted since', async () => {
    const since = now();
    await append(reports.desk, world.anne, id, { kind: 'status', status: 'in-progress', at: since });
    world.clock.advance(HOUR);
    await reports.followUp.add((await find()).ticket, 'Encore', 'm');
    const team = await reports.desk.readers();
    await append(reports.desk, world.anne, id, { kind: 'note', text: 'Secret', at: now(), newKeyFor: team });
    expect((await find()).entries).toEqual([
      { at: since, kind: 'status', status: 'in-progress' },
      { at: now(), kind: 'addition' },
    ]);
  });

  it('is told the last status by its day though its sentence does not open', async () => {
    await append(reports.desk, world.anne, id, { kind: 'status', status: 'forwarded', text: 'A', at: now() });
    const report = await stored();
    const events = report.events.map((event) => (event.toReporter ? { ...event, toReporter: 'AAAA' } : event));
    await world.storage.reports.replace({ ...report, events });
    expect((await find()).entries).toEqual([{ at: now(), kind: 'status', status: 'forwarded' }]);
  });

  it('finds it in any process, and nothing with another receipt', async () => {
    expect(await world.start().followUp.find(receipt, 'later')).toMatchObject({ status: 'received' });
    expect(await reports.followUp.find(reportSealing.makeReceipt(), 'later')).toBe('unknown');
    await world.storage.reports.remove(id);
    expect(await reports.followUp.find(receipt, 'later')).toBe('unknown');
  });
});

describe('an addition', () => {
  it('is sealed to the team of now under a key of its own, and makes the report unread', async () => {
    await reports.desk.markRead(id, 'anne', 3);
    const chloe = await enrolReader(world.storage.accounts, { id: 'chloe' });
    const { ticket } = await find();
    expect(await reports.followUp.add(ticket, 'Encore hier', 'm1')).toBe(true);
    const report = await stored();
    expect(JSON.stringify(report)).not.toMatch(/Encore|"m1"/);
    expect(report.keys).toHaveLength(2);
    expect(report).toMatchObject({ status: 'received', changedAt: now() });
    expect(isUnread(report)).toBe(true);
    expect((await readAs(chloe, report)).map((event) => event?.body)).toEqual([
      undefined,
      undefined,
      undefined,
      { text: 'Encore hier' },
    ]);
    expect((await readAs(world.anne, report)).at(-1)?.previous).toBe(report.events.at(-2)?.digest);
    expect((await find()).entries).toEqual([{ at: now(), kind: 'addition' }]);
  });

  it('is added once for one message, under any ticket', async () => {
    const { ticket } = await find();
    await Promise.all([1, 2, 3].map(() => reports.followUp.add(ticket, 'Encore', 'm1')));
    await reports.followUp.add((await find()).ticket, 'Encore', 'm1');
    expect((await stored()).events).toHaveLength(4);
    await reports.followUp.add(ticket, 'Encore', 'm2');
    expect((await stored()).events).toHaveLength(5);
  });

  it('opens a closed report again, so that somebody looks, and no other', async () => {
    const { ticket } = await find();
    await append(reports.desk, world.anne, id, { kind: 'status', status: 'in-progress', at: now() });
    await reports.followUp.add(ticket, 'A', 'm1');
    expect(await stored()).toMatchObject({ status: 'in-progress' });
    const team = await reports.desk.readers();
    await append(reports.desk, world.anne, id, { kind: 'status', status: 'closed', at: now(), newKeyFor: team });
    await reports.followUp.add(ticket, 'B', 'm2');
    expect(await stored()).toMatchObject({ status: 'received' });
    expect(await stored()).not.toHaveProperty('closedAt');
    expect((await find()).entries.map(({ kind }) => kind)).toEqual(['addition', 'addition']);
  });

  it('is refused while nobody can read it, and when the report holds no more', async () => {
    const { ticket } = await find();
    for (const each of ['anne', 'brahim']) await setDisabled(world.storage.accounts, each, true);
    await expect(reports.followUp.add(ticket, 'A', 'm')).rejects.toMatchObject({ code: 'no-reader' });
    await setDisabled(world.storage.accounts, 'anne', false);
    const report = await stored();
    const [first] = report.events;
    if (!first) throw new Error('no event');
    await world.storage.reports.replace({ ...report, events: [{ ...first, sealed: 'x'.repeat(6_000_001) }] });
    await expect(reports.followUp.add(ticket, 'A', 'm')).rejects.toMatchObject({ code: 'too-many-attempts' });
  });
});

describe('a ticket', () => {
  it('lasts ten minutes, in its own process only', async () => {
    const { ticket } = await find();
    expect(await world.start().followUp.add(ticket, 'A', 'm')).toBe(false);
    world.clock.advance(10 * MINUTE - 1);
    expect(await reports.followUp.notifyIn(ticket, 'later')).toBe(true);
    world.clock.advance(1);
    expect(await reports.followUp.add(ticket, 'A', 'm')).toBe(false);
    expect(await reports.followUp.notifyIn(ticket, undefined)).toBe(false);
    expect((await stored()).events).toHaveLength(3);
  });

  it('of a report that is erased meanwhile says so', async () => {
    const { ticket } = await find();
    await world.storage.reports.remove(id);
    await expect(reports.followUp.add(ticket, 'A', 'm')).rejects.toMatchObject({ code: 'report-gone' });
  });
});

describe('where the author is told of answers', () => {
  it('is where they ask, until they ask for none', async () => {
    const { ticket } = await find();
    await reports.followUp.notifyIn(ticket, 'later');
    expect(await find()).toMatchObject({ notifies: true });
    expect((await stored()).notifies).toBe('later');
    const { rev } = await stored();
    await reports.followUp.notifyIn(ticket, 'later');
    expect((await stored()).rev).toBe(rev);
    await reports.followUp.notifyIn(ticket, undefined);
    expect(await find()).toMatchObject({ notifies: false });
    expect(await stored()).not.toHaveProperty('notifies');
  });

  it('may be said just after sending, as long as the receipt is shown', async () => {
    expect(await reports.followUp.notifyAfterSending(receiptRef, 'one')).toBe(true);
    expect((await stored()).notifies).toBe('one');
    expect(await reports.followUp.notifyAfterSending('absent', 'one')).toBe(false);
    world.clock.advance(10 * MINUTE);
    expect(await reports.followUp.notifyAfterSending(receiptRef, 'two')).toBe(false);
    expect((await stored()).notifies).toBe('one');
  });
});

describe('guessing receipts', () => {
  const guess = (conversationId: string) => reports.followUp.find(reportSealing.makeReceipt(), conversationId);

  it('ends after five in a quarter of an hour, for that conversation only, and a right one does not count', async () => {
    for (let count = 0; count < 4; count += 1) expect(await guess('bad')).toBe('unknown');
    for (let count = 0; count < 6; count += 1) await find('bad');
    expect(await guess('bad')).toBe('unknown');
    expect(await guess('bad')).toBe('too-many-attempts');
    expect(await reports.followUp.find(receipt, 'bad')).toBe('too-many-attempts');
    expect(await find('good')).toMatchObject({ status: 'received' });
    world.clock.advance(15 * MINUTE);
    expect(await guess('bad')).toBe('unknown');
  });

  it('is not quicker by many at once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => guess('bad')));
    expect(outcomes.filter((outcome) => outcome === 'unknown')).toHaveLength(5);
  });

  it('counts nothing while storage is away', async () => {
    const away = () => Promise.reject(new Error('away'));
    const failing = world.start({ store: { ...world.storage.reports, findByLookup: away } });
    for (let count = 0; count < 6; count += 1) {
      await expect(failing.followUp.find(receipt, 'bad')).rejects.toThrow('away');
    }
  });

  it('takes the same work and the same time, whether or not there is a report', async () => {
    const opened: string[] = [];
    const pauses: number[] = [];
    const counting = world.start({
      sealing: {
        ...reportSealing,
        async keysOfReceipt(code) {
          const keys = await reportSealing.keysOfReceipt(code);
          return {
            ...keys,
            open(place, sealed) {
              opened.push(place.reportId);
              return keys.open(place, sealed);
            },
          };
        },
      },
      pause: async (milliseconds) => pauses.push(milliseconds),
    });
    await counting.followUp.find(receipt, 'a');
    await counting.followUp.find(reportSealing.makeReceipt(), 'b');
    expect(opened).toEqual(['decoy', 'decoy']);
    expect(pauses).toEqual([200, 200]);
  });
});
