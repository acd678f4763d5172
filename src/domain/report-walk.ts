import type { Position, Progress } from './message.js';
import type { Command } from './reply-words.js';
import { REPORT_STEPS, type ReportAnswer, type ReportStep } from './report-answers.js';
import type { SaidMoment } from './report-moment.js';

/** Where somebody is in the walk through a report: at one of its questions, or where all of it is read back. */
export type WalkPlace = ReportStep | 'recap';

/** What residents write with words of their own. */
export type FreeStep = 'where' | 'when' | 'what' | 'more';

/** What there is of a report: `known` as far as it can still be read. */
export interface WalkDraft {
  readonly answered: readonly ReportStep[];
  readonly known: Partial<Readonly<Record<ReportStep, ReportAnswer>>>;
}

/** A message, as it was recognised. */
export interface WalkReply extends SaidMoment {
  readonly text: string;
  readonly now: Date;
  /** The place that was shared with it. */
  readonly position?: Position | undefined;
  /** What the whole message says, typed or by a button. */
  readonly command?: Command | undefined;
  /** It is likely to be about something else than the question. */
  readonly isDoubtful?: boolean;
  /** It is in another language: nothing can be told of it but its words. */
  readonly isForeign?: boolean;
}

export type UnclearReason =
  /** It passes over what must be answered, or asks for something that this very question is about. */
  | 'again'
  | 'phone-too-short'
  | 'phone-too-long'
  | 'phone-not-usable'
  | 'email'
  /** A first name alone. */
  | 'way';

export type WalkReading =
  /**
   * `remains`: they answer another question, or a part of this one, which is to be asked again. `isJoined`: they hold what was
   * answered before, too.
   */
  | {
      readonly kind: 'answers';
      readonly answers: readonly ReportAnswer[];
      readonly remains?: 'added' | 'way';
      readonly isJoined?: true;
    }
  | { readonly kind: 'unclear'; readonly reason?: UnclearReason };

export interface RecapLine {
  readonly step: ReportStep;
  /** Undefined: it was sealed before, and nobody but the delegates can read it any more. */
  readonly answer: ReportAnswer | undefined;
}

const PLACES: readonly WalkPlace[] = [...REPORT_STEPS, 'recap'];
const FREE_STEPS: readonly ReportStep[] = ['where', 'when', 'what', 'more'];

/** « Étape 3 sur 7 » */
export function progressOf(place: WalkPlace): Progress {
  return { step: PLACES.indexOf(place) + 1, of: PLACES.length };
}

export function isFreeStep(place: string): place is FreeStep {
  return FREE_STEPS.some((step) => step === place);
}

export function isReportStep(place: string): place is ReportStep {
  return REPORT_STEPS.some((step) => step === place);
}

/** The first question without an answer, or else all of it read back. */
export function nextPlace(answered: readonly ReportStep[]): WalkPlace {
  return REPORT_STEPS.find((step) => !answered.includes(step)) ?? 'recap';
}

/** Undefined before the first question. */
export function placeBefore(place: WalkPlace): ReportStep | undefined {
  return REPORT_STEPS[PLACES.indexOf(place) - 1];
}

/** What passing a question over answers; undefined for one that must be answered. */
export function passOver(step: ReportStep): ReportAnswer | undefined {
  if (step === 'contact') return { step, contact: { kind: 'anonymous' } };
  return step === 'where' || step === 'when' || step === 'more' ? { step, isSkipped: true } : undefined;
}

/** The questions that were answered, in their order, to be read back. */
export function recapOf({ answered, known }: WalkDraft): readonly RecapLine[] {
  return REPORT_STEPS.filter((step) => answered.includes(step)).map((step) => ({ step, answer: known[step] }));
}
