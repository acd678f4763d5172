import type { DelegateId } from './desk-state.js';

/** Counts passwords, recovery keys and codes that were tried, by login and by address, so that guessing takes too long. */
export interface Attempts {
  /** Counts one. @throws TooManyAttemptsError: then nothing may be tried. */
  begin(who: { readonly login: string; readonly address: string }): Promise<Attempt>;
}

/** An attempt that nothing is said of stays counted as a failure. */
export interface Attempt {
  /** It was right: the count of this login from this address starts anew. */
  succeed(): Promise<void>;
  /** It was neither right nor wrong, and does not count. */
  forgive(): Promise<void>;
}

/** The browser that calls. */
export interface Client {
  /** For `Attempts` only: it is neither stored nor logged. */
  readonly address: string;
  /** « Firefox sur Windows » */
  readonly device: string;
}

/** Who changes something of somebody's account; absent: the operator. */
export type By = DelegateId | undefined;
