import type { EmergencyKind } from './facts.js';

/** A danger that a message tells of. */
export interface Danger {
  /** Empty when nothing more is known of it. */
  readonly kinds: readonly EmergencyKind[];
  /** 2: under way, the numbers come first. 1: risky or past, the answer comes with the numbers under it. */
  readonly level: 1 | 2;
}

/** Where a turn's danger lies in botbuilder's `TurnContext.turnState`. */
export const DANGER = Symbol.for('permanence.danger');
