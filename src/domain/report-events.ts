import type { Report, ReportEvent } from './report.js';
import type { ReportStep } from './report-answers.js';
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

/**
 * What the last answer to a question replaced is gone at once, all of its parts; their digests stay, as later events hold
 * them.
 */
export function withoutReplaced(events: readonly ReportEvent[], step: ReportStep): readonly ReportEvent[] {
  const isAnswerTo = (event: ReportEvent) => isAnswer(event) && event.step === step;
  const last = events.findLast(isAnswerTo);
  return events.map((event) => (isAnswerTo(event) && event !== last ? { ...event, sealed: null } : event));
}

/** Answers that were not replaced, in their order: one to each question, or the parts of one. */
export function standingAnswers({ events }: Pick<Report, 'events'>): readonly ReportEvent[] {
  return events.filter((event) => isAnswer(event) && event.sealed !== null);
}

function isAnswer({ kind }: ReportEvent): boolean {
  return kind === 'answer';
}
