import type { Opening } from './opening-hours.js';

/** What a resident who asks for a person may honestly be told. */
export interface HandoffOutlook {
  /** Delegates who are connected and say that they are available. */
  readonly available: number;
  /** Of the desk, by its opening hours; `unknown` while the coordinator has set none. */
  readonly hours: 'open' | 'closed' | 'unknown';
  /** The next time the desk opens, when it is closed and that is known. */
  readonly nextOpening?: Opening;
  /** Place in the queue, from 1. */
  readonly position: number;
  /** What waits have lately been, in minutes, rounded up; absent when there were too few to tell. */
  readonly usualWaitMinutes?: number;
}
