import type { ReportEvent } from '../domain/report.js';
import type { EventPlace, KeyPlace } from '../domain/report-sealing.js';
import { type Bytes, utf8 } from './bytes.js';
import { SealingFault } from './fault.js';

/** HPKE `info`, HKDF `info` and first words of additional data. Never changed: what they sealed must open for years. */
export const PURPOSES = {
  event: 'permanence/report-event/v1',
  key: 'permanence/report-key/v1',
  reply: 'permanence/report-reply/v1',
  lookup: 'permanence/report-lookup/v1',
  reporter: 'permanence/reporter-key/v1',
} as const;

/**
 * A place as additional data: a JSON array of fixed length, so that no two places have the same bytes. What is absent is
 * null there, which no id can be.
 * @throws SealingFault `malformed`, when it is no place at all.
 */
export function bytesOfEventPlace(purpose: 'event' | 'reply', place: EventPlace): Bytes {
  const { reportId, keyId, seq, kind, step, author, at } = place;
  if (!Number.isSafeInteger(seq) || seq < 1 || !Number.isSafeInteger(at)) throw new SealingFault('malformed');
  if ((kind === 'answer') !== (step !== undefined)) throw new SealingFault('malformed');
  return utf8(JSON.stringify([PURPOSES[purpose], reportId, keyId, seq, kind, step ?? null, author ?? null, at]));
}

export function bytesOfKeyPlace({ reportId, keyId }: KeyPlace): Bytes {
  return utf8(JSON.stringify([PURPOSES.key, reportId, keyId]));
}

/** An event as stored or as the wire brings it, as far as its place goes. */
export type PlacedEvent = Pick<ReportEvent, 'seq' | 'kind' | 'keyId' | 'at'> & {
  readonly step?: ReportEvent['step'] | undefined;
  readonly author?: ReportEvent['author'] | undefined;
};

/** Where an event of a report was sealed to. */
export function placeOfEvent(reportId: string, { seq, kind, keyId, at, step, author }: PlacedEvent): EventPlace {
  return {
    reportId,
    keyId,
    seq,
    kind,
    at,
    ...(step !== undefined && { step }),
    ...(author !== undefined && { author }),
  };
}
