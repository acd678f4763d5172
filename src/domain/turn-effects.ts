import type { ConversationStatus } from './conversation.js';
import type { CallbackRequest } from './desk-state.js';
import type { HandoffOutlook } from './handoff-outlook.js';

/** What a dialog may do to its conversation, besides answering. It takes effect with the turn's commit, or not at all. */
export interface TurnEffects {
  /** Messages stored so far, the one being answered not counted. */
  countMessages(): Promise<number>;
  /** Removes everything said before this turn's replies, the resident's last message included. */
  eraseHistory(): void;
  readonly handoff: HandoffEffects;
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
