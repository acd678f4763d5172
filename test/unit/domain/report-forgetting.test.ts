import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Reports } from '../../../src/domain/reports.js';
import type { ReportStore } from '../../../src/storage/ports/report-store.js';
import { HOUR, makeReportWorld, type ReportWorld, sendReport } from '../../support/report-world.js';

let world: ReportWorld;
let reports: Reports;
beforeEach(async () => {
  world = await makeReportWorld();
  reports = world.start();
});
afterEach(() => world.storage.close());

/** Sends a report whose author is told of answers in the conversation. */
async function sendTold(conversationId: string): Promise<string> {
  const { id, receiptRef } = await sendReport(reports, conversationId);
  await reports.followUp.notifyAfterSending(receiptRef, conversationId);
  return id;
}

const told = async (id: string) => (await world.storage.reports.load(id))?.notifies;

function over(overrides: Partial<ReportStore>): Reports {
  return world.start({ store: { ...world.storage.reports, ...overrides } });
}

it('takes an erased conversation out of every report, and no other one', async () => {
  const [one, again, other] = [await sendTold('one'), await sendTold('one'), await sendTold('other')];
  const before = await world.storage.reports.load(other);
  await reports.upkeep.forgetConversations(['one', 'none']);
  expect([await told(one), await told(again), await told(other)]).toEqual([undefined, undefined, 'other']);
  expect(await world.storage.reports.load(other)).toEqual(before);
  expect(await reports.desk.load(one)).not.toHaveProperty('notifies');
});

it('goes through the reports once for all that were erased in the meantime', async () => {
  const ids = await Promise.all(['a', 'b', 'c', 'd'].map(sendTold));
  let looks = 0;
  const counting = over({
    listSent(options) {
      looks += 1;
      return world.storage.reports.listSent(options);
    },
  });
  await Promise.all(['a', 'b', 'c', 'd'].map((id) => counting.upkeep.forgetConversations([id])));
  expect(await Promise.all(ids.map(told))).toEqual(ids.map(() => undefined));
  expect(looks).toBeLessThan(3);
});

it('makes up, the next time, for what was not reached', async () => {
  const id = await sendTold('one');
  let isAway = true;
  const failing = over({
    listSent: (options) => (isAway ? Promise.reject(new Error('away')) : world.storage.reports.listSent(options)),
  });
  await expect(failing.upkeep.forgetConversations(['one'])).rejects.toThrow('away');
  isAway = false;
  await failing.upkeep.forgetConversations(['other']);
  expect(await told(id)).toBeUndefined();
});

it('reaches a report that changes while others are gone through', async () => {
  const last = await sendTold('one');
  const template = await reports.desk.load(last);
  world.clock.advance(HOUR);
  for (let index = 0; index < 150; index += 1) {
    const name = `${index}`;
    await world.storage.reports.create({ ...template, id: name, status: 'draft', conversationId: name });
    const changedAt = template.changedAt + 1 + index;
    await world.storage.reports.replace({ ...template, id: name, rev: 0, changedAt, lookupHash: name });
  }
  let movedId = '';
  let looks = 0;
  const moving = over({
    async listSent(options) {
      const page = await world.storage.reports.listSent(options);
      looks += 1;
      if (looks === 1) {
        const moved = (await world.storage.reports.listSent()).find(({ id }) => !page.some((seen) => seen.id === id));
        if (!moved) throw new Error('all on one page');
        movedId = moved.id;
        await world.storage.reports.replace({ ...moved, changedAt: world.clock.now().getTime() });
      }
      return page;
    },
  });
  await moving.upkeep.forgetConversations(['one']);
  expect(await told(movedId)).toBeUndefined();
  expect(await told(last)).toBeUndefined();
});

it('passes over a report that is erased at the same time, and leaves what its author has asked for since', async () => {
  const [gone, moved] = [await sendTold('one'), await sendTold('one')];
  const racing = over({
    async load(id) {
      const report = await world.storage.reports.load(id);
      if (id === gone) await world.storage.reports.remove(id);
      return report && { ...report, notifies: 'elsewhere' };
    },
  });
  await racing.upkeep.forgetConversations(['one']);
  expect(await told(moved)).toBe('one');
  const emptied = over({ load: async () => undefined });
  await expect(emptied.upkeep.forgetConversations(['one'])).resolves.toBeUndefined();
});
