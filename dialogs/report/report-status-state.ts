import type { TextContent } from '../../src/domain/message.js';
import type { DialogTurn } from '../dialog-turn.js';

/** Stored as JSON: neither the code, nor anything that it opens. The ticket opens nothing after ten minutes. */
export interface FollowUpState {
  readonly place: 'code' | 'shown' | 'adding' | 'add-this';
  readonly at: number;
  readonly ticket?: string;
  readonly isInformed?: boolean;
  readonly misses?: number;
  /** A text waits in memory for the code, or for a yes. */
  readonly hasHeld?: true;
  /** A danger came up: nothing is said before the resident writes again. */
  readonly isPaused?: true;
  /** What was told of the danger was added. */
  readonly isKept?: true;
}

export type FollowUpOutcome =
  | { readonly kind: 'ask'; readonly contents: readonly TextContent[]; readonly state: FollowUpState }
  | { readonly kind: 'interrupted'; readonly state: FollowUpState }
  | { readonly kind: 'done'; readonly contents: readonly TextContent[] }
  | { readonly kind: 'left'; readonly preface?: string }
  | { readonly kind: 'lost' };

/** « Suivre un signalement »: what the code of a report gives, and what can be added to it. */
export interface ReportFollowUpTalk {
  /** @param isToldOfChannel what the channel means for a report has been said before. */
  begin(turn: DialogTurn, isToldOfChannel: boolean): Promise<FollowUpOutcome>;
  receive(turn: DialogTurn, state: FollowUpState): Promise<FollowUpOutcome>;
  comeBack(turn: DialogTurn, state: FollowUpState): FollowUpOutcome | undefined;
  /** A message is corrected: undefined unless its words are held. */
  correct(turn: DialogTurn, state: FollowUpState): FollowUpOutcome | undefined;
}
