import type { AuditLog } from '../domain/audit-log.js';
import type { Clock } from '../domain/clock.js';
import type { DelegateId } from '../domain/desk-state.js';
import type { Report } from '../domain/report.js';
import type { Reader, ReportDesk } from '../domain/report-desk.js';
import type { AccountStore } from '../storage/ports/account-store.js';
import type { Caller, Result } from './handler.js';
import { createPeople } from './people.js';
import { presentReport, type ReportSurroundings } from './present-report.js';
import { overdueOf } from './report-reading.js';

export interface ReportDependencies {
  readonly desk: ReportDesk;
  readonly accounts: Pick<AccountStore, 'list' | 'load'>;
  readonly audit: Pick<AuditLog, 'record'>;
  readonly clock: Clock;
}

/** Who calls, with the key that they have now. */
export function readerOf({ account }: Pick<Caller, 'account'>): Reader {
  return { delegateId: account.id, publicKey: account.credentials.publicKey };
}

/** What does not depend on the report that is shown. @throws DomainError `storage-unavailable`. */
export async function surroundingsOf(
  { desk, accounts }: Pick<ReportDependencies, 'desk' | 'accounts'>,
  caller: Caller,
): Promise<Omit<ReportSurroundings, 'overdue'>> {
  const [readers, all] = await Promise.all([desk.readers(), accounts.list()]);
  return { caller: readerOf(caller), readers, people: createPeople(all) };
}

/** A whole report, as one caller sees it. */
export type ShowReport = (report: Report, caller: Caller) => Promise<Result<'openReport'>>;

export function createShow(deps: Pick<ReportDependencies, 'desk' | 'accounts' | 'clock'>): ShowReport {
  return async (report, caller) => {
    const surroundings = await surroundingsOf(deps, caller);
    const overdue = await overdueOf(deps.desk, surroundings.readers);
    return presentReport(report, { ...surroundings, overdue }, deps.clock().getTime());
  };
}

/** Of somebody who can be given a report, or a key to one. */
export async function isActive({ accounts }: Pick<ReportDependencies, 'accounts'>, id: DelegateId): Promise<boolean> {
  const account = await accounts.load(id);
  return account !== undefined && !account.isDisabled;
}
