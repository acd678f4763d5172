import type { Answers } from '../../src/domain/answers.js';
import type { Responder } from '../dialog-turn.js';

export interface ServiceDependencies {
  readonly answers: Answers;
  readonly privacyPath: string;
  readonly retentionDays: number;
  readonly operator?: string | undefined;
}

/** A robot; and who runs it, or that it is a demonstration. */
export function answerIdentity({ answers, operator }: ServiceDependencies): Responder {
  const runner = operator ? answers.phrase('operator.named', { operator }) : answers.phrase('operator.demo');
  return () => answers.render('bot.identity', { runner });
}

export function answerConfidentiality({ answers, privacyPath, retentionDays }: ServiceDependencies): Responder {
  const link = { title: answers.phrase('link.privacy'), url: privacyPath };
  const card = { title: answers.phrase('card.privacy'), links: [link] };
  return () => answers.render('privacy.confidentiality', { days: String(retentionDays) }, { card });
}
