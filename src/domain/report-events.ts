import type { Report, ReportEvent } from './report.js';
import type { DataKey, EventBody, EventPlace, ReportSealing } from './report-sealing.js';

export type EventHead = Pick<ReportEvent, 'kind' | 'step' | 'at' | 'keyId' | 'cause'>;

/** Where an event of this report was sealed to. */
export function placeOf(reportId: string, { keyId, seq, kind, step, author, at }: ReportEvent): EventPlace {
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

export function nextSeq({ events }: Pick<Report, 'events'>): number {
  return (events.at(-1)?.seq ?? 0) + 1;
}

/** The report with one more event, sealed to its place and to the event before it. */
export async function withSealedEvent(
  sealing: Pick<ReportSealing, 'sealEvent' | 'digestOf'>,
  report: Report,
  { head, body, key }: { readonly head: EventHead; readonly body: EventBody; readonly key: DataKey },
): Promise<Report> {
  const { kind, step, at, keyId, cause } = head;
  const placed = { seq: nextSeq(report), kind, at, keyId, ...(step !== undefined && { step }) };
  const place = { ...placed, reportId: report.id };
  const sealed = await sealing.sealEvent(key, place, { body, previous: report.events.at(-1)?.digest ?? '' });
  const digest = await sealing.digestOf(sealed);
  const event = { ...placed, digest, sealed, ...(cause !== undefined && { cause }) };
  return { ...report, events: [...report.events, event], changedAt: Math.max(at, report.changedAt) };
}

/** Answers that their author replaced are gone at once; their digests stay, as later events hold them. */
export function withoutReplaced(events: readonly ReportEvent[]): readonly ReportEvent[] {
  const last = new Map(events.filter(isAnswer).map(({ step, seq }) => [step, seq]));
  return events.map((event) =>
    isAnswer(event) && last.get(event.step) !== event.seq ? { ...event, sealed: null } : event,
  );
}

/** The last answer to each question, in no particular order. */
export function lastAnswers({ events }: Pick<Report, 'events'>): readonly ReportEvent[] {
  return [...new Map(events.filter(isAnswer).map((event) => [event.step, event])).values()];
}

function isAnswer({ kind }: ReportEvent): boolean {
  return kind === 'answer';
}
