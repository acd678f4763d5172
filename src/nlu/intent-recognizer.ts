import type { EmergencyKind, SectorId } from '../domain/facts.js';
import type { Happened } from '../domain/happened.js';
import type { LocalDate } from '../domain/local-date.js';

/** What the classifier can say. The labels are a contract between the corpus, the model and the dialogs. */
export const INTENTS = [
  'smalltalk.greeting',
  'smalltalk.thanks',
  'smalltalk.goodbye',
  'smalltalk.abuse',
  'bot.help',
  'bot.identity',
  'permanence.hours',
  'permanence.commissioners',
  'permanence.location',
  'permanence.appointment',
  'delegates.role',
  'station.new',
  'contact.email',
  'policing.daily',
  'prevention.actions',
  'privacy.confidentiality',
  'privacy.delete',
  'report.start',
  'report.status',
  'complaint.file',
  'handoff.request',
  'emergency',
] as const;

export type Intent = (typeof INTENTS)[number];
/** `None`: anything that the assistant is not for. */
export type Label = Intent | 'None';

export interface Entities {
  /** A police sector named in the message. */
  readonly sector?: SectorId;
  /** The day or days asked about, both included. One day: `from === to`. */
  readonly dates?: { readonly from: LocalDate; readonly to: LocalDate };
  /** The same words, and others, read as of something that took place: « mercredi soir », « tous les soirs ». */
  readonly happened?: Happened;
  /** The hour or part of the day named, as `HH:MM` in Paris, both included. « vers 22h »: `from === to`. */
  readonly time?: { readonly from: string; readonly to: string };
  /** The receipt of a report, its check character verified: `ABCDE-FGHJK-MNPQR-STVWX-Y`, upper case. */
  readonly receiptCode?: string;
}

/** Other languages that are recognised as such, by their ISO 639-1 codes. */
export const OTHER_LANGUAGES = ['en', 'ar', 'tr', 'es', 'pt'] as const;

export type OtherLanguage = (typeof OTHER_LANGUAGES)[number];

export type Decision =
  | { readonly kind: 'answer'; readonly intent: Intent }
  | { readonly kind: 'disambiguate'; readonly intents: readonly [Intent, Intent] }
  | { readonly kind: 'unsure' };

export interface Recognition {
  readonly decision: Decision;
  /** All labels, most probable first; probabilities in [0, 1]. */
  readonly ranking: readonly { readonly label: Label; readonly probability: number }[];
  readonly entities: Entities;
  /**
   * Set apart in the order of the message when it asks for several things (« c'est où et à quelle heure ? »): two at most.
   * One when it is answered and asks for one thing; none otherwise.
   */
  readonly requests: readonly Intent[];
  /** Set when the message is written in one of these languages; absent for French, and whenever in doubt. */
  readonly language?: OtherLanguage;
}

export interface IntentRecognizer {
  /**
   * Never throws for any text, and keeps no trace of it once it resolved.
   * @param now resolves « demain » and the like, in Europe/Paris.
   */
  recognise(text: string, now: Date): Promise<Recognition>;
}

export interface EmergencyAssessment {
  readonly kinds: readonly EmergencyKind[];
  /** 2: somebody is in danger now, the numbers come first. 1: risky or past, the answer with the numbers under it. */
  readonly level: 1 | 2;
}

/** Where a turn's recognition lies in botbuilder's `TurnContext.turnState`. */
export const RECOGNITION = Symbol.for('permanence.recognition');

export interface EmergencyDetector {
  /** Undefined when nothing in the text tells of a danger. Never throws, keeps no trace of the text. */
  assess(text: string): Promise<EmergencyAssessment | undefined>;
}
