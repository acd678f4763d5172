import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Reports } from '../../../src/domain/reports.js';
import { append } from '../../support/report-delegate.js';
import {
  ANSWERS,
  DAY,
  HOUR,
  MINUTE,
  makeReportWorld,
  type ReportWorld,
  sendReport,
} from '../../support/report-world.js';

let world: ReportWorld;
let reports: Reports;

beforeEach(async () => {
  world = await makeReportWorld();
  reports = world.start();
});
afterEach(() => world.storage.close());

const now = () => world.clock.now().getTime();
const close = (id: string) => append(reports.desk, world.anne, id, { kind: 'status', status: 'closed', at: now() });
const ids = async () => (await reports.desk.list()).map(({ id }) => id);

it('erases what was closed long enough ago and was read, and nothing else', async () => {
  const sent = [];
  for (const name of ['read', 'unread', 'open', 'late']) sent.push(await sendReport(reports, name));
  const [read, unread, open, late] = sent.map(({ id }) => id) as [string, string, string, string];
  for (const id of [read, open, late]) await reports.desk.markRead(id, 'anne', 3);
  for (const id of [read, unread]) await close(id);
  world.clock.advance(HOUR);
  await close(late);
  world.clock.advance(90 * DAY - HOUR);
  expect(await reports.upkeep.purgeClosed()).toBe(0);
  world.clock.advance(1);
  expect(await reports.upkeep.purgeClosed()).toBe(1);
  expect(new Set(await ids())).toEqual(new Set([unread, open, late]));
  await reports.desk.markRead(unread, 'brahim', 3);
  world.clock.advance(HOUR);
  expect(await reports.upkeep.purgeClosed()).toBe(2);
  expect(await ids()).toEqual([open]);
});

it('leaves a report that its author adds to while it is being erased', async () => {
  const { id, receipt } = await sendReport(reports, 'one');
  await reports.desk.markRead(id, 'anne', 3);
  await close(id);
  world.clock.advance(91 * DAY);
  const found = await reports.followUp.find(receipt, 'two');
  if (typeof found === 'string') throw new Error(found);
  const store = world.storage.reports;
  const racing = world.start({
    store: {
      ...store,
      async remove(...args) {
        await reports.followUp.add(found.ticket, 'Encore', 'm');
        return store.remove(...args);
      },
    },
  });
  expect(await racing.upkeep.purgeClosed()).toBe(0);
  expect(await reports.desk.load(id)).toMatchObject({ status: 'received' });
});

it('leaves a draft that a process whose clock is behind takes an answer for, or sends, while it is being swept', async () => {
  const store = world.storage.reports;
  const behind = world.start({ clock: () => new Date(now() - 1000) });
  const opened = new Map<string, string>();
  const meanwhile = new Map<string, () => Promise<unknown>>([
    ['answered', () => behind.intake.answer('answered', [ANSWERS.what], 'a')],
    ['sent', () => behind.intake.submit(opened.get('sent') ?? '')],
  ]);
  for (const name of meanwhile.keys()) opened.set(name, (await reports.intake.open(name)).id);
  const racing = world.start({
    store: {
      ...store,
      async listDrafts(before) {
        const drafts = await store.listDrafts(before);
        for (const act of meanwhile.values()) await act();
        expect(drafts).toHaveLength(2);
        return drafts;
      },
    },
  });
  world.clock.advance(DAY);
  expect(await racing.upkeep.sweepDrafts()).toBe(0);
  expect(await store.load(opened.get('answered') ?? '')).toMatchObject({ status: 'draft', events: [{}] });
  expect(await store.load(opened.get('sent') ?? '')).toMatchObject({ status: 'received' });
});

it('goes through more reports than a page holds', async () => {
  const { id } = await sendReport(reports, 'one');
  await reports.desk.markRead(id, 'anne', 3);
  await close(id);
  const report = await reports.desk.load(id);
  for (let index = 0; index < 250; index += 1) {
    const conversationId = `${index}`;
    const draft = { ...report, id: conversationId, rev: 0, status: 'draft', conversationId } as const;
    await world.storage.reports.create(draft);
    // Some at the same instant, across the end of a page.
    const changedAt = report.changedAt + Math.floor(index / 7);
    await world.storage.reports.replace({
      ...report,
      id: conversationId,
      rev: 0,
      changedAt,
      lookupHash: conversationId,
    });
  }
  world.clock.advance(91 * DAY);
  expect(await reports.upkeep.purgeClosed()).toBe(251);
  expect(await ids()).toEqual([]);
});

it('removes a receipt whose report is gone, and one that was killed before its report was sent', async () => {
  const { id } = await sendReport(reports, 'one');
  await world.storage.reports.remove(id);
  const { id: draft } = await reports.intake.open('two');
  const dying = world.start({
    store: { ...world.storage.reports, replace: () => Promise.reject(new Error('killed')) },
  });
  await expect(dying.intake.submit(draft)).rejects.toThrow('killed');
  expect(await world.storage.reports.listReceipts()).toHaveLength(2);
  const { receiptRef } = await reports.intake.submit(draft);
  world.clock.advance(DAY - 10 * MINUTE);
  expect(await reports.intake.readReceipt(receiptRef)).toBeDefined();
  expect(await reports.upkeep.sweepReceipts()).toBe(1);
  world.clock.advance(10 * MINUTE);
  expect(await reports.upkeep.sweepReceipts()).toBe(2);
  expect(await reports.desk.load(draft)).not.toHaveProperty('receiptRef');
});

it('takes a receipt out of its report before it removes it', async () => {
  const { id, receiptRef } = await sendReport(reports, 'one');
  world.clock.advance(10 * MINUTE);
  const dying = world.start({
    store: { ...world.storage.reports, removeReceipt: () => Promise.reject(new Error('killed')) },
  });
  await expect(dying.upkeep.sweepReceipts()).rejects.toThrow('killed');
  expect(await reports.desk.load(id)).not.toHaveProperty('receiptRef');
  expect(await reports.intake.readReceipt(receiptRef)).toBeUndefined();
  expect(await reports.upkeep.sweepReceipts()).toBe(1);
});

it('forgets the keys of silent drafts', async () => {
  await reports.intake.open('one');
  await reports.intake.answer('one', [ANSWERS.what], 'a');
  reports.upkeep.forgetKeys();
  expect((await reports.intake.draftOf('one'))?.known).toEqual({ what: ANSWERS.what });
  world.clock.advance(30 * MINUTE);
  reports.upkeep.forgetKeys();
  expect((await reports.intake.draftOf('one'))?.known).toEqual({});
});
