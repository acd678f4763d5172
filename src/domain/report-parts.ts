import type { AccountStore } from '../storage/ports/account-store.js';
import type { ReportStore } from '../storage/ports/report-store.js';
import type { Clock } from './clock.js';
import type { Millis } from './desk-state.js';
import { DomainError } from './errors.js';
import type { Report } from './report.js';
import type { ReceiptAttempts } from './report-attempts.js';
import { type ChangeReport, createChangeReport } from './report-changes.js';
import type { Reader } from './report-desk.js';
import { createReportKeys, type ReportKeys } from './report-keys.js';
import type { TellAuthor } from './report-notice.js';
import { readersOf } from './report-readers.js';
import type { ReportSealing } from './report-sealing.js';
import type { SecretLines } from './secret-lines.js';

export interface ReportSettings {
  /** A draft is erased so long after its last answer. */
  readonly draftHours: number;
  /** Delegates are alarmed of a report that none of them has read for so long. */
  readonly unreadHours: number;
  /** A report is erased so long after it was closed. */
  readonly retentionDays: number;
}

export interface ReportsDependencies {
  readonly store: ReportStore;
  readonly accounts: Pick<AccountStore, 'list'>;
  readonly sealing: ReportSealing;
  readonly clock: Clock;
  readonly settings: ReportSettings;
  /** Absent: authors look by themselves. */
  readonly tellAuthor?: TellAuthor;
  /** The author could not be told. */
  readonly onTellingFailed?: (error: unknown) => void;
  /** Resolves after so many milliseconds; tests wait for nothing. */
  readonly pause?: (milliseconds: number) => Promise<unknown>;
  /** Absent: this process counts wrong receipts alone. */
  readonly attempts?: ReceiptAttempts | undefined;
  /** To the memory of the other processes; absent: this one keeps its keys and tickets to itself. */
  readonly lines?: SecretLines;
}

/** What the services about reports share. */
export interface ReportParts extends ReportsDependencies {
  readonly keys: ReportKeys;
  readonly change: ChangeReport;
  now(): Millis;
  /** The whole team that can read. */
  readers(): Promise<readonly Reader[]>;
  /** True once a draft has waited too long: it counts as erased, even before it is. */
  isOver(draft: Report, now: Millis): boolean;
  /** Tells those who show reports. */
  changed(): void;
}

const HOUR_MS = 60 * 60 * 1000;

export function createReportParts(deps: ReportsDependencies, changed: () => void): ReportParts {
  const { store, accounts, clock, settings } = deps;
  return {
    ...deps,
    keys: createReportKeys({ clock, lines: deps.lines }),
    change: createChangeReport({ store, clock, changed }),
    now: () => clock().getTime(),
    readers: async () => readersOf(await accounts.list()),
    isOver: ({ changedAt }, now) => now - changedAt >= settings.draftHours * HOUR_MS,
    changed,
  };
}

export function reportGone(): DomainError {
  return new DomainError('report-gone', 'The report does not exist');
}

export function noReader(): DomainError {
  return new DomainError('no-reader', 'No delegate has keys');
}

export function reportFull(): DomainError {
  return new DomainError('too-many-attempts', 'The report holds no more');
}
