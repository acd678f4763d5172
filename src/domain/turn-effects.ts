/** What a dialog may do to its conversation, besides answering. It takes effect with the turn's commit, or not at all. */
export interface TurnEffects {
  /** Messages stored so far, the one being answered not counted. */
  countMessages(): Promise<number>;
  /** Removes everything said before this turn's replies, the resident's last message included. */
  eraseHistory(): void;
}

/** Where a turn's effects lie in botbuilder's `TurnContext.turnState`. */
export const TURN_EFFECTS = Symbol.for('permanence.turn-effects');
