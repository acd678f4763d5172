import { randomUUID } from 'node:crypto';
import type { Report, SentStatus } from '../../src/domain/report.js';
import type { DelegateEvent, Reader, ReportDesk } from '../../src/domain/report-desk.js';
import { reportSealing } from '../../src/sealing/index.js';
import { openKey, type TeamMember } from './report-team.js';

export interface Writing {
  readonly kind: DelegateEvent['kind'];
  readonly text?: string;
  readonly status?: SentStatus;
  readonly at: number;
  /** The team that a new key is sealed to; absent: the last key of the report is used. */
  readonly newKeyFor?: readonly Reader[];
}

/** What this delegate's browser makes of what they write, sealed for real. */
export async function writeAs(member: TeamMember, report: Report, writing: Writing): Promise<DelegateEvent> {
  const { kind, at, text, status, newKeyFor } = writing;
  const { keyId, key, newKey } = await keyFor(member, report, newKeyFor);
  const seq = (report.events.at(-1)?.seq ?? 0) + 1;
  const place = { reportId: report.id, keyId, seq, kind, at, author: member.id };
  const words = { ...(text !== undefined && { text }) };
  const body = status ? { status, ...words } : { text: text ?? '' };
  const sealed = await reportSealing.sealEvent(key, place, { body, previous: report.events.at(-1)?.digest ?? '' });
  const isForAuthor = kind === 'reply' || (kind === 'status' && text !== undefined);
  return {
    kind,
    seq,
    at,
    keyId,
    sealed,
    ...(newKey && { newKey }),
    ...(status && { status }),
    ...(isForAuthor && {
      toReporter: await reportSealing.sealToReporter(report.reporterKey ?? '', place, body),
    }),
  };
}

async function keyFor(member: TeamMember, report: Report, team: readonly Reader[] | undefined) {
  const last = report.keys.at(-1)?.id ?? '';
  if (!team) {
    const key = await openKey(report, last, member);
    if (!key) throw new Error('This delegate cannot open the last key');
    return { keyId: last, key };
  }
  const keyId = randomUUID();
  const key = reportSealing.makeDataKey();
  const place = { reportId: report.id, keyId };
  const sealedTo = await Promise.all(
    team.map(async (reader) => ({ ...reader, sealed: await reportSealing.sealDataKey(key, place, reader.publicKey) })),
  );
  return { keyId, key, newKey: { sealedTo } };
}

/** Seals and sends what this delegate writes, by the report as it is now. */
export async function append(
  desk: ReportDesk,
  member: TeamMember,
  id: string,
  writing: Omit<Writing, 'at'> & { readonly at: number },
): Promise<Report> {
  return desk.append(id, member.id, await writeAs(member, await desk.load(id), writing));
}
