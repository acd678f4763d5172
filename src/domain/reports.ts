import type { ReportDesk } from './report-desk.js';
import { createReportDesk } from './report-desk-service.js';
import { createReportFollowUp } from './report-follow-up.js';
import type { ReportFollowUp, ReportIntake } from './report-intake.js';
import { createReportIntake } from './report-intake-service.js';
import { createReportParts, type ReportsDependencies } from './report-parts.js';
import { createReportUpkeep, type ReportUpkeep } from './report-retention.js';
import type { SharedChanges } from './shared-changes.js';

/** Everything about confidential reports, over one store and the keys in memory. */
export interface Reports {
  readonly intake: ReportIntake;
  readonly followUp: ReportFollowUp;
  readonly desk: ReportDesk;
  readonly upkeep: ReportUpkeep;
}

/** @param changes other processes learn of what changes here, and are heard. */
export function createReports(deps: ReportsDependencies, changes?: SharedChanges): Reports {
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of [...listeners]) listener();
  };
  const parts = createReportParts(deps, () => {
    tell();
    changes?.tell('reports');
  });
  changes?.listen('reports', tell);
  const { forgetTickets, ...followUp } = createReportFollowUp(parts);

  return {
    intake: createReportIntake(parts),
    followUp,
    desk: createReportDesk(parts, (listener) => {
      // A function of its own: the same one may be given twice.
      const own = (): void => listener();
      listeners.add(own);
      return () => listeners.delete(own);
    }),
    upkeep: createReportUpkeep(parts, forgetTickets),
  };
}
