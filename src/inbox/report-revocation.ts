import type { AuditLog } from '../domain/audit-log.js';
import type { ReportDesk } from '../domain/report-desk.js';

export interface ReportRevocation {
  /**
   * Takes reports away from whoever is not of the team any more, or has other keys by now; one call after the other.
   * Rejects when storage is away; the next call makes up for it.
   */
  check(): Promise<void>;
}

export interface ReportRevocationDependencies {
  readonly desk: Pick<ReportDesk, 'revokeFormerReaders'>;
  readonly audit: Pick<AuditLog, 'record'>;
}

export function createReportRevocation({ desk, audit }: ReportRevocationDependencies): ReportRevocation {
  let running: Promise<void> = Promise.resolve();
  let unlogged = 0;

  async function log(): Promise<void> {
    if (unlogged === 0) return;
    await audit.record({ action: 'report.revoked', details: { reports: unlogged } });
    unlogged = 0;
  }

  async function revoke(): Promise<void> {
    try {
      await desk.revokeFormerReaders(() => {
        unlogged += 1;
      });
    } catch (error) {
      // What could not be logged either is by the next call.
      await log().catch(() => undefined);
      throw error;
    }
    await log();
  }

  return {
    check() {
      const check = running.then(revoke);
      running = check.catch(() => undefined);
      return check;
    },
  };
}
