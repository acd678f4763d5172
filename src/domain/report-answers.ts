import type { LocalDate, LocalTime } from './local-date.js';
import type { Position } from './message.js';

/** The questions of a report, in their order; the seventh step is to read all of it back. Their ids are stored in clear. */
export const REPORT_STEPS = ['category', 'where', 'when', 'what', 'more', 'contact'] as const;
export type ReportStep = (typeof REPORT_STEPS)[number];

export const REPORT_CATEGORIES = [
  /** Nuisances and noise. */
  'noise',
  /** Rodeos and traffic. */
  'traffic',
  'dealing',
  /** Incivility and damage. */
  'damage',
  /** Feeling unsafe. */
  'unsafe',
  /** Relations with the police. */
  'police',
  'other',
] as const;
export type ReportCategory = (typeof REPORT_CATEGORIES)[number];

/** Text that a resident typed is at most this long, in UTF-16 units: a message of Telegram; the channels refuse more. */
export const LONGEST_ANSWER = 4096;

/** How a resident's « quand » was understood, for delegates to sort by; `text` is what they typed. */
export interface ReportedMoment {
  readonly text: string;
  /** As it was read back: « dimanche 22 novembre, vers 22 h ». Absent when no date was understood. */
  readonly words?: string;
  readonly from?: LocalDate;
  readonly to?: LocalDate;
  readonly time?: LocalTime;
  /** « tous les soirs » */
  readonly isRecurring?: true;
}

export type ReportContact =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'named';
      readonly firstName?: string;
      readonly phone?: string;
      readonly email?: string;
      /** What they typed, where it says more than these: « seulement le soir ». */
      readonly text?: string;
    };

interface StoryText {
  readonly text: string;
  /** One more part: those before it stand, though whoever took this one may not have been able to read them. */
  readonly isFurther?: true;
}

/** What a resident answered, or passed over. It exists in clear only while it is being sealed, and in a delegate's browser. */
export type ReportAnswer =
  | { readonly step: 'category'; readonly category: ReportCategory }
  | {
      readonly step: 'where';
      readonly text: string;
      readonly position?: Position;
    }
  | { readonly step: 'when'; readonly moment: ReportedMoment }
  | ({ readonly step: 'what' } & StoryText)
  | ({ readonly step: 'more' } & StoryText)
  | { readonly step: 'contact'; readonly contact: ReportContact }
  | { readonly step: 'where' | 'when' | 'more'; readonly isSkipped: true };
