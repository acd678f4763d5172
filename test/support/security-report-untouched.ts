import { expect } from '@jest/globals';
import type { RawAnswer } from './security-raw.js';
import type { ReportSite } from './security-report-site.js';

/** « 404 ReportNotFound » */
export const codeOf = ({ status, code }: RawAnswer): string => `${status} ${code}`;

/** Fails when an attempt changes a report, drafts as well, or leaves a line in the log, openings excepted. */
export async function expectUntouched({ storage }: ReportSite, attempt: () => Promise<void>): Promise<void> {
  const look = async () => [
    await storage.reports.listSent(),
    await storage.reports.listDrafts(Number.MAX_SAFE_INTEGER),
    await storage.reports.listReceipts(),
    (await storage.audit.before(undefined, 1000)).filter(
      ({ action }) => action.startsWith('report.') && action !== 'report.opened',
    ),
  ];
  const before = await look();
  await attempt();
  expect(await look()).toEqual(before);
}
