import type { z } from 'zod';
import { fingerprintOf } from '../domain/account-fingerprint.js';
import {
  isUnread,
  lastWordAt,
  lastWordOfReporter,
  type Report,
  type ReportEvent,
  type ReportKey,
} from '../domain/report.js';
import type { Reader } from '../domain/report-desk.js';
import type { People } from './people.js';
import { pseudonymOf } from './pseudonym.js';
import { openersOf, sealedFor } from './report-keys.js';
import type * as wire from './schemas/reports.js';

type CardView = z.input<typeof wire.reportCard>;
type DetailView = z.input<typeof wire.reportDetail>;
type EventView = z.input<typeof wire.reportEvent>;
type KeyView = z.input<typeof wire.reportKey>;
export type ReaderView = z.input<typeof wire.reader>;

/** What all reports of one answer are shown by. */
export interface ReportSurroundings {
  /** With the key that they have now. */
  readonly caller: Reader;
  readonly readers: readonly Reader[];
  readonly people: People;
  /** Ids of those that nobody has read for too long. */
  readonly overdue: ReadonlySet<string>;
}

const SUMMARY_STEPS = ['category', 'where', 'when'] as const;

/** A report as the caller may see it: of its keys, nothing that is sealed to somebody else. */
export function presentReportCard(report: Report, surroundings: ReportSurroundings): CardView {
  const { caller, people, overdue } = surroundings;
  const { id, rev, status, changedAt, createdAt, submittedAt = createdAt, closedAt, assigneeId } = report;
  // Drafts do not leave the intake.
  if (status === 'draft') throw new Error('A draft was to be shown');
  return {
    id,
    rev,
    pseudonym: pseudonymOf(id),
    status,
    submittedAt,
    lastWordAt: lastWordAt(report),
    changedAt,
    ...(closedAt !== undefined && { closedAt }),
    ...(assigneeId !== undefined && { assignee: people.named(assigneeId) }),
    isUnread: isUnread(report),
    isOverdue: overdue.has(id),
    isNewToCaller: !hasRead(report, caller),
    lastSeq: report.events.at(-1)?.seq ?? 0,
    keys: report.keys.map((key) => presentKey(key, surroundings)),
    summary: SUMMARY_STEPS.flatMap((wanted) => {
      const event = report.events.findLast(({ step, sealed }) => step === wanted && sealed !== null);
      return event ? [presentEvent(event, people)] : [];
    }),
  };
}

/** @param now in ms: what is sealed for an answer carries the server's time. */
export function presentReport(report: Report, surroundings: ReportSurroundings, now: number): DetailView {
  const { people, readers } = surroundings;
  const { reporterKey, events, readings } = report;
  if (reporterKey === undefined) throw new Error('A report was sent without the key of its author');
  return {
    card: presentReportCard(report, surroundings),
    events: events.map((event) => presentEvent(event, people)),
    reporterKey,
    readers: readers.map((reader) => presentReader(reader, people)),
    readings: readings.map(({ delegateId, seq, at }) => ({ by: people.named(delegateId), seq, at })),
    now,
  };
}

export function presentReader({ delegateId, publicKey }: Reader, people: People): ReaderView {
  const { id, displayName } = people.named(delegateId);
  return { id, displayName, publicKey, fingerprint: fingerprintOf(publicKey) };
}

function hasRead(report: Report, { delegateId }: Reader): boolean {
  const last = lastWordOfReporter(report);
  return report.readings.some((reading) => reading.delegateId === delegateId && reading.seq >= last);
}

function presentKey(key: ReportKey, { caller, readers }: ReportSurroundings): KeyView {
  const own = sealedFor(key, caller);
  return {
    id: key.id,
    ...(own && { sealed: own.sealed }),
    readers: [...openersOf(key, readers)],
    isRetired: key.isRetired ?? false,
  };
}

function presentEvent({ seq, kind, step, author, at, keyId, digest, sealed }: ReportEvent, people: People): EventView {
  return {
    seq,
    kind,
    ...(step !== undefined && { step }),
    ...(author !== undefined && { author, by: people.named(author) }),
    at,
    keyId,
    digest,
    sealed,
  };
}
