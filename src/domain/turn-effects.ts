import type { ConversationStatus } from './conversation.js';
import type { CallbackRequest } from './desk-state.js';
import type { HandoffOutlook } from './handoff-outlook.js';
import type { Position, TextContent } from './message.js';
import type { ReportAnswer } from './report-answers.js';
import type { AnsweredBy, FollowUp, ReportDraft } from './report-intake.js';

/** What a dialog may do to its conversation, besides answering. It takes effect with the turn's commit, or not at all. */
export interface TurnEffects {
  /** Messages stored so far, the one being answered not counted. */
  countMessages(): Promise<number>;
  /** When anybody last said something here before this message, in milliseconds since 1970. */
  readonly lastSaidAt: number;
  /** Removes everything said before this turn's replies, the resident's last message included. */
  eraseHistory(): void;
  /** Stores the resident's message without its words: « (réponse scellée) ». For the dialogs that hear what no transcript keeps. */
  conceal(): void;
  /**
   * Has the words of an answer kept in memory only, for half an hour: what is stored says `standIn`. For what repeats the
   * resident's own words, and for receipts. Its buttons and its card are stored as they are: they may repeat nothing.
   */
  confide(content: TextContent, standIn: string): TextContent;
  /** The place that was shared with this message, which has no text then. Dialogs say what it is good for, if for nothing. */
  readonly position?: Position;
  /** The message corrects an earlier one: its id in the channel, under which the report knows what it answered. */
  readonly corrects?: Correction;
  /**
   * Set when something else than words came (a photo, a voice message …) and the resident has been told what can be done.
   * With words under it, they are answered as any text; without, it is no reply: a question that was open is asked again, and
   * nothing else is said.
   */
  readonly isEnclosed?: true;
  readonly handoff: HandoffEffects;
  readonly report: ReportEffects;
}

export interface Correction {
  readonly externalId: string;
  /** It is the last thing that the resident had said. */
  readonly isLast: boolean;
}

/**
 * What a dialog may do about reports. These act at once, before the turn's commit, and may be done again for the same
 * message: a turn that is run again finds them done.
 */
export interface ReportEffects {
  /** False while no delegate has keys to read one: nothing may be asked then. */
  canBeRead(): Promise<boolean>;
  /** The draft of this conversation. */
  draft(): Promise<ReportDraft | undefined>;
  /** Begins one, or goes on with the one that waits. */
  open(): Promise<ReportDraft>;
  answer(answers: readonly ReportAnswer[]): Promise<ReportDraft>;
  /** What the message with this id answers in the draft as it stands. */
  answeredBy(externalId: string): Promise<readonly AnsweredBy[]>;
  /**
   * Keeps answers that their author has not agreed to have sealed yet: in memory only, for half an hour, in place of what was
   * held before. Without any, nothing is held from then on.
   */
  hold(answers?: readonly ReportAnswer[]): void;
  /** What is held for this conversation; undefined after a restart, too. Reading it changes nothing. */
  held(): readonly ReportAnswer[] | undefined;
  discard(): Promise<void>;
  /** @returns what shows the receipt, once; `receiptRef` is for `notify`. */
  submit(reportId: string): Promise<{ readonly receiptRef: string }>;
  /**
   * Content that shows the receipt as long as it may be shown, and then says `standIn`. The receipt is put on a line of its
   * own under the text of `content`, which does not hold it.
   */
  showReceipt(receiptRef: string, content: TextContent, standIn: string): TextContent;
  find(receipt: string): Promise<FollowUp | 'unknown' | 'too-many-attempts'>;
  /** False when the ticket is over. */
  add(ticket: string, text: string): Promise<boolean>;
  /** Tells its author of answers in this conversation, or no more. */
  notify(ticket: string, isOn: boolean): Promise<boolean>;
  notifyAfterSending(receiptRef: string): Promise<boolean>;
}

/** What a dialog may do about the delegates' desk. */
export interface HandoffEffects {
  /** As it was when the message came. */
  readonly status: ConversationStatus;
  /** The delegates take this conversation no more. */
  readonly isBlocked: boolean;
  /** Who is there and how long it takes; `position` counts this conversation as waiting. */
  outlook(): Promise<HandoffOutlook>;
  /** The conversation waits for a delegate from this turn on; nothing new when it does already. */
  request(): void;
  /** The assistant takes it back, from the queue or from a delegate. */
  leave(): void;
  /** Leaves a task for the delegates; the conversation waits no longer. */
  requestCallback(request: Omit<CallbackRequest, 'id' | 'requestedAt' | 'done'>): void;
}

/** Where a turn's effects lie in botbuilder's `TurnContext.turnState`. */
export const TURN_EFFECTS = Symbol.for('permanence.turn-effects');
