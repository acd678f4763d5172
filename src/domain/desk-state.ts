import type { LocalDate } from './local-date.js';

export type DelegateId = string;

/** Milliseconds since 1970: what is stored in a sealed value is plain JSON. */
export type Millis = number;

/** « Rappelez-moi »: what a resident left when nobody could answer. Stored encrypted with the conversation. */
export interface CallbackRequest {
  /** Unique in the conversation. */
  readonly id: string;
  readonly firstName?: string;
  /** E.164, `+33612345678`. One of `phone` and `email` is there. */
  readonly phone?: string;
  readonly email?: string;
  readonly moment: CallbackMoment;
  readonly requestedAt: Millis;
  readonly done?: { readonly by: DelegateId; readonly at: Millis };
}

export interface CallbackMoment {
  readonly part: 'morning' | 'afternoon' | 'evening' | 'any';
  /** Absent: whichever day. */
  readonly date?: LocalDate;
}

/**
 * What the desk knows of a conversation, besides its status. It changes with the conversation's own compare-and-set, so
 * that two delegates can never both hold it.
 */
export interface DeskState {
  /** There exactly while the status is `assigned`. */
  readonly holder?: DelegateId;
  readonly heldSince?: Millis;
  /** There exactly while the status is `waiting`. */
  readonly waitingSince?: Millis;
  /** While waiting: when the resident asked. Absent when a delegate, or a lost hold, put it back into the queue. */
  readonly requestedAt?: Millis;
  /** The colleague to whom a transfer offers it; anybody may take it all the same. */
  readonly offeredTo?: DelegateId;
  /** While waiting: not to be shown as waiting before then, unless the resident writes. */
  readonly snoozedUntil?: Millis;
  /** A danger under way was written then, and no delegate has seen it yet. */
  readonly emergencyAt?: Millis;
  /** The resident waited, nobody came, and no delegate has seen that yet. */
  readonly missedAt?: Millis;
  /** The delegates take it no more; the assistant goes on answering. */
  readonly block?: { readonly by: DelegateId; readonly reason: string; readonly at: Millis };
  readonly labels: readonly string[];
  readonly priority: 'normal' | 'high';
  readonly callbacks: readonly CallbackRequest[];
  /** How far the alarm about the present wait has gone. */
  readonly alarm?: { readonly pushedAt?: Millis; readonly emailedAt?: Millis };
  /** When the resident first asked for a person, or first wrote of a danger under way: delegates may read it since. */
  readonly atDeskSince?: Millis;
  /** Everybody who has held it. */
  readonly handledBy: readonly DelegateId[];
}

export const NEW_DESK_STATE: DeskState = { labels: [], priority: 'normal', callbacks: [], handledBy: [] };

/**
 * Which list of the inbox a conversation belongs to; stored in clear, so that lists are queries. `none`: it never asked for
 * a person, and delegates do not see it. `queue`: somebody has something to do. `past`: it was at the desk before.
 */
export type InboxList = 'none' | 'past' | 'queue';
