import type { DelegateId, Millis } from './desk-state.js';
import type { Facts, NewStation, Permanence, Sector } from './facts.js';

/** The part of the facts that coordinators may change. The rest is in the data files. */
export type EditableFacts = Pick<Facts, 'permanences' | 'sectors' | 'station'>;

/** One state of the facts that a coordinator saved. */
export interface FactsVersion {
  /** From 1. */
  readonly version: number;
  readonly at: Millis;
  readonly by: DelegateId;
  readonly facts: {
    readonly permanences: readonly Permanence[];
    readonly sectors: readonly Sector[];
    readonly station: NewStation;
  };
  /** The version that this one put back, when it was an undo; 0 for the data files. */
  readonly undoneTo?: number;
}
