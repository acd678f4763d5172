import { isUnread, type Report } from '../domain/report.js';
import { Refusal } from '../http/refusal.js';
import { paramOf, recordOf } from './conversation-context.js';
import type { Handlers } from './handler.js';
import { createOnce } from './present-once.js';
import { presentReportCard } from './present-report.js';
import { createReportAccessHandlers, type ReportAccessOperation } from './report-access-routes.js';
import { createReportAppend } from './report-append.js';
import {
  createShow,
  isActive,
  type ReportDependencies,
  readerOf,
  type ShowReport,
  surroundingsOf,
} from './report-context.js';
import { lackedBy } from './report-keys.js';
import { readReports } from './report-reading.js';

type ReadingName = 'listReports' | 'openReport' | 'markReportRead' | 'noteReportExport' | 'noteFiguresExport';
type ChangingName = 'appendToReport' | 'assignReport';
export type ReportOperationName = ReadingName | ChangingName | ReportAccessOperation;

const PAGE = 50;
/** More unread ones than a page holds are shown at once: none of them may be overlooked. */
const UNREAD_ON_FIRST_PAGE = 200;
const REPEAT_MS = 10 * 60_000;

/**
 * The delegates' calls about reports. Nothing of a report is readable here: the browser opens what these give it. Who
 * reads, answers, prints and gives access is logged, by the report's id.
 */
export function createReportHandlers(deps: ReportDependencies): Handlers<ReportOperationName> {
  const show = createShow(deps);
  return {
    ...createReadingHandlers(deps, show),
    appendToReport: createReportAppend(deps, show),
    assignReport: createAssign(deps, show),
    ...createReportAccessHandlers(deps),
  };
}

function createReadingHandlers(deps: ReportDependencies, show: ShowReport): Handlers<ReadingName> {
  const { desk, clock } = deps;
  const record = recordOf(deps.audit);
  const once = createOnce(clock, REPEAT_MS);

  return {
    async listReports({ caller, query: { before } }) {
      const [picture, surroundings] = await Promise.all([readReports(desk), surroundingsOf(deps, caller)]);
      const { overdue } = picture;
      const { reports, next } = pageOf(picture.reports, before);
      return {
        reports: reports.map((report) => presentReportCard(report, { ...surroundings, overdue })),
        ...(next !== undefined && { next }),
        unread: picture.unread,
        overdue: overdue.size,
        now: clock().getTime(),
      };
    },
    async openReport(call) {
      const { actor } = call.caller;
      const report = await desk.load(paramOf(call));
      // Logged first: nobody reads without a trace, even when the log does not answer.
      await once(`${actor.delegateId} ${report.id}`, () => record('report.opened', actor, report.id));
      return show(report, call.caller);
    },
    async markReportRead(call) {
      const report = await desk.load(paramOf(call));
      const readers = await desk.readers();
      // Whoever cannot open it has not read it: the alarm goes on for those who can.
      if (lackedBy(readerOf(call.caller), report, readers).length > 0) throw new Refusal('KeyMissing');
      const last = report.events.at(-1)?.seq ?? 0;
      await desk.markRead(report.id, call.caller.account.id, Math.min(call.body.seq, last));
      return { ok: true };
    },
    async noteReportExport(call) {
      const { id } = await desk.load(paramOf(call));
      const { as } = call.body;
      await (as === 'print'
        ? record('report.printed', call.caller.actor, id)
        : record('report.exported', call.caller.actor, id, { as }));
      return { ok: true };
    },
    async noteFiguresExport({ caller, body: { reports } }) {
      await record('report.figures-exported', caller.actor, undefined, { reports });
      return { ok: true };
    },
  };
}

function createAssign(deps: ReportDependencies, show: ShowReport): Handlers<'assignReport'>['assignReport'] {
  const { desk } = deps;
  const record = recordOf(deps.audit);
  const once = createOnce(deps.clock, REPEAT_MS);

  return async (call) => {
    const { actor } = call.caller;
    const id = paramOf(call);
    const to = call.body.assigneeId ?? undefined;
    if (to !== undefined && !(await isActive(deps, to))) throw new Refusal('AccountNotFound');
    // Logged first, as what is answered.
    const report = await desk.assign(id, to, ({ rev }) =>
      once(`${actor.delegateId} ${id} ${rev} ${to}`, () =>
        record('report.assigned', actor, id, to === undefined ? undefined : { to }),
      ),
    );
    return show(report, call.caller);
  };
}

interface ReportPage {
  readonly reports: readonly Report[];
  readonly next?: number;
}

/**
 * The unread first, then by their last change.
 * @param before of the page before this one; absent: the first.
 */
function pageOf(all: readonly Report[], before: number | undefined): ReportPage {
  const unread = all.filter(isUnread).slice(0, UNREAD_ON_FIRST_PAGE);
  const shown = new Set(unread.map(({ id }) => id));
  const rest = all.filter(({ id, changedAt }) => !shown.has(id) && (before === undefined || changedAt < before));
  const last = rest[PAGE - 1];
  // All that changed in one millisecond are on one page: the next one begins before it.
  const page = last ? rest.filter(({ changedAt }) => changedAt >= last.changedAt) : rest;
  return {
    reports: before === undefined ? [...unread, ...page] : page,
    ...(last && page.length < rest.length && { next: last.changedAt }),
  };
}
