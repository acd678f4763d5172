import { type ReportEventKind, SENT_STATUSES } from '../domain/report.js';
import { REPORT_CATEGORIES, type ReportStep } from '../domain/report-answers.js';
import type { EventBody, EventPlace } from '../domain/report-sealing.js';

type Unknown = Readonly<Record<string, unknown>>;
type Shape = (value: Unknown) => boolean;

const hasText: Shape = ({ text }) => typeof text === 'string';

/** What each kind of event may say. Names that are not known here may come with it: later versions add some. */
const BODIES: Readonly<Record<Exclude<ReportEventKind, 'answer'>, Shape>> = {
  submitted: ({ submitted }) => Array.isArray(submitted) && submitted.every((digest) => typeof digest === 'string'),
  addition: hasText,
  reply: hasText,
  note: hasText,
  status: ({ status, text }) => isOneOf(SENT_STATUSES, status) && isTextOrNone(text),
};

const ANSWERS: Readonly<Record<ReportStep, Shape>> = {
  category: ({ category }) => isOneOf(REPORT_CATEGORIES, category),
  where: skippable((value) => hasText(value) && (value.position === undefined || isPosition(value.position))),
  when: skippable(({ moment }) => isMoment(moment)),
  what: hasText,
  more: skippable(hasText),
  contact: ({ contact }) => isContact(contact),
};

/** What tells bodies apart: a body has the one of its kind, and none of the others. */
const MARKS: readonly string[] = ['step', 'submitted', 'status'];

/** True when this may be said at this place: bodies come from whoever holds the key, and are shown to others. */
export function isBodyOf({ kind, step }: Pick<EventPlace, 'kind' | 'step'>, body: unknown): body is EventBody {
  if (!isRecord(body)) return false;
  const mark = kind === 'answer' ? 'step' : kind;
  if (MARKS.some((other) => other !== mark && other in body)) return false;
  if (kind !== 'answer') return Object.hasOwn(BODIES, kind) && BODIES[kind](body);
  return step !== undefined && Object.hasOwn(ANSWERS, step) && body.step === step && ANSWERS[step](body);
}

export function isRecord(value: unknown): value is Unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Passed over or answered, never both. */
function skippable(isAnswer: Shape): Shape {
  return (value) => {
    if (value.isSkipped === undefined) return isAnswer(value);
    return value.isSkipped === true && value.text === undefined && value.moment === undefined;
  };
}

function isPosition(value: unknown): boolean {
  return isRecord(value) && Number.isFinite(value.latitude) && Number.isFinite(value.longitude);
}

function isMoment(value: unknown): boolean {
  if (!isRecord(value) || !hasText(value)) return false;
  const { words, from, to, time, isRecurring } = value;
  return [words, from, to, time].every(isTextOrNone) && (isRecurring === undefined || isRecurring === true);
}

function isContact(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { kind, firstName, phone, email, text } = value;
  return kind === 'anonymous' || (kind === 'named' && [firstName, phone, email, text].every(isTextOrNone));
}

function isTextOrNone(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

function isOneOf(list: readonly string[], value: unknown): boolean {
  return typeof value === 'string' && list.includes(value);
}
