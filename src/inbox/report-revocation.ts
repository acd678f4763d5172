import type { AuditLog } from '../domain/audit-log.js';
import type { ReportDesk } from '../domain/report-desk.js';

export interface ReportRevocation {
  /**
   * Takes reports away from every key that has gone from the team since the last call, and in the first one from every
   * key that is not in it. One after the other. Rejects when storage is away; the next call makes up for it.
   */
  check(): Promise<void>;
}

export interface ReportRevocationDependencies {
  readonly desk: Pick<ReportDesk, 'readers' | 'revokeFormerReaders'>;
  readonly audit: Pick<AuditLog, 'record'>;
}

/** Accounts change at every login: reports are looked through only when somebody has left, or has new keys. */
export function createReportRevocation({ desk, audit }: ReportRevocationDependencies): ReportRevocation {
  let known: readonly string[] | undefined;
  let running: Promise<void> = Promise.resolve();

  async function revoke(): Promise<void> {
    const present = (await desk.readers()).map(({ delegateId, publicKey }) => `${delegateId} ${publicKey}`);
    if (known?.every((reader) => present.includes(reader))) {
      known = present;
      return;
    }
    const reports = await desk.revokeFormerReaders();
    // After it succeeded: one that fails is done again.
    known = present;
    if (reports > 0) await audit.record({ action: 'report.revoked', details: { reports } });
  }

  return {
    check() {
      const check = running.then(revoke);
      running = check.catch(() => undefined);
      return check;
    },
  };
}
