import { createContext, use, useSyncExternalStore } from 'react';
import type { OpeningPair } from '../../../sealing/index.js';
import type { Open } from './opening.js';
import type { ReportListStore } from './report-list.js';
import type { ReportListState } from './report-pages.js';

export interface ReportsArea {
  readonly own: OpeningPair;
  readonly open: Open;
  readonly list: ReportListStore;
}

export const ReportsContext = createContext<ReportsArea | undefined>(undefined);

/** @throws Error outside of the reports' pages. */
export function useReports(): ReportsArea {
  const area = use(ReportsContext);
  if (!area) throw new Error('No ReportsContext');
  return area;
}

export function useReportList(): ReportListState {
  const { list } = useReports();
  return useSyncExternalStore(list.subscribe, list.snapshot);
}
