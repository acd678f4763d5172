import type { ReportAnswer } from '../../../domain/report-answers.js';
import { REPORT_STEPS, type ReportStep } from '../../../domain/report-answers.js';
import { type EventFinding, verifyChain } from '../../../sealing/index.js';
import type { ReportDetail } from '../api/types.js';
import type { Open, OpenedItem, OpeningFault } from './opening.js';

/** An event as it is shown: what it says, and whether it stands where it was sealed to. */
export type ReportItem = OpenedItem & {
  readonly finding: EventFinding;
  /** How many events are missing between the one before and this. */
  readonly missingBefore: number;
};

/** A report, opened in this browser. */
export interface WholeReport {
  readonly items: readonly ReportItem[];
  /** Something was altered, moved or taken out. */
  readonly isDamaged: boolean;
  /** Something is sealed to a key that a colleague has and the reader does not, or that does not open. */
  readonly lacksKeys: boolean;
  /** Something is sealed to a key that nobody has any more. */
  readonly hasLost: boolean;
}

/** Opens all of it and looks whether it is whole. */
export async function openWhole(
  open: Open,
  { card, events }: Pick<ReportDetail, 'card' | 'events'>,
): Promise<WholeReport> {
  const { items, openings } = await open({ reportId: card.id, keys: card.keys, events });
  const findings = verifyChain(events, openings);
  const whole = items.map((item, index): ReportItem => {
    const before = events[index - 1]?.seq ?? 0;
    const finding = findings.events[index] ?? 'cannot-open';
    return { ...settled(item, finding), finding, missingBefore: Math.max(0, item.event.seq - before - 1) };
  });
  const sent = whole.find(({ event }) => event.kind === 'submitted');
  // Without the key of what its author sent, nobody can say whether all of it is there.
  const isShort = sent === undefined || (sent.state === 'open' && !findings.isComplete);
  return {
    items: whole,
    isDamaged: whole.some(isWrong) || isShort,
    lacksKeys: whole.some((item) => isClosedBy(item, 'no-key') || isClosedBy(item, 'broken-key')),
    hasLost: whole.some((item) => isClosedBy(item, 'lost')),
  };
}

/** Said in another place, out of order, or after something that is gone. */
export function isOutOfPlace({ finding }: ReportItem): boolean {
  return finding === 'out-of-chain' || finding === 'missing-before';
}

export interface Answered {
  readonly item: ReportItem;
  readonly step: ReportStep;
  /** Absent when it does not open. */
  readonly answer?: ReportAnswer;
}

/** The answers that stand, in the order of the questions. */
export function answersOf({ items }: WholeReport): readonly Answered[] {
  const standing = items.flatMap((item) => {
    const { step } = item.event;
    if (item.event.kind !== 'answer' || step === undefined || item.state === 'replaced') return [];
    return [{ item, step, ...(item.state === 'open' && 'step' in item.body && { answer: item.body }) }];
  });
  return standing.toSorted((one, other) => REPORT_STEPS.indexOf(one.step) - REPORT_STEPS.indexOf(other.step));
}

/** What was said since it was sent, in its order. */
export function followUpOf({ items }: WholeReport): readonly ReportItem[] {
  return items.filter(({ event }) => event.kind !== 'answer' && event.kind !== 'submitted');
}

/**
 * How far it has really been read: `seq`, or 0 while a key is lacking that a colleague has. What nobody can read any more,
 * altered or lost, counts as seen: else it would alarm for ever.
 */
export function readUpTo({ items, lacksKeys }: WholeReport): number {
  return lacksKeys ? 0 : (items.at(-1)?.event.seq ?? 0);
}

/** Words that are gone, and were not replaced by later ones, were taken out. */
function settled(item: OpenedItem, finding: EventFinding): OpenedItem {
  if (item.state !== 'replaced' || finding === 'replaced') return item;
  return { event: item.event, state: 'closed', fault: 'altered' };
}

function isWrong(item: ReportItem): boolean {
  return isOutOfPlace(item) || item.missingBefore > 0 || isClosedBy(item, 'altered');
}

function isClosedBy(item: ReportItem, fault: OpeningFault): boolean {
  return item.state === 'closed' && item.fault === fault;
}
