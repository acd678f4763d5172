import type { Answers } from '../../src/domain/answers.js';
import type { Responder } from '../dialog-turn.js';
import { REPORT_ID } from '../report/report-dialog.js';
import { REPORT_STATUS_ID } from '../report/report-status-dialog.js';
import type { Wording } from '../wording.js';

export interface ServiceDependencies {
  readonly answers: Answers;
  readonly privacyPath: string;
  readonly retentionDays: number;
  /** How long reports are kept, once they are closed, and before they are sent. */
  readonly reports: { readonly draftHours: number; readonly retentionDays: number };
  readonly operator?: string | undefined;
}

/** A robot; and who runs it, or that it is a demonstration. */
export function answerIdentity({ answers, operator }: ServiceDependencies): Responder {
  return ({ channel }) => {
    const demo = answers.inChannel('operator.demo', channel);
    const runner = operator ? answers.phrase('operator.named', { operator }) : answers.phrase(demo);
    return answers.render('bot.identity', { runner });
  };
}

/** In the middle of a report it is about the report. */
export function answerConfidentiality({
  answers,
  privacyPath,
  retentionDays,
  reports,
  wording,
}: ServiceDependencies & { readonly wording: Pick<Wording, 'passes'> }): Responder {
  const link = { title: answers.phrase('link.privacy'), url: privacyPath };
  const card = { title: answers.phrase('card.privacy'), links: [link] };
  return ({ channel, within }) => {
    if (!isOfReport(within))
      return answers.render('privacy.confidentiality', { days: String(retentionDays) }, { card });
    const { draftHours, retentionDays: days } = reports;
    const variables = { hours: String(draftHours), days: String(days), passes: wording.passes(channel) };
    return answers.render('privacy.confidentiality.report', variables, { card });
  };
}

function isOfReport(dialog: string | undefined): boolean {
  return dialog === REPORT_ID || dialog === REPORT_STATUS_ID;
}
