import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Report } from '../../src/domain/report.js';
import { type ReportPlan, reportPlans } from '../support/report-plan.js';
import { type PlayedReport, playReport, type Sabotage } from '../support/report-play.js';
import { enrolReader, type TeamMember } from '../support/report-team.js';
import { openMemoryStorage } from '../support/storage-in-memory.js';

const RUNS = 120;
const RUNS_TO_FIND = 300;

async function play(plan: ReportPlan, sabotage?: Sabotage): Promise<PlayedReport> {
  const storage = await openMemoryStorage();
  try {
    const members: TeamMember[] = [];
    for (const id of ['anne', 'brahim', 'chloe']) members.push(await enrolReader(storage.accounts, { id }));
    return await playReport(plan, { storage, members, ...(sabotage && { sabotage }) });
  } finally {
    await storage.close();
  }
}

const SABOTAGES: Readonly<Record<string, Sabotage>> = {
  'a message that is taken twice': (store) => ({
    ...store,
    replace: (report) => store.replace({ ...report, events: report.events.map((event) => ({ ...event, cause: '' })) }),
  }),
  'a change that goes over another': (store) => ({
    ...store,
    async replace(report) {
      const present: Report | undefined = await store.load(report.id);
      await store.replace({ ...report, rev: present?.rev ?? 0 });
    },
  }),
  'a receipt that is not kept': (store) => ({
    ...store,
    replace: ({ receiptRef: _, ...report }) => store.replace(report),
  }),
};

describe('a report that is written while processes die, delegates come and go, and messages come twice', () => {
  test('keeps every answer for the whole team, and has one receipt', async () => {
    const seen = new Set<string>();
    const property = fc.asyncProperty(reportPlans, async (plan) => {
      const { faults, happenings } = await play(plan);
      expect(faults).toEqual([]);
      for (const happening of happenings) seen.add(happening);
    });
    await fc.assert(property, { numRuns: RUNS, endOnFailure: true });
    expect([...seen].sort()).toEqual(['after', 'before', 'joined', 'left', 'nobody to read', 'none']);
  }, 240_000);

  test.each(Object.entries(SABOTAGES))(
    'would find %s',
    async (_, sabotage) => {
      const property = fc.asyncProperty(reportPlans, async (plan) => (await play(plan, sabotage)).faults.length === 0);
      const { failed } = await fc.check(property, { numRuns: RUNS_TO_FIND, endOnFailure: true });
      expect(failed).toBe(true);
    },
    240_000,
  );
});
