import type { ReportAnswer, ReportContact, ReportedMoment } from '../../../domain/report-answers.js';
import { ANSWERS, CATEGORIES, NOT_SAID } from '../strings-reports.js';

type Position = NonNullable<Extract<ReportAnswer, { step: 'where'; text: string }>['position']>;

/** Of a degree: the fifth digit is about a metre. */
const DIGITS = 5;

/** An answer as lines to read. */
export function wordsOfAnswer(answer: ReportAnswer): readonly string[] {
  if ('isSkipped' in answer) return [NOT_SAID];
  switch (answer.step) {
    case 'category':
      return [CATEGORIES[answer.category]];
    case 'where':
      return answer.position ? wordsOfPosition(answer.text, answer.position) : [answer.text];
    case 'when':
      return wordsOfMoment(answer.moment);
    case 'contact':
      return wordsOfContact(answer.contact);
    default:
      return [answer.text];
  }
}

/** Of an answer to « où » that came with a place on the map. */
export function positionOf(answer: ReportAnswer): Position | undefined {
  return answer.step === 'where' && 'text' in answer ? answer.position : undefined;
}

/** Where it is on a map of everybody's, which learns of it only when somebody follows the link. */
export function mapUrl({ latitude, longitude }: Position): string {
  const [north, east] = [latitude.toFixed(DIGITS), longitude.toFixed(DIGITS)];
  return `https://www.openstreetmap.org/?mlat=${north}&mlon=${east}#map=18/${north}/${east}`;
}

/** A place that came without words says so by itself. */
function wordsOfPosition(text: string, position: Position): readonly string[] {
  const shared = ANSWERS.position(position);
  return shared.startsWith(text) ? [shared] : [text, shared];
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
