import type { EnclosedRefusal } from './attachments.js';
import type { Content, Position } from './message.js';

/** What a resident may send besides words. */
export const ENCLOSED_KINDS = [
  'photo',
  'document',
  'voice',
  'audio',
  'video',
  'sticker',
  'contact',
  'poll',
  'other',
] as const;
export type EnclosedKind = (typeof ENCLOSED_KINDS)[number];

/** What transcripts say in place of what is no text, and what residents are told about it. */
export interface EnclosedWords {
  /** « [photo] », in the transcript. */
  label(kind: EnclosedKind, isKept: boolean): string;
  /** A place that was shared, in the transcript; its coordinates only where a delegate is to read them. */
  place(position?: Position): string;
  /** From the assistant. `hasText`: words came under it, which are answered next. */
  withBot(kind: EnclosedKind, hasText: boolean): readonly Content[];
  /** While they wait for a delegate. */
  waiting(kind: EnclosedKind): readonly Content[];
  /** Inside a report, which holds words only. */
  inReport(hasText: boolean): readonly Content[];
  /** Where a report is sent, or its code is asked for: words can be added with that. */
  besideReport(): readonly Content[];
  /** It was made ready for a delegate, who has gone meanwhile. */
  keptForLater(): readonly Content[];
  /** A delegate is there, and it could not be passed on to them. */
  refused(kind: EnclosedKind, reason: EnclosedRefusal): readonly Content[];
  /** A delegate is there, and something else has taken the place of what had been sent: it could not be passed on. */
  replaced(): readonly Content[];
  /** Words came after a command, and nobody has taken them. */
  unread(): readonly Content[];
  /** A place was shared while they wait for a delegate. */
  placeWaiting(): readonly Content[];
}
