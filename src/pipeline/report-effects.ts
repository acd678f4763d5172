import { createHmac, randomBytes } from 'node:crypto';
import type { ReportAnswer } from '../domain/report-answers.js';
import type { ReportFollowUp, ReportIntake } from '../domain/report-intake.js';
import type { ReportEffects } from '../domain/turn-effects.js';
import type { Turn } from './compose.js';
import type { Confidences } from './confidences.js';
import { nameOfReceipt } from './reveal.js';

export interface ReportServices {
  readonly intake: ReportIntake;
  readonly followUp: ReportFollowUp;
}

/**
 * What the author of a report adds is stored with no way back to the conversation: its cause is the message's id under a
 * key that is gone with this process, as tickets are.
 */
const CAUSE_KEY = randomBytes(32);

export interface ReportEffectsDependencies {
  readonly reports: ReportServices;
  readonly confidences: Confidences;
  /** Has something done once the dialogs have run to their end. */
  readonly atEnd: (step: () => void) => void;
}

/** What the dialogs of one turn may do about reports, bound to its conversation and its message. */
export function createReportEffects(
  { conversation: { id }, received: { externalId }, secrecy }: Pick<Turn, 'conversation' | 'received' | 'secrecy'>,
  { reports, confidences, atEnd }: ReportEffectsDependencies,
): ReportEffects {
  const holding = createHolding(id, confidences);
  // A turn that is run again finds held what its first attempt found.
  secrecy.held ??= { answers: holding.read() };
  let held = secrecy.held.answers;

  return {
    canBeRead: () => reports.intake.canBeRead(),
    draft: () => reports.intake.draftOf(id),
    open: () => reports.intake.open(id),
    answer: (answers) => reports.intake.answer(id, answers, externalId),
    answeredBy: (externalId) => reports.intake.answeredBy(id, externalId),
    hold(answers) {
      held = answers;
      atEnd(() => holding.write(answers));
    },
    held: () => held,
    discard: () => reports.intake.discard(id),
    async submit(reportId) {
      const sent = await reports.intake.submit(reportId);
      secrecy.receiptRef = sent.receiptRef;
      return sent;
    },
    showReceipt(receiptRef, content, standIn) {
      const name = nameOfReceipt(receiptRef);
      confidences.keepAs(name, id, content.text);
      return { ...content, text: standIn, reveal: name };
    },
    find: (receipt) => reports.followUp.find(receipt, id),
    add: (ticket, text) => reports.followUp.add(ticket, text, untraceable(id, externalId)),
    notify: (ticket, isOn) => reports.followUp.notifyIn(ticket, isOn ? id : undefined),
    notifyAfterSending: (receiptRef) => reports.followUp.notifyAfterSending(receiptRef, id),
  };
}

/** Answers among the words that are kept in memory, under a name that no message has. */
function createHolding(conversationId: string, confidences: Confidences) {
  const name = `held:${conversationId}`;
  return {
    read(): readonly ReportAnswer[] | undefined {
      const kept = confidences.find(name);
      return kept === undefined ? undefined : JSON.parse(kept);
    },
    write(answers: readonly ReportAnswer[] | undefined): void {
      if (answers) confidences.keepAs(name, conversationId, JSON.stringify(answers));
      else confidences.drop(name);
    },
  };
}

function untraceable(conversationId: string, externalId: string): string {
  return createHmac('sha256', CAUSE_KEY)
    .update(JSON.stringify([conversationId, externalId]))
    .digest('base64url');
}
