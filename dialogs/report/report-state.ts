import type { TextContent } from '../../src/domain/message.js';
import type { Command } from '../../src/domain/reply-words.js';
import type { ReportStep } from '../../src/domain/report-answers.js';
import type { WalkPlace } from '../../src/domain/report-walk.js';

/** Where somebody is: at a step, or at a question about the report itself. */
export type Place =
  | WalkPlace
  /** What a report is, and whether to begin one. */
  | 'consent'
  /** A draft waits: to go on with it, or to begin another one. */
  | 'resume'
  /** After a pause: whether what was written goes on with the report. */
  | 'continues'
  | 'change'
  | 'cancel'
  | 'sent';

/** Stored as JSON with the conversation, for delegates to see too: it holds nothing that was answered. */
export interface WalkState {
  readonly place: Place;
  /** When it last asked something. */
  readonly at: number;
  readonly reportId?: string;
  readonly answered?: readonly ReportStep[];
  /** The step that `cancel` and `continues` were asked at. */
  readonly from?: WalkPlace;
  readonly misses?: number;
  /** The step was chosen to be changed: there is nothing before it but the recap. */
  readonly isChange?: true;
  /** Of the contact, the first name is there. */
  readonly isWayAsked?: true;
  /** A danger came up: nothing is said before the resident writes again. */
  readonly isPaused?: true;
  /** Something is held in memory for this question. */
  readonly hasHeld?: true;
  /** The message that led here from another place. What it answered is corrected as an answer; it is no reply to what is asked here. */
  readonly moved?: { readonly by: string; readonly from: Place };
  /** Once it is sent; the report itself is named no more. */
  readonly receiptRef?: string;
}

/** Commands that mean yes or no to a question about the report itself. */
export const AGREEING: readonly Command[] = ['yes', 'consent', 'resume'];
export const DECLINING: readonly Command[] = ['no', 'cancel', 'back', 'dont-know'];

/** What a message brings about. */
export type Outcome =
  | { readonly kind: 'ask'; readonly contents: readonly TextContent[]; readonly state: WalkState }
  /** The message is still to be answered; then the walk goes on. */
  | { readonly kind: 'interrupted'; readonly state: WalkState }
  | { readonly kind: 'done'; readonly contents: readonly TextContent[] }
  /** It is still to be answered, and the walk is over. */
  | { readonly kind: 'left'; readonly preface?: string }
  | { readonly kind: 'lost'; readonly preface?: string };
