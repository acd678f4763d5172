import type { DelegateId, Millis } from './desk-state.js';
import { DomainError } from './errors.js';
import type { Report, ReportEvent, ReportKey } from './report.js';
import type { DelegateEvent, Reader } from './report-desk.js';
import { nextSeq } from './report-events.js';
import { reportFull } from './report-parts.js';
import { isAmong, isOpenToTeamOnly, isSealedToWholeTeam } from './report-readers.js';

/** How far the browser's clock may be from the server's. */
const MOST_DRIFT_MS = 5 * 60 * 1000;
/** In characters, as stored: a document of MongoDB holds 16 MB. */
const LARGEST = 12_000_000;

interface Given {
  readonly event: DelegateEvent;
  readonly author: DelegateId;
  /** Whoever can read now. */
  readonly team: readonly Reader[];
  /** Of what is sealed. */
  readonly digest: string;
  readonly at: Millis;
}

/**
 * The report with what a delegate's browser sealed; undefined when it is there already, by an earlier try of the same call.
 * @throws DomainError `report-changed`, `not-in-this-state` for what no event may be, `too-many-attempts` when it is full.
 */
export function withDelegateEvent(report: Report, given: Given): Report | undefined {
  const { event, author, digest, at } = given;
  const present = report.events.find(({ seq }) => seq === event.seq);
  if (present?.digest === digest && present.author === author) return undefined;
  assertWhole(event);
  assertFits(report, given);
  if (JSON.stringify(report).length > LARGEST) throw reportFull();

  const { kind, seq, keyId, sealed, toReporter, newKey, status } = event;
  const words = { sealed, ...(toReporter !== undefined && { toReporter }) };
  const added: ReportEvent = { seq, kind, author, at: event.at, keyId, digest, ...words };
  const keys = newKey ? [...report.keys, { id: keyId, createdAt: at, sealedTo: newKey.sealedTo }] : report.keys;
  const changed = { ...report, keys, events: [...report.events, added], changedAt: Math.max(at, report.changedAt) };
  return status === undefined ? changed : withStatus(changed, status, at);
}

/** A note goes to no author, a reply goes to its author, and only a status changes the status. */
function assertWhole({ kind, toReporter, status }: DelegateEvent): void {
  const isFitForAuthor = kind === 'status' || (kind === 'reply') === (toReporter !== undefined);
  if (isFitForAuthor && (kind === 'status') === (status !== undefined)) return;
  throw new DomainError('not-in-this-state', 'An event of this kind is made otherwise');
}

function assertFits(report: Report, { event, author, team, at }: Given): void {
  const { seq, keyId, newKey } = event;
  const present = report.keys.find(({ id }) => id === keyId);
  const isKeyFit = newKey ? !present && isSealedToWholeTeam(newKey.sealedTo, team) : isFit(present, team);
  const isInTime = Math.abs(event.at - at) <= MOST_DRIFT_MS;
  const isOfTeam = team.some(({ delegateId }) => delegateId === author);
  if (seq === nextSeq(report) && isKeyFit && isInTime && isOfTeam) return;
  throw new DomainError('report-changed', 'The report or the team has changed since it was sealed');
}

function isFit(key: ReportKey | undefined, team: readonly Reader[]): boolean {
  return key !== undefined && isOpenToTeamOnly(key, team) && team.every((reader) => isAmong(reader, key.sealedTo));
}

function withStatus({ closedAt: _, ...report }: Report, status: Report['status'], at: Millis): Report {
  return { ...report, status, ...(status === 'closed' && { closedAt: at }) };
}
