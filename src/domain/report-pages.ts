import { setImmediate } from 'node:timers/promises';
import type { ReportStore } from '../storage/ports/report-store.js';
import type { Report } from './report.js';

const PAGE = 100;

/** Every report, the drafts first, a page at a time: others are let in between. One that changes meanwhile may be passed over. */
export async function* eachReport(store: Pick<ReportStore, 'listDrafts' | 'listSent'>): AsyncGenerator<Report> {
  yield* await store.listDrafts(Number.MAX_SAFE_INTEGER);
  yield* eachSent(store);
}

export async function* eachSent(store: Pick<ReportStore, 'listSent'>): AsyncGenerator<Report> {
  for (let before: number | undefined; ; ) {
    const page = await store.listSent({ limit: PAGE, ...(before !== undefined && { before }) });
    yield* page;
    before = page.at(-1)?.changedAt;
    if (page.length < PAGE || before === undefined) return;
    await setImmediate();
  }
}
