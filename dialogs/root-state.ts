import type { DialogContext } from 'botbuilder-dialogs';
import type { Memory } from './memory.js';
import type { StoredSources } from './report/report-sources.js';

/** The root's own stored state: the part of it that is not botbuilder's. */
export interface RootState {
  memory?: Memory;
  /** Who waits for a delegate has been told that what they write will be read. */
  isWaitAcknowledged?: boolean;
  /** Which messages the answers of a report are made of. */
  sources?: StoredSources;
  /** What its channel means for a report has been said in this conversation. */
  isToldOfChannel?: boolean;
}

/** The stored state itself, to be changed in place. @throws Error outside a turn of the root dialog. */
export function rootStateOf(inner: DialogContext): RootState {
  const state: RootState | undefined = inner.parent?.activeDialog?.state;
  if (!state) throw new Error('The root dialog is active while it runs');
  return state;
}
