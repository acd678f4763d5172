import { randomUUID } from 'node:crypto';
import type { Report } from './report.js';
import { wipe } from './report-keys.js';
import { noReader, type ReportParts } from './report-parts.js';
import { isAmong, isOpenToTeamOnly, sealToEach } from './report-readers.js';
import type { DataKey } from './report-sealing.js';

/** A data key ready to seal with. Whoever got it wipes it. */
export interface KeyInHand {
  readonly keyId: string;
  readonly key: DataKey;
  /** The report, in which this key is sealed to the whole team. */
  readonly report: Report;
}

type Parts = Pick<ReportParts, 'sealing' | 'keys' | 'readers'>;

/**
 * The key that the draft was sealed with lately, sealed to whoever joined meanwhile; a new one when no process has it in
 * memory, or when somebody who could open it has left. @throws DomainError `no-reader`.
 */
export async function takeKey(parts: Parts, report: Report, now: number): Promise<KeyInHand> {
  const team = await parts.readers();
  const open = report.keys.filter((each) => isOpenToTeamOnly(each, team));
  await parts.keys.learn(
    report.id,
    open.map(({ id }) => id),
    report.changedAt,
  );
  const present = open.findLast(({ id }) => parts.keys.has(report.id, id));
  const key = present && parts.keys.copyOf(report.id, present.id);
  if (!present || !key) return makeKey(parts, report, now);

  const newcomers = team.filter((reader) => !isAmong(reader, present.sealedTo));
  const place = { reportId: report.id, keyId: present.id };
  const sealed = await sealToEach(parts.sealing, key, { place, readers: newcomers });
  const shared = { ...present, sealedTo: [...present.sealedTo, ...sealed] };
  return {
    keyId: present.id,
    key,
    report: { ...report, keys: report.keys.map((each) => (each === present ? shared : each)) },
  };
}

/** A new key, sealed to the whole team. @throws DomainError `no-reader`. */
export async function makeKey(parts: Omit<Parts, 'keys'>, report: Report, now: number): Promise<KeyInHand> {
  const readers = await parts.readers();
  const keyId = randomUUID();
  const key = parts.sealing.makeDataKey();
  const sealedTo = await sealToEach(parts.sealing, key, { place: { reportId: report.id, keyId }, readers });
  if (sealedTo.length === 0) {
    wipe(key);
    throw noReader();
  }
  return { keyId, key, report: { ...report, keys: [...report.keys, { id: keyId, createdAt: now, sealedTo }] } };
}
