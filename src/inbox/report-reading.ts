import { setImmediate as nextTurn } from 'node:timers/promises';
import { isUnread, type Report } from '../domain/report.js';
import type { Reader, ReportDesk } from '../domain/report-desk.js';
import { isLost } from './report-keys.js';

/** Reports that were sent, as a list needs them. */
export interface ReportPicture {
  /** The last changed first. */
  readonly reports: readonly Report[];
  /** Ids, see `overdueOf`. */
  readonly overdue: ReadonlySet<string>;
  readonly readers: readonly Reader[];
  readonly unread: number;
}

const BATCH = 200;

/** Reads them all: few are kept, and only all of them tell how many are unread. */
export async function readReports(desk: Pick<ReportDesk, 'list' | 'listOverdue' | 'readers'>): Promise<ReportPicture> {
  const readers = await desk.readers();
  const [reports, overdue] = await Promise.all([listAll(desk), overdueOf(desk, readers)]);
  return { reports, overdue, readers, unread: reports.filter(isUnread).length };
}

/** Ids of those that nobody has read for longer than the limit, and that somebody could: the rest can be helped by nobody. */
export async function overdueOf(
  desk: Pick<ReportDesk, 'listOverdue'>,
  readers: readonly Reader[],
): Promise<ReadonlySet<string>> {
  const late = await desk.listOverdue();
  return new Set(late.filter((report) => !isLost(report, readers)).map(({ id }) => id));
}

/** Page by page, and in between others have their turn. */
export async function listAll(desk: Pick<ReportDesk, 'list'>): Promise<readonly Report[]> {
  // One that is changed meanwhile may be on two pages; its later state comes first.
  const all = new Map<string, Report>();
  for (let before: number | undefined; ; ) {
    const page = await desk.list({ limit: BATCH, ...(before !== undefined && { before }) });
    for (const report of page) if (!all.has(report.id)) all.set(report.id, report);
    before = page.at(-1)?.changedAt;
    if (page.length < BATCH || before === undefined) return [...all.values()];
    await nextTurn();
  }
}
