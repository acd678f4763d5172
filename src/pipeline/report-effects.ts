import { createHmac, randomBytes } from 'node:crypto';
import type { ReportFollowUp, ReportIntake } from '../domain/report-intake.js';
import type { ReportEffects } from '../domain/turn-effects.js';
import type { Turn } from './compose.js';
import type { Confidences } from './confidences.js';
import type { HeldAnswers } from './held-answers.js';
import { nameOfReceipt } from './reveal.js';

export interface ReportServices {
  readonly intake: ReportIntake;
  readonly followUp: ReportFollowUp;
}

export interface ReportEffectsDependencies {
  readonly reports: ReportServices;
  readonly confidences: Confidences;
  readonly held: HeldAnswers;
  /** Has something done once the dialogs have run to their end. */
  readonly atEnd: (step: () => void) => void;
}

/** What the dialogs of one turn may do about reports, bound to its conversation and its message. */
export function createReportEffects(
  { conversation: { id }, received: { externalId }, secrecy }: Pick<Turn, 'conversation' | 'received' | 'secrecy'>,
  { reports, confidences, held: holding, atEnd }: ReportEffectsDependencies,
): ReportEffects {
  let held = holding.found;

  return {
    canBeRead: () => reports.intake.canBeRead(),
    draft: () => reports.intake.draftOf(id),
    open: () => reports.intake.open(id),
    answer: (answers) => reports.intake.answer(id, answers, externalId),
    answeredBy: (externalId) => reports.intake.answeredBy(id, externalId),
    hold(answers) {
      held = answers;
      atEnd(() => holding.replace(answers));
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
    add: async (ticket, text) =>
      reports.followUp.add(ticket, text, untraceable(await causeKeyOf(id, confidences), externalId)),
    notify: (ticket, isOn) => reports.followUp.notifyIn(ticket, isOn ? id : undefined),
    notifyAfterSending: (receiptRef) => reports.followUp.notifyAfterSending(receiptRef, id),
  };
}

const KEY_BYTES = 32;

/**
 * What the author of a report adds is stored with no way back to the conversation: its cause is the message's id under a key
 * of the conversation that is in memory only, as tickets are, and gone as soon.
 */
async function causeKeyOf(conversationId: string, confidences: Confidences): Promise<string> {
  const name = `cause:${conversationId}`;
  await confidences.learn(name);
  const known = confidences.find(name);
  if (known !== undefined) return known;
  const made = randomBytes(KEY_BYTES).toString('base64url');
  confidences.keepAs(name, conversationId, made);
  return made;
}

function untraceable(causeKey: string, externalId: string): string {
  return createHmac('sha256', causeKey).update(externalId).digest('base64url');
}
