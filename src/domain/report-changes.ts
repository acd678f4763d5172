import type { ReportStore } from '../storage/ports/report-store.js';
import type { Clock } from './clock.js';
import type { Millis } from './desk-state.js';
import { DomainError, isDomainError } from './errors.js';
import type { Report } from './report.js';

export interface ReportChange {
  /** As it is now. */
  readonly report: Report;
  /** False when there was nothing to store. */
  readonly isStored: boolean;
}

/**
 * Loads the report, plans, and stores the plan if nothing has changed meanwhile; else all of it again.
 * @param plan what to store in its place, made from what it is given; undefined: nothing.
 * @throws what `plan` throws; DomainError `report-gone`, `revision-conflict`, `storage-unavailable`.
 */
export type ChangeReport = (
  id: string,
  plan: (report: Report, now: Millis) => Report | undefined | Promise<Report | undefined>,
) => Promise<ReportChange>;

export interface ChangeReportDependencies {
  readonly store: Pick<ReportStore, 'load' | 'replace'>;
  readonly clock: Clock;
  /** Called after each change of a report that was sent. */
  readonly changed: () => void;
}

/** How often a change may be overtaken: each round one of the others gets through. */
const MAX_TRIES = 20;

export function createChangeReport({ store, clock, changed }: ChangeReportDependencies): ChangeReport {
  async function attempt(id: string, plan: Parameters<ChangeReport>[1]): Promise<ReportChange> {
    const report = await store.load(id);
    if (!report) throw new DomainError('report-gone', 'The report does not exist');
    const planned = await plan(report, clock().getTime());
    if (!planned) return { report, isStored: false };
    await store.replace({ ...planned, rev: report.rev }, { isErasing: dropsAny(report, planned) });
    if (planned.status !== 'draft') changed();
    return { report: { ...planned, rev: report.rev + 1 }, isStored: true };
  }

  return async (id, plan) => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await attempt(id, plan);
      } catch (error) {
        if (!isDomainError(error, 'revision-conflict') || tries === MAX_TRIES) throw error;
      }
    }
  };
}

/** True when something sealed, or a name that leads elsewhere, is not to be found any more. */
function dropsAny(before: Report, after: Report): boolean {
  const kept = new Set(tracesOf(after));
  return tracesOf(before).some((trace) => !kept.has(trace));
}

function tracesOf({ events, keys, conversationId, notifies, receiptRef }: Report): readonly string[] {
  const traces = [
    ...events.flatMap(({ sealed, toReporter }) => [sealed, toReporter]),
    ...keys.flatMap(({ sealedTo }) => sealedTo.map(({ sealed }) => sealed)),
    conversationId,
    notifies,
    receiptRef,
  ];
  return traces.filter((trace) => typeof trace === 'string');
}
