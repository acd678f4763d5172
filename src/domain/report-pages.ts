import { setImmediate } from 'node:timers/promises';
import type { ReportStore } from '../storage/ports/report-store.js';
import type { Report } from './report.js';

const PAGE = 100;

/** Every report, the drafts first; see `eachSent`. */
export async function* eachReport(store: Pick<ReportStore, 'listDrafts' | 'listSent'>): AsyncGenerator<Report> {
  yield* await store.listDrafts(Number.MAX_SAFE_INTEGER);
  yield* eachSent(store);
}

/** A page at a time: others are let in between. The last changed come last: one that changes meanwhile is met again. */
export async function* eachSent(store: Pick<ReportStore, 'listSent'>): AsyncGenerator<Report> {
  for (let after: number | undefined; ; ) {
    const page = await store.listSent({ order: 'ascending', limit: PAGE, ...(after !== undefined && { after }) });
    yield* page;
    after = page.at(-1)?.changedAt;
    if (page.length < PAGE || after === undefined) return;
    await setImmediate();
  }
}
