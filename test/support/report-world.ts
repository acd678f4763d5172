import type { ReportAnswer } from '../../src/domain/report-answers.js';
import type { ReportSettings, ReportsDependencies } from '../../src/domain/report-parts.js';
import { createReports, type Reports } from '../../src/domain/reports.js';
import { reportSealing } from '../../src/sealing/index.js';
import type { Storage } from '../../src/storage/ports/storage.js';
import { createManualClock, type ManualClock } from './directline-server.js';
import { enrolReader, type TeamMember } from './report-team.js';
import { openMemoryStorage } from './storage-in-memory.js';

export const MINUTE = 60;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const REPORT_SETTINGS: ReportSettings = { draftHours: 24, unreadHours: 24, retentionDays: 90 };

export interface ReportWorld {
  readonly storage: Storage;
  readonly clock: ManualClock;
  /** Two delegates with keys. */
  readonly anne: TeamMember;
  readonly brahim: TeamMember;
  /** As a process of its own has them: its memory is new. */
  start(overrides?: Partial<ReportsDependencies>): Reports;
}

/** Real sealing and a database in memory unless another is given, a clock that stands still, and no waiting. */
export async function makeReportWorld(given?: Storage): Promise<ReportWorld> {
  const storage = given ?? (await openMemoryStorage());
  const clock = createManualClock();
  const anne = await enrolReader(storage.accounts, { id: 'anne', displayName: 'Anne' });
  const brahim = await enrolReader(storage.accounts, { id: 'brahim', displayName: 'Brahim' });
  return {
    storage,
    clock,
    anne,
    brahim,
    start: (overrides = {}) =>
      createReports({
        store: storage.reports,
        accounts: storage.accounts,
        sealing: reportSealing,
        clock: clock.now,
        settings: REPORT_SETTINGS,
        pause: async () => undefined,
        ...overrides,
      }),
  };
}

export const ANSWERS = {
  category: { step: 'category', category: 'traffic' },
  where: { step: 'where', text: 'Rue de Picardie' },
  when: { step: 'when', isSkipped: true },
  what: { step: 'what', text: 'Des rodéos tous les soirs' },
  more: { step: 'more', isSkipped: true },
  contact: { step: 'contact', contact: { kind: 'anonymous' } },
} as const satisfies Readonly<Record<string, ReportAnswer>>;

/** A report of two answers, as it was just sent. */
export async function sendReport(
  { intake }: Reports,
  conversationId: string,
): Promise<{ readonly id: string; readonly receiptRef: string; readonly receipt: string }> {
  const { id } = await intake.open(conversationId);
  await intake.answer(conversationId, [ANSWERS.category], `${conversationId} 1`);
  await intake.answer(conversationId, [ANSWERS.what], `${conversationId} 2`);
  const { receiptRef } = await intake.submit(id);
  return { id, receiptRef, receipt: (await intake.readReceipt(receiptRef)) ?? '' };
}
