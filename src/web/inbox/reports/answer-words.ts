import type { ReportAnswer, ReportContact, ReportedMoment } from '../../../domain/report-answers.js';
import { ANSWERS, CATEGORIES, NOT_SAID } from '../strings-reports.js';

/** An answer as lines to read. */
export function wordsOfAnswer(answer: ReportAnswer): readonly string[] {
  if ('isSkipped' in answer) return [NOT_SAID];
  switch (answer.step) {
    case 'category':
      return [CATEGORIES[answer.category]];
    case 'where':
      return answer.position ? [answer.text, ANSWERS.position(answer.position)] : [answer.text];
    case 'when':
      return wordsOfMoment(answer.moment);
    case 'contact':
      return wordsOfContact(answer.contact);
    default:
      return [answer.text];
  }
}

/** As it was understood, then as it was typed. */
function wordsOfMoment({ text, words, isRecurring }: ReportedMoment): readonly string[] {
  const understood = words ?? text;
  return [
    understood,
    ...(isRecurring ? [ANSWERS.recurring] : []),
    ...(understood.trim().toLowerCase() === text.trim().toLowerCase() ? [] : [ANSWERS.typed(text)]),
  ];
}

function wordsOfContact(contact: ReportContact): readonly string[] {
  if (contact.kind === 'anonymous') return [ANSWERS.anonymous];
  const { firstName, phone, email, text } = contact;
  const given = [
    ...(firstName ? [ANSWERS.firstName(firstName)] : []),
    ...(phone ? [ANSWERS.phone(phone)] : []),
    ...(email ? [ANSWERS.email(email)] : []),
    ...(text ? [ANSWERS.typed(text)] : []),
  ];
  return given.length > 0 ? given : [ANSWERS.anonymous];
}
