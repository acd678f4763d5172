import { useCallback, useEffect, useRef } from 'react';
import { call } from '../api/client.js';
import type { ApiProblem } from '../api/problem.js';
import type { ReportDetail } from '../api/types.js';
import { useLoad } from '../api/use-load.js';
import type { Known } from './append.js';
import { useReportList, useReports } from './context.js';
import { openWhole, type WholeReport } from './whole-report.js';

/** A report as the server has it, and what it says. */
export interface OpenedReport extends Known {
  readonly whole: WholeReport;
}

export interface ReportControl {
  readonly opened: OpenedReport | undefined;
  readonly problem: ApiProblem | undefined;
  readonly reload: () => void;
  /** Shows what a change has answered. */
  readonly take: (detail: ReportDetail) => Promise<void>;
}

/** Reads one report and opens it here; again whenever the list tells that it has changed. */
export function useReport(id: string): ReportControl {
  const { open, list } = useReports();
  const newest = useReportList().cards.get(id)?.rev ?? 0;
  const latest = useRef<OpenedReport>(undefined);
  const byItself = useRef(false);
  const askedFor = useRef(0);

  const openDetail = useCallback(
    async (detail: ReportDetail): Promise<OpenedReport> => {
      const opened = { detail, whole: await openWhole(open, detail), clockOffset: detail.now - Date.now() };
      // Two answers may come in another order than they were given.
      const known = latest.current;
      if (!known || known.detail.card.rev <= detail.card.rev) latest.current = opened;
      return latest.current ?? opened;
    },
    [open],
  );

  const { data, problem, isLoading, reload, setData } = useLoad(`report-${id}`, async (signal) => {
    const isBackground = byItself.current;
    byItself.current = false;
    return openDetail(await call('openReport', { params: { id }, isBackground }, signal));
  });

  const rev = data?.detail.card.rev;
  useEffect(() => {
    if (rev === undefined || isLoading || newest <= Math.max(rev, askedFor.current)) return;
    askedFor.current = newest;
    byItself.current = true;
    reload();
  }, [rev, newest, isLoading, reload]);
  useEffect(() => {
    if (data) list.take(data.detail.card);
  }, [data, list]);

  const take = useCallback(async (detail: ReportDetail) => setData(await openDetail(detail)), [openDetail, setData]);
  return { opened: data, problem, reload, take };
}
