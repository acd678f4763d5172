import type { Content } from './message.js';

/** What residents read when who speaks changes. */
export interface DeskWords {
  taken(): readonly Content[];
  givenBack(): readonly Content[];
  closed(): readonly Content[];
  transferred(): readonly Content[];
  lostHold(): readonly Content[];
  /** Offers the call-back. */
  nobodyCame(): readonly Content[];
}
