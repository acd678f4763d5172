import type { Clock } from './clock.js';
import type { Millis } from './desk-state.js';
import type { DataKey } from './report-sealing.js';

/** After so long without an answer, what was answered is sealed for good. */
export const KEY_LIFETIME_MS = 30 * 60 * 1000;
/** Reports that are written at one time; the one that has been silent for longest gives way. */
const CAPACITY = 1000;

/**
 * The data keys of the drafts that this process took answers for, in memory only. Keys are given out as copies, which
 * whoever took one wipes: one that is overwritten here while it seals would seal with zeros.
 */
export interface ReportKeys {
  has(reportId: string, keyId: string): boolean;
  copyOf(reportId: string, keyId: string): DataKey | undefined;
  /** Keeps a copy, and all keys of the report for another half hour. */
  keep(reportId: string, keyId: string, key: DataKey): void;
  forget(reportId: string): void;
  /** Overwrites those whose time is up; returns of how many reports. */
  forgetSilent(): number;
}

interface Held {
  readonly keys: Map<string, DataKey>;
  usedAt: Millis;
}

export function createReportKeys({ clock, capacity = CAPACITY }: { clock: Clock; capacity?: number }): ReportKeys {
  /** The longest silent first: using one puts it at the end. */
  const reports = new Map<string, Held>();
  const isSilent = ({ usedAt }: Held): boolean => clock().getTime() - usedAt >= KEY_LIFETIME_MS;

  function forget(reportId: string): void {
    for (const key of reports.get(reportId)?.keys.values() ?? []) wipe(key);
    reports.delete(reportId);
  }

  function forgetSilent(): number {
    const silent = [...reports].filter(([, held]) => isSilent(held));
    for (const [reportId] of silent) forget(reportId);
    return silent.length;
  }

  function find(reportId: string, keyId: string): DataKey | undefined {
    const held = reports.get(reportId);
    if (held && isSilent(held)) forget(reportId);
    return reports.get(reportId)?.keys.get(keyId);
  }

  return {
    has: (reportId, keyId) => find(reportId, keyId) !== undefined,
    copyOf: (reportId, keyId) => find(reportId, keyId)?.slice(),
    keep(reportId, keyId, key) {
      forgetSilent();
      const keys = reports.get(reportId)?.keys ?? new Map<string, DataKey>();
      const earlier = keys.get(keyId);
      if (earlier) wipe(earlier);
      keys.set(keyId, key.slice());
      reports.delete(reportId);
      reports.set(reportId, { keys, usedAt: clock().getTime() });
      const [oldest] = reports.keys();
      if (reports.size > capacity && oldest !== undefined) forget(oldest);
    },
    forget,
    forgetSilent,
  };
}

export function wipe(key: Uint8Array): void {
  key.fill(0);
}
