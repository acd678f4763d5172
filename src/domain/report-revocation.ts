import type { Millis } from './desk-state.js';
import { isDomainError } from './errors.js';
import type { Report, ReportKey } from './report.js';
import type { Reader, ReportDesk } from './report-desk.js';
import { eachReport } from './report-pages.js';
import type { ReportParts } from './report-parts.js';
import { isAmong } from './report-readers.js';

/** With the same team, all reports are gone through again after so long: one may just have been sealed for the team before. */
const AGAIN_MS = 10 * 60 * 1000;

/**
 * What former readers could open is taken from them, and its keys seal nothing new. A key that nobody of the team can open
 * is left as it is, but retired: without it the report would be lost even to a colleague whose account is enabled again.
 */
export function createRevocation({ store, change, readers, now }: ReportParts): ReportDesk['revokeFormerReaders'] {
  let last: { readonly team: string; readonly at: Millis } | undefined;

  async function revoke(id: string, team: readonly Reader[]): Promise<boolean> {
    try {
      return (await change(id, (report) => withoutFormer(report, team))).isStored;
    } catch (error) {
      if (isDomainError(error, 'report-gone')) return false;
      throw error;
    }
  }

  return async (onRevoked) => {
    const team = await readers();
    const at = now();
    const name = JSON.stringify(team.map(({ delegateId, publicKey }) => [delegateId, publicKey]));
    if (last?.team === name && at - last.at < AGAIN_MS) return 0;
    let changed = 0;
    for await (const report of eachReport(store)) {
      if (!withoutFormer(report, team) || !(await revoke(report.id, team))) continue;
      changed += 1;
      onRevoked?.();
    }
    last = { team: name, at };
    return changed;
  };
}

function withoutFormer(report: Report, team: readonly Reader[]): Report | undefined {
  const keys = report.keys.map((key) => withoutFormerReaders(key, team));
  return keys.some((key, index) => key !== report.keys[index]) ? { ...report, keys } : undefined;
}

function withoutFormerReaders(key: ReportKey, team: readonly Reader[]): ReportKey {
  const staying = key.sealedTo.filter((reader) => isAmong(reader, team));
  if (staying.length === key.sealedTo.length) return key;
  if (staying.length > 0) return { ...key, sealedTo: staying, isRetired: true };
  return key.isRetired ? key : { ...key, isRetired: true };
}
